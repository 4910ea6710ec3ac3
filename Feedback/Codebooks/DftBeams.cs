using System.Numerics;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Codebooks;

/// <summary>The beams of an oversampled DFT codebook over one polarisation of a panel, as in clause 5.2.2.2.1 of [TS38.214].</summary>
/// <remarks>
/// Beam (l, m) has the entries exp(j2π(l·n1/(O1·N1) + m·n2/(O2·N2))); its index is l·O2·N2 + m. An axis of one element has one beam.
/// </remarks>
public sealed class DftBeams
{
    private readonly float[] entries;

    /// <summary>Computes the beams.</summary>
    /// <param name="array">The array.</param>
    /// <param name="oversampling">O, beams per element along each axis of more than one element, at least 1.</param>
    public DftBeams(AntennaArray array, int oversampling)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfLessThan(oversampling, 1);
        First = array.First == 1 ? 1 : array.First * oversampling;
        Second = array.Second == 1 ? 1 : array.Second * oversampling;
        Elements = array.First * array.Second;
        entries = new float[2 * Count * Elements];
        var next = 0;
        for (var beam = 0; beam < Count; beam++)
        {
            for (var element = 0; element < Elements; element++)
            {
                // Whole turns are dropped in integers, so that entries repeat exactly.
                var turns = (double)(beam / Second * (element / array.Second) % First) / First
                    + (double)(beam % Second * (element % array.Second) % Second) / Second;
                var entry = Complex.FromPolarCoordinates(1, 2 * Math.PI * turns);
                entries[next++] = (float)entry.Real;
                entries[next++] = (float)entry.Imaginary;
            }
        }
    }

    /// <summary>O1·N1, beams along the first axis.</summary>
    public int First { get; }

    /// <summary>O2·N2, beams along the second axis.</summary>
    public int Second { get; }

    /// <summary>L = O1·N1·O2·N2, number of beams.</summary>
    public int Count => First * Second;

    /// <summary>N1·N2, elements of a beam.</summary>
    public int Elements { get; }

    /// <summary>All beams.</summary>
    /// <param name="device">Where to.</param>
    /// <returns>V, complex64 <c>[L, N1·N2]</c>; a row is a beam.</returns>
    public Tensor On(Device device)
    {
        using var scope = NewDisposeScope();
        return view_as_complex(tensor(entries, [Count, Elements, 2], device: device)).MoveToOuterDisposeScope();
    }
}

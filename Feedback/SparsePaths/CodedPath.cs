using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>What is sent of one path, and where it stands in the <see cref="Trellis"/>.</summary>
/// <param name="State">State of the trellis before it.</param>
/// <param name="IsPanel">Whether the array has a second axis.</param>
/// <param name="Bucket">Its magnitude, from 1.</param>
/// <param name="Delay">Cell of the delay.</param>
/// <param name="First">Cell along the first axis of the array.</param>
/// <param name="Second">Cell along the second axis.</param>
/// <param name="Rings">Ring of each component: receive antennas, in each the polarisations.</param>
/// <param name="Phases">Point on each ring.</param>
internal sealed record CodedPath(int State, bool IsPanel, int Bucket, int Delay, int First, int Second, int[] Rings, int[] Phases)
{
    /// <summary>r, cells being 2^-r bins wide.</summary>
    public int Resolution { get; } = Magnitude.Resolution(Bucket);

    /// <summary>Delay of its point [taps].</summary>
    public double DelayPlace { get; } = Place(Delay, Bucket, State);

    /// <summary>Direction of its point along the first axis [bins].</summary>
    public double FirstPlace { get; } = Place(First, Bucket, Trellis.Next(State, Delay));

    /// <summary>Direction of its point along the second axis [bins].</summary>
    public double SecondPlace { get; } = IsPanel ? Place(Second, Bucket, Trellis.Next(Trellis.Next(State, Delay), First)) : 0;

    /// <summary>State of the trellis after delay and direction.</summary>
    public int Located
    {
        get
        {
            var state = Trellis.Next(Trellis.Next(State, Delay), First);
            return IsPanel ? Trellis.Next(state, Second) : state;
        }
    }

    /// <summary>State of the trellis before the phase of a component, those before it being known; after the path where there is no such component.</summary>
    public int Before(int component)
    {
        var state = Located;
        for (var j = 0; j < component; j++)
            state = Rings[j] > 0 ? Trellis.Next(state, Phases[j]) : state;
        return state;
    }

    /// <summary>The phase of a component [points].</summary>
    public double Phase(int component) => Phases[component] + Trellis.Shift(Before(component));

    /// <summary>Puts a path where it is.</summary>
    public void Locate(PathAtom atom, PathDictionary dictionary)
    {
        (atom.Delay, atom.First, atom.Second) = (DelayPlace, FirstPlace, SecondPlace);
        atom.Fill(dictionary);
    }

    private static double Place(int cell, int bucket, int state) => Math.ScaleB(cell + 0.5 + Trellis.Shift(state), -Magnitude.Resolution(bucket)) - 0.5;
}

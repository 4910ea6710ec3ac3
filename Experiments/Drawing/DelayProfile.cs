using Simulator;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>The mean power-delay profile of many drops: the share of a drop's energy in each delay row.</summary>
public sealed class DelayProfile
{
    private readonly double[] sums;
    private long count;

    /// <summary>Starts a profile.</summary>
    /// <param name="timing">Which instant has delay 0, in words.</param>
    /// <param name="grid">Subcarriers and bandwidth.</param>
    public DelayProfile(string timing, ResourceGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Timing = timing;
        RowDuration = 1 / grid.Bandwidth;
        sums = new double[grid.Subcarriers];
    }

    /// <summary>Which instant has delay 0, in words.</summary>
    public string Timing { get; }

    /// <summary>1/B, from one delay row to the next [s].</summary>
    public double RowDuration { get; }

    /// <summary>Mean share of the energy in each delay row.</summary>
    public IReadOnlyList<double> Shares => [.. sums.Select(sum => sum / Math.Max(1, count))];

    /// <summary>Adds drops, each with the same weight.</summary>
    /// <param name="response">H, complex64 <c>[B, U, S, R, A]</c>.</param>
    public void Add(Tensor response)
    {
        ArgumentNullException.ThrowIfNull(response);
        using var scope = NewDisposeScope();
        var delay = fft.ifft(response, dim: 2, norm: FFTNormType.Ortho);
        var energies = view_as_real(delay).square().sum([3L, 4L, 5L], type: ScalarType.Float64);   // [B, U, S]
        var shares = energies / energies.sum(-1, keepdim: true).clamp(min: double.Epsilon);
        var total = shares.sum([0L, 1L]).contiguous().cpu().data<double>().ToArray();
        for (var row = 0; row < sums.Length; row++)
            sums[row] += total[row];
        count += response.shape[0] * response.shape[1];
    }
}

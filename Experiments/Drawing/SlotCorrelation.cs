using Simulator;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>How channels change from slot to slot: their correlation with the first slot, and one coefficient of one user.</summary>
/// <param name="grid">Slots and their duration.</param>
public sealed class SlotCorrelation(ResourceGrid grid)
{
    private readonly double[] sums = new double[grid.Slots];
    private long count;

    /// <summary>From one slot to the next [s].</summary>
    public double SlotDuration => grid.SlotDuration;

    /// <summary>Re Σ h*(0)h(t) over Σ|h|², the mean over drops and users, slot by slot.</summary>
    public IReadOnlyList<double> Correlation => [.. sums.Select(sum => sum / Math.Max(1, count))];

    /// <summary>|h| of the first user of the first drop in the middle of the band between the first antennas, slot by slot.</summary>
    public IReadOnlyList<double> FirstMagnitudes { get; private set; } = [];

    /// <summary>Adds drops, each user with the same weight.</summary>
    /// <param name="channel">H, complex64 <c>[B, T, U, S, R, A]</c>.</param>
    public void Add(Tensor channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        using var scope = NewDisposeScope();
        var parts = view_as_real(channel);
        var product = (parts * parts.narrow(1, 0, 1)).sum([3L, 4L, 5L, 6L], type: ScalarType.Float64);      // [B, T, U]
        var energy = parts.square().sum([3L, 4L, 5L, 6L], type: ScalarType.Float64).mean([1L], keepdim: true);
        var total = (product / energy.clamp(min: double.Epsilon)).sum([0L, 2L]).cpu().data<double>().ToArray();
        for (var slot = 0; slot < sums.Length; slot++)
            sums[slot] += total[slot];
        count += channel.shape[0] * channel.shape[2];
        if (FirstMagnitudes.Count == 0)
            FirstMagnitudes = channel.select(5, 0).select(4, 0).select(3, channel.shape[3] / 2).select(2, 0).select(0, 0).abs().to(ScalarType.Float64).contiguous().cpu().data<double>().ToArray();
    }
}

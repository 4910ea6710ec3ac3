using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>What movement amounts to over the slots of a grid: how far users get, and by when.</summary>
/// <remarks>It covers all slots to the end of the last, so that twice as many slots of half the duration are the same journey.</remarks>
internal sealed class Journey
{
    private readonly double[]? offsets;
    private readonly double[] lengths;
    private readonly double[] travelled;
    private readonly int ways;

    /// <summary>Creates a journey.</summary>
    /// <param name="slots">T.</param>
    /// <param name="ways">U, or 1 if all users travel alike.</param>
    /// <param name="offsets">Corners relative to the start [m] <c>[ways, K, 2]</c>; null for one straight leg in a direction that is drawn.</param>
    /// <param name="lengths">Distance travelled to each corner [m] <c>[ways, K]</c>.</param>
    /// <param name="travelled">Distance travelled by each slot [m] <c>[ways, T]</c>.</param>
    public Journey(int slots, int ways, double[]? offsets, double[] lengths, double[] travelled)
    {
        (Slots, this.ways, this.offsets, this.lengths, this.travelled) = (slots, ways, offsets, lengths, travelled);
        Length = lengths.Max();
        Reach = offsets is null ? Length : offsets.Chunk(2).Max(offset => Math.Sqrt(offset[0] * offset[0] + offset[1] * offset[1]));
    }

    /// <summary>T.</summary>
    public int Slots { get; }

    /// <summary>The longest way of a user [m].</summary>
    public double Length { get; }

    /// <summary>How far users get from where they start [m].</summary>
    public double Reach { get; }

    /// <summary>The ways from where users start.</summary>
    /// <param name="starts">Metres, float64 <c>[B, U, 2]</c>.</param>
    /// <param name="random">The source of randomness, used where directions are not given.</param>
    /// <returns>The ways, owned by the caller's dispose scope.</returns>
    public Routes Draw(Tensor starts, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var device = starts.device;
        Tensor relative;
        if (offsets is null)
        {
            var angle = random.Uniform(starts.shape[0], starts.shape[1]) * (2 * Math.PI);
            var end = stack([angle.cos(), angle.sin()], -1) * Length;
            relative = stack([zeros_like(end), end], 2);                                            // [B, U, 2, 2]
        }
        else
        {
            relative = tensor(offsets, [1, ways, lengths.Length / ways, 2], device: device);
        }
        return new Routes(starts.unsqueeze(2) + relative, tensor(lengths, [ways, lengths.Length / ways], device: device)).MoveToOuterDisposeScope();
    }

    /// <summary>How far users have come by some slots.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="count">How many.</param>
    /// <param name="users">U.</param>
    /// <param name="device">Where the numbers are wanted.</param>
    /// <returns>Metres, float64 <c>[1, U, T']</c>.</returns>
    public Tensor Travelled(int first, int count, long users, Device device)
    {
        using var scope = NewDisposeScope();
        var all = tensor(travelled, [1, ways, Slots], device: device);
        return all.narrow(2, first, count).expand(-1, users, -1).MoveToOuterDisposeScope();
    }
}

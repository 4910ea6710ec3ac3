using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Simulator;
using Simulator.Estimation;
using static TorchSharp.torch;

namespace Feedback.Models;

/// <summary>Draws angular-delay crops of unit energy from a channel model: the data of training, validation and test.</summary>
/// <remarks>Every (purpose, index) has a seed of its own, so that drops do not depend on the order in which they are asked for.</remarks>
public sealed class TrainingDrops
{
    private const int Portion = 250;
    private readonly IChannelModel channel;
    private readonly ResourceGrid grid;
    private readonly long seed;
    private readonly DelayAlignment? alignment;

    /// <summary>Creates a source of drops.</summary>
    /// <param name="channel">The channel model; each user of a drop gives one row.</param>
    /// <param name="grid">Slots and subcarriers.</param>
    /// <param name="transform">The angular-delay domain.</param>
    /// <param name="seed">The root seed.</param>
    /// <param name="align">Whether each crop is taken behind the alignment of its delays, as a terminal that aligns them does.</param>
    public TrainingDrops(IChannelModel channel, ResourceGrid grid, AngularDelayTransform transform, long seed, bool align = false)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(transform);
        (this.channel, this.grid, Transform, this.seed) = (channel, grid, transform, seed);
        alignment = align ? new DelayAlignment(transform) : null;
    }

    /// <summary>The angular-delay domain.</summary>
    public AngularDelayTransform Transform { get; }

    /// <summary>Whether delays of crops are aligned.</summary>
    public bool Aligned => alignment is not null;

    /// <summary>A CPU generator for one purpose.</summary>
    /// <param name="purpose">What is drawn, e.g. <c>training</c> or <c>test</c>.</param>
    /// <param name="index">Which one of it, from 0.</param>
    /// <returns>The generator; the caller disposes of it.</returns>
    public Generator GeneratorOf(string purpose, int index)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}\n{purpose}\n{index}");
        var derived = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new Generator(derived);
    }

    /// <summary>Draws crops.</summary>
    /// <param name="purpose">What they are for.</param>
    /// <param name="index">Which chunk of them, from 0.</param>
    /// <param name="count">Number of drops, at least 1.</param>
    /// <param name="energyRangeDecibels">The energy of each crop is spread evenly in decibels from minus this to 0 [dB].</param>
    /// <returns>G, complex64 <c>[n, D, R, A]</c>, each of energy 1 unless spread; a drop without energy stays zero.</returns>
    public Tensor Draw(string purpose, int index, int count, double energyRangeDecibels = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(energyRangeDecibels);
        using var scope = NewDisposeScope();
        using var random = GeneratorOf(purpose, index);
        var portions = new List<Tensor>();
        for (var first = 0; first < count; first += Portion)
        {
            portions.Add(DrawPortion(Math.Min(Portion, count - first), random));
        }
        var crops = cat(portions, 0);                                                // [n, D, R, A]
        if (energyRangeDecibels > 0)
        {
            var uniform = rand([Math.Max(16, crops.shape[0])], dtype: ScalarType.Float64, generator: random).narrow(0, 0, crops.shape[0]);
            var amplitude = (uniform * (-energyRangeDecibels * Math.Log(10) / 20)).exp().to(ScalarType.Float32);
            crops = crops * amplitude.reshape(-1, 1, 1, 1);
        }
        return crops.MoveToOuterDisposeScope();
    }

    /// <summary>Adds the white error of a channel estimate.</summary>
    /// <remarks>A crop holds nearly all of the channel's energy, but of the error only what falls into its D of S delay rows: the energy of the error in it is D/S of the channel's over the SNR.</remarks>
    /// <param name="crops">G, complex64 <c>[n, D, R, A]</c>.</param>
    /// <param name="lowest">Lowest SNR of the estimate on a subcarrier [dB], relative to the crop's own energy.</param>
    /// <param name="range">Range of the SNR above that [dB], at least 0; each crop's is drawn evenly.</param>
    /// <param name="random">The source of randomness, on the CPU.</param>
    /// <returns>Estimates of G, complex64 <c>[n, D, R, A]</c>.</returns>
    public Tensor Measure(Tensor crops, double lowest, double range, Generator random)
    {
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentOutOfRangeException.ThrowIfNegative(range);
        using var scope = NewDisposeScope();
        var count = crops.shape[0];
        var power = view_as_real(crops).square().sum([1, 2, 3, 4]).to(ScalarType.Float64) / (Transform.Subcarriers * crops.shape[2] * crops.shape[3]);
        var snr = rand([Math.Max(16, count)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count) * range + lowest;
        var amplitude = (power * (snr.to(power.device) * (-Math.Log(10) / 10)).exp()).sqrt().to(ScalarType.Float32);
        var error = new NoisyEstimator(1).Measure(zeros_like(crops), random).Channel;   // of variance 1
        return (crops + error * amplitude.reshape(-1, 1, 1, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Draws channels as the link has them, normalised as the channel model says.</summary>
    /// <param name="purpose">What they are for.</param>
    /// <param name="index">Which chunk of them, from 0.</param>
    /// <param name="count">Number of drops, at least 1.</param>
    /// <returns>H, complex64 <c>[n, S, R, A]</c>.</returns>
    public Tensor DrawChannels(string purpose, int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var random = GeneratorOf(purpose, index);
        return channel.Draw(count, grid, random).Channel.flatten(0, 2).MoveToOuterDisposeScope();
    }

    private Tensor DrawPortion(int count, Generator random)
    {
        using var scope = NewDisposeScope();
        var rows = DrawRows(count, random);                                          // [n, D, R, A]
        var energy = view_as_real(rows).square().sum([1, 2, 3, 4], keepdim: false, type: ScalarType.Float64);
        var scale = where(energy > 0, energy.rsqrt(), zeros_like(energy)).to(ScalarType.Float32);
        return (rows * scale.reshape(-1, 1, 1, 1)).MoveToOuterDisposeScope();
    }

    private Tensor DrawRows(int count, Generator random)
    {
        // A channel that is moved brings rows into the crop that were outside of it: all subcarriers are needed.
        if (alignment is not null)
            return alignment.Crop(channel.Draw(count, grid, random).Channel.flatten(0, 2)).Crops;
        var crops = channel is IAngularDelayChannelModel direct
            ? direct.DrawAngularDelay(count, grid, Transform.Delays, random)
            : Transform.Crop(channel.Draw(count, grid, random).Channel);             // [B, T, U, D, R, A]
        return crops.flatten(0, 2);
    }
}

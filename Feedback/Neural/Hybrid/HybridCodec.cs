using System.Collections.Concurrent;
using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Neural.Latents;
using Feedback.Transform;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>Crops to levels, levels to bits and back under the prior, and levels to crops by the refinement.</summary>
internal sealed class HybridCodec : ILatentCoder, ILatentTransform
{
    private const int RateDrops = 200;
    private readonly HybridArchitecture architecture;
    private readonly Lazy<PriorEvaluator> prior;
    // One for each thread that rebuilds crops.
    private readonly ConcurrentBag<RefinementEvaluator> refinements = [];
    private readonly Func<RefinementEvaluator> refinement;

    public HybridCodec(HybridNetwork network)
    {
        architecture = network.Architecture;
        prior = new(network.Evaluator);
        refinement = network.Rebuilder;
    }

    /// <summary>Levels and what was expected of them, then the step.</summary>
    public int Values => RefinementEvaluator.Planes * Bins + 1;

    private int Bins => architecture.Delays * architecture.Antennas;

    /// <summary>Learns what each step takes.</summary>
    public FittedTables Fit(FittedTables tables, Tensor crops)
    {
        var found = Analyse(crops.narrow(0, 0, Math.Min(crops.shape[0], RateDrops)));
        var bits = new float[DeadZone.Steps];
        for (var step = 0; step < bits.Length; step++)
        {
            var length = new IdealLength();
            foreach (var values in found)
                Write(length, values, step);
            bits[step] = (float)(length.Bits / found.Count);
        }
        return tables.With(RateControl.RateKey, bits);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Analyse(Tensor crops)
    {
        using var scope = NewDisposeScope();
        return [.. crops.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray().Chunk(2 * Bins)];
    }

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, double[] latents, double step)
    {
        var (state, port, inverse, length) = (new PriorState(prior.Value, step), new SymbolPort(target), 1 / DeadZone.Width(step), new IdealLength());
        for (var bin = 0; bin < Bins; bin++)
        {
            state.Enter(bin);
            for (var part = 0; part < 2; part++)
            {
                var expected = state.Expect(bin, part);
                var level = Choose(latents[2 * bin + part] * inverse, expected, length);
                expected.Pass(port, level);
                state.Set(bin, part, level);
            }
        }
    }

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, double step, Span<double> latents)
    {
        var (state, port) = (new PriorState(prior.Value, step), new SymbolPort(source));
        for (var bin = 0; bin < Bins; bin++)
        {
            state.Enter(bin);
            for (var part = 0; part < 2; part++)
            {
                var expected = state.Expect(bin, part);
                var level = expected.Pass(port, 0);
                state.Set(bin, part, level);
                var (mean, scale) = expected.Moments();
                latents[part * Bins + bin] = level;
                latents[(2 + part) * Bins + bin] = mean / (Math.Abs(mean) + 4);
                latents[(4 + part) * Bins + bin] = scale / (scale + 1);
                latents[(6 + part) * Bins + bin] = expected.Zero / 65_536.0;
            }
        }
        latents[^1] = step;
    }

    /// <inheritdoc/>
    public Tensor Synthesise(double[] latents, int count)
    {
        var values = new float[count * 2 * Bins];
        var free = refinements.TryTake(out var found) ? found : refinement();
        for (var crop = 0; crop < count; crop++)
        {
            var own = latents.AsSpan(crop * Values, Values);
            free.Rebuild(own[..^1], own[^1], values.AsSpan(crop * 2 * Bins, 2 * Bins));
        }
        refinements.Add(free);
        return tensor(values, [count, architecture.Delays, architecture.Antennas, 2]);
    }

    // The plain level, one less or zero, whichever costs least.
    private static int Choose(double value, LevelMixture expected, IdealLength length)
    {
        var plain = DeadZone.Level(value, 1);
        if (plain == 0)
            return 0;
        var (best, cost) = (0, value * value + DeadZone.Price * Bits(0));
        for (var less = 1; less >= 0; less--)
        {
            var level = plain - less * Math.Sign(plain);
            if (level == 0)
                continue;
            var error = value - level - Math.Sign(level) * DeadZone.Centroid;
            var found = error * error + DeadZone.Price * Bits(level);
            if (found < cost)
                (best, cost) = (level, found);
        }
        return best;

        double Bits(int level)
        {
            var before = length.Bits;
            expected.Pass(new SymbolPort(length), level);
            return length.Bits - before;
        }
    }
}

using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.Context;

/// <summary>The scheme <c>context-transform</c>: weights of neighbours by maximum likelihood, then the probabilities of levels in each context.</summary>
public sealed class ContextFit : IModelFit
{
    private const int WeightDrops = 400;

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new FittedFeedback(dimensions, options, tables, new ContextCodec(tables, dimensions, options.Price));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var frames = new ReportFrame(drops.Dimensions, frame);
        List<float[]> crops = [.. drops.Framed(frames).SelectMany(reports => reports.Values.Chunk(frames.Values))];
        return Learn(frame, _ => crops, drops, frames.Delays);
    }

    /// <summary>Learns from the crops that each whole step has, and adds the tables to a model.</summary>
    internal static FittedTables Learn(FittedTables frame, Func<int, IReadOnlyList<float[]>> cropsAt, FitDrops drops, int delays)
    {
        var dimensions = drops.Dimensions;
        var neighbours = new Neighbourhood(delays, dimensions.ReceiveAntennas, dimensions.Array);
        var weights = new ContextWeights[DeadZone.Steps];
        var counts = new LevelCounts(DeadZone.Steps / ContextCodec.StepsShared * ContextState.Contexts);
        var signs = new int[DeadZone.Steps * ContextState.SignContexts];
        for (var step = 0; step < DeadZone.Steps; step++)
        {
            drops.Progress.Tell("context tables", step, DeadZone.Steps);
            var crops = cropsAt(step);
            weights[step] = ContextLearning.Weights(crops, WeightDrops, neighbours, dimensions, DeadZone.Width(step));
            Count(crops, neighbours, weights[step], step, counts, signs);
        }
        return counts.AddTo(ContextWeights.AddTo(frame, weights, dimensions).With(ContextCodec.SignsKey, signs), ContextCodec.TablesKey);
    }

    private static void Count(IReadOnlyList<float[]> crops, Neighbourhood neighbours, ContextWeights weights, int step, LevelCounts counts, int[] signs)
    {
        var inverse = 1 / DeadZone.Width(step);
        var (agreeing, all) = (new double[ContextState.SignContexts], new double[ContextState.SignContexts]);
        var state = new ContextState(neighbours);
        foreach (var crop in crops)
        {
            state.Clear();
            for (var bin = 0; bin < neighbours.Bins; bin++)
            {
                state.Enter(bin);
                for (var part = 0; part < 2; part++)
                {
                    var value = crop[2 * bin + part];
                    var level = DeadZone.Level(value, inverse);
                    counts.Add(ContextCodec.Row(step, state.ContextOf(state.Expect(bin, part, weights))), Math.Abs(level), Math.Abs(value) * inverse);
                    if (level != 0)
                    {
                        all[state.SignContext()]++;
                        agreeing[state.SignContext()] += (level < 0) == (state.Mean < 0) ? 1 : 0;
                    }
                    state.Set(bin, part, level);
                }
            }
        }
        for (var context = 0; context < ContextState.SignContexts; context++)
            signs[ContextCodec.SignRow(step, context)] = Math.Clamp((int)Math.Round(65_536 * (agreeing[context] + 1) / (all[context] + 2)), 1, 65_535);
    }
}

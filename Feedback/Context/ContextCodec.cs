using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.Context;

/// <summary>Every value of the crop through a dead-zone quantiser and under probabilities chosen by the bins coded before it.</summary>
public sealed class ContextCodec : ICropCodec
{
    internal const string TablesKey = "context";
    internal const string SignsKey = "context.signs";

    /// <summary>Whole steps that share tables of levels: in units of the step they hardly differ.</summary>
    internal const int StepsShared = 4;

    private readonly Neighbourhood neighbours;
    private readonly BetweenSteps<ContextStep> steps;
    private readonly double price;

    /// <summary>Takes the codec out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="price">What a bit is worth in squared error, in units of the squared step; 0 for the plain dead zone.</param>
    public ContextCodec(FittedTables model, CsiDimensions dimensions, double price)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dimensions);
        this.price = price;
        var weights = ContextWeights.Of(model, dimensions);
        neighbours = new Neighbourhood(weights[0].Priors[0].Length / (dimensions.ReceiveAntennas * dimensions.TransmitAntennas), dimensions.ReceiveAntennas, dimensions.Array);
        var tables = LevelCounts.TablesOf(model, TablesKey).Chunk(ContextState.Contexts).ToList();
        var signs = model.Integers(SignsKey).Chunk(ContextState.SignContexts).ToList();
        steps = new([.. weights.Select((found, step) => new ContextStep(found, tables[step / StepsShared], signs[step]))], ContextStep.Between);
    }

    /// <inheritdoc/>
    public int Steps => DeadZone.Steps;

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, ReadOnlySpan<float> crop, double step) => Code(target, crop, step, static _ => false);

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, Span<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (state, found, width) = (new ContextState(neighbours), steps.At(step), DeadZone.Width(step));
        for (var bin = 0; bin < neighbours.Bins; bin++)
        {
            state.Enter(bin);
            for (var part = 0; part < 2; part++)
            {
                var table = found.Tables[state.ContextOf(state.Expect(bin, part, found.Weights))];
                var magnitude = table.ReadMagnitude(source);
                var negative = magnitude > 0 && source.Decode(found.Signs[state.SignContext()]) == 0 == state.Mean < 0;
                crop[2 * bin + part] = (float)(width * (negative ? -table.Magnitude(magnitude) : table.Magnitude(magnitude)));
                state.Set(bin, part, negative ? -magnitude : magnitude);
            }
        }
    }

    /// <summary>Codes a crop, or its beginning.</summary>
    /// <param name="target">Where its symbols go.</param>
    /// <param name="crop">The values.</param>
    /// <param name="step">How finely.</param>
    /// <param name="isEnough">Whether to stop after a delay row, told the squared error so far.</param>
    /// <returns>Squared error in units of the squared step, how many values are not zero, and whether it went to the end.</returns>
    internal (double Error, int Sent, bool IsWhole) Code(ISymbolWriter target, ReadOnlySpan<float> crop, double step, Predicate<double> isEnough)
    {
        ArgumentNullException.ThrowIfNull(target);
        var (state, found, inverse) = (new ContextState(neighbours), steps.At(step), 1 / DeadZone.Width(step));
        var (error, sent) = (0.0, 0);
        for (var bin = 0; bin < neighbours.Bins; bin++)
        {
            state.Enter(bin);
            for (var part = 0; part < 2; part++)
            {
                var value = crop[2 * bin + part];
                var table = found.Tables[state.ContextOf(state.Expect(bin, part, found.Weights))];
                var magnitude = table.Choose(Math.Abs(value) * inverse, price);
                table.WriteMagnitude(target, magnitude);
                if (magnitude > 0)
                {
                    target.Encode(found.Signs[state.SignContext()], (value < 0) == (state.Mean < 0) ? 0 : 1);
                    sent++;
                }
                var missed = Math.Abs(value) * inverse - table.Magnitude(magnitude);
                error += missed * missed;
                state.Set(bin, part, value < 0 ? -magnitude : magnitude);
            }
            if ((bin + 1) % neighbours.Row == 0 && isEnough(error))
                return (error, sent, bin + 1 == neighbours.Bins);
        }
        return (error, sent, true);
    }

    internal static int Row(int step, int context) => step / StepsShared * ContextState.Contexts + context;

    internal static int SignRow(int step, int context) => step * ContextState.SignContexts + context;
}

using Feedback.Coding;

namespace Feedback.Neural.Hybrid;

/// <summary>A crop while its bins are coded one after the other, the same on both sides.</summary>
internal sealed class PriorState
{
    private readonly PriorEvaluator evaluator;
    private readonly double total;
    private readonly float[] levels;
    private readonly float[] sizes;
    private readonly float[] history;
    private readonly float[] inputs;
    private readonly float[] hidden;
    private readonly float[] inner;
    private readonly float[] outputs;
    private readonly float[] extras;
    private readonly float[][] predicted;
    private double energy;
    private float current;
    private float before;
    private float twoBefore;

    public PriorState(PriorEvaluator evaluator, double step)
    {
        this.evaluator = evaluator;
        var size = evaluator.Architecture;
        var bins = evaluator.Places.Bins;
        total = 2.0 * bins / PriorEvaluator.SquaredWidth(step);
        (levels, sizes, history) = (new float[2 * bins + 2], new float[bins + 1], new float[size.Antennas]);
        (inputs, hidden, inner) = (new float[LevelPrior.InputsOf(size.Predictors)], new float[size.Hidden], new float[size.Hidden]);
        (outputs, extras) = (new float[LevelPrior.OutputsOf(size.Predictors)], new float[LevelPrior.ExtrasOf(size.Predictors)]);
        predicted = [new float[size.Predictors], new float[size.Predictors]];
        inputs[^1] = (float)(step / 16);
    }

    /// <summary>Goes to a bin; they come in order.</summary>
    public void Enter(int bin)
    {
        var near = evaluator.Places.Of(bin);
        evaluator.Predict(near, levels, predicted[0], predicted[1]);
        for (var place = 0; place < near.Length; place++)
            inputs[place] = sizes[near[place]];
        var next = near.Length;
        foreach (var part in predicted)
        {
            Squash(part, 1, inputs.AsSpan(next));
            Squash(part, 8, inputs.AsSpan(next + part.Length));
            next += 2 * part.Length;
        }
        var column = bin % history.Length;
        var left = (float)Math.Max(total - energy, 0);
        (inputs[next], inputs[next + 1], inputs[next + 2]) = ((float)(left / total), left / (left + 30), left / (left + 500));
        inputs[next + 3] = PlainArithmetic.Squash(history[column], 8);
        inputs[next + 4] = PlainArithmetic.Squash(current, 8);
        inputs[next + 5] = PlainArithmetic.Squash(before, 8);
        inputs[next + 6] = PlainArithmetic.Squash(twoBefore, 8);
        evaluator.Enter(bin, inputs, hidden);
    }

    /// <summary>What is expected of the real part (0), or of the imaginary part (1) once the real part is known.</summary>
    public LevelMixture Expect(int bin, int part)
    {
        if (part == 1)
        {
            var own = levels[2 * bin];
            extras[0] = PlainArithmetic.Squash(own, 1);
            extras[1] = PlainArithmetic.Size((int)Math.Abs(own));
            for (var predictor = 0; predictor < predicted[0].Length; predictor++)
                extras[2 + predictor] = PlainArithmetic.Squash(own - predicted[0][predictor], 1);
        }
        evaluator.Leave(part, hidden, part == 1 ? extras : [], inner, outputs);
        return new LevelMixture(
            PlainArithmetic.Frequency(PlainArithmetic.Logistic(outputs[0])),
            PlainArithmetic.Logistic(outputs[3]),
            Mean(part, 0),
            PlainArithmetic.PowerOfTwo(-Scale(1)),
            Mean(part, 1),
            PlainArithmetic.PowerOfTwo(-Scale(2)));
    }

    /// <summary>Learns the level of a part of the bin.</summary>
    public void Set(int bin, int part, int level)
    {
        levels[2 * bin + part] = level;
        energy += (double)level * level;
        if (part == 0)
            return;
        var size = (int)(Math.Abs(levels[2 * bin]) + Math.Abs(levels[2 * bin + 1]));
        sizes[bin] = PlainArithmetic.Size(size);
        var column = bin % history.Length;
        history[column] = history[column] * LevelPrior.Decay + size;
        current += size;
        if (column == history.Length - 1)
            (twoBefore, before, current) = (before, current, 0);
    }

    private double Mean(int part, int density)
    {
        var sum = 0f;
        var gates = outputs.AsSpan(LevelPrior.Fixed + density * predicted[part].Length, predicted[part].Length);
        for (var predictor = 0; predictor < gates.Length; predictor++)
            sum += gates[predictor] * predicted[part][predictor];
        return Math.Clamp(sum, -1e6f, 1e6f);
    }

    private double Scale(int output) => Math.Clamp(outputs[output], PriorEvaluator.SmallestScale, PriorEvaluator.LargestScale);

    private static void Squash(float[] values, float unit, Span<float> target)
    {
        for (var index = 0; index < values.Length; index++)
            target[index] = PlainArithmetic.Squash(values[index], unit);
    }
}

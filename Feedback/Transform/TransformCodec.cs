using Feedback.Coding;
using Feedback.Fitting;

namespace Feedback.Transform;

/// <summary>Every value of the crop through a dead-zone quantiser and under the probabilities of its bin's class at that step.</summary>
public sealed class TransformCodec : ICropCodec
{
    private readonly int[] classOf;
    private readonly Lazy<LevelTable[]>[] tables;

    /// <summary>Takes the codec out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="receiveAntennas">R.</param>
    public TransformCodec(FittedTables model, int receiveAntennas)
    {
        ArgumentNullException.ThrowIfNull(model);
        var classes = model.Integers(TransformFit.ClassesKey);
        var antennas = (int)model.Shape(TransformFit.ClassesKey)[1];
        classOf =
        [
            .. Enumerable.Range(0, classes.Length * receiveAntennas)
                .Select(bin => classes[bin / (receiveAntennas * antennas) * antennas + bin % antennas]),
        ];
        var count = classes.Max() + 1;
        var (frequencies, levels) = (model.Integers(TransformFit.FrequenciesKey), model.Reals(TransformFit.LevelsKey));
        tables = [.. Enumerable.Range(0, DeadZone.Steps).Select(step => new Lazy<LevelTable[]>(() => LevelTable.Rows(frequencies, levels, step * count, count)))];
    }

    /// <inheritdoc/>
    public int Steps => DeadZone.Steps;

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, ReadOnlySpan<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(target);
        var found = tables[DeadZone.Nearest(step)].Value;
        var inverse = 1 / DeadZone.Width(step);
        for (var i = 0; i < crop.Length; i++)
            found[classOf[i >> 1]].Write(target, DeadZone.Level(crop[i], inverse));
    }

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, Span<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(source);
        var found = tables[DeadZone.Nearest(step)].Value;
        var width = DeadZone.Width(step);
        for (var i = 0; i < crop.Length; i++)
            crop[i] = (float)(width * found[classOf[i >> 1]].Read(source));
    }
}

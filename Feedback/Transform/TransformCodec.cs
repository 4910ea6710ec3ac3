using Feedback.Coding;
using Feedback.Fitting;

namespace Feedback.Transform;

/// <summary>Every value of the crop through a dead-zone quantiser and under the probabilities of its bin's class at that step.</summary>
public sealed class TransformCodec : ICropCodec
{
    private readonly int[] classOf;
    private readonly LevelCoder levels;

    /// <summary>Takes the codec out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="receiveAntennas">R.</param>
    /// <param name="price">What a bit is worth in squared error, in units of the squared step; 0 for the plain dead zone.</param>
    public TransformCodec(FittedTables model, int receiveAntennas, double price = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        var classes = model.Integers(TransformFit.ClassesKey);
        var antennas = (int)model.Shape(TransformFit.ClassesKey)[1];
        classOf =
        [
            .. Enumerable.Range(0, classes.Length * receiveAntennas)
                .Select(bin => classes[bin / (receiveAntennas * antennas) * antennas + bin % antennas]),
        ];
        levels = new LevelCoder(model, TransformFit.TablesKey, classes.Max() + 1, price);
    }

    /// <inheritdoc/>
    public int Steps => DeadZone.Steps;

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, ReadOnlySpan<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(target);
        levels.Write(target, crop, step, classOf);
    }

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, Span<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(source);
        levels.Read(source, crop, step, classOf);
    }
}

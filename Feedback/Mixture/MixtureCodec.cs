using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.Mixture;

/// <summary>The state under its prior, then the coefficients under the tables of their classes of variance in that state, one step for all.</summary>
public sealed class MixtureCodec : ICropCodec
{
    internal const string ClassesKey = "mixture.classes";
    internal const string PriorKey = "mixture.prior";
    internal const string TablesKey = "mixture";
    private readonly FrequencyTable prior;
    private readonly int[][] classOf;
    private readonly LevelCoder levels;

    /// <summary>Takes the codec out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="price">What a bit is worth in squared error, in units of the squared step; 0 for the plain dead zone.</param>
    public MixtureCodec(FittedTables model, CsiDimensions dimensions, double price)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dimensions);
        prior = new FrequencyTable(model.Integers(PriorKey));
        var classes = model.Integers(ClassesKey);
        classOf = [.. classes.Chunk(classes.Length / prior.Count).Select(state => Enumerable.Repeat(state, dimensions.ReceiveAntennas).SelectMany(copy => copy).ToArray())];
        levels = new LevelCoder(model, TablesKey, classes.Max() + 1, price);
    }

    /// <inheritdoc/>
    public int Steps => DeadZone.Steps;

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, ReadOnlySpan<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Encode(prior, (int)crop[0]);
        levels.Write(target, crop[1..], step, classOf[(int)crop[0]]);
    }

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, Span<float> crop, double step)
    {
        ArgumentNullException.ThrowIfNull(source);
        var state = source.Decode(prior);
        crop[0] = state;
        levels.Read(source, crop[1..], step, classOf[state]);
    }
}

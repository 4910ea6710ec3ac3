using Feedback.Coding;
using Feedback.Fitting;

namespace Feedback.Transform;

/// <summary>Codes values with a dead-zone quantiser under the tables of their bins' classes at a step.</summary>
internal sealed class LevelCoder
{
    private readonly BetweenSteps<LevelTable[]> tables;
    private readonly double price;

    /// <summary>Takes the tables of all steps out of a model; the price of a bit is in squared steps.</summary>
    public LevelCoder(FittedTables model, string prefix, int classes, double price)
    {
        tables = new([.. LevelCounts.TablesOf(model, prefix).Chunk(classes)], (coarse, fine, share) => [.. coarse.Zip(fine, (left, right) => LevelTable.Between(left, right, share))]);
        this.price = price;
    }

    /// <summary>Codes real and imaginary parts.</summary>
    public void Write(ISymbolWriter target, ReadOnlySpan<float> values, double step, ReadOnlySpan<int> classOf)
    {
        var found = tables.At(step);
        var inverse = 1 / DeadZone.Width(step);
        for (var i = 0; i < values.Length; i++)
        {
            var table = found[classOf[i >> 1]];
            var level = table.Choose(Math.Abs(values[i]) * inverse, price);
            table.Write(target, values[i] < 0 ? -level : level);
        }
    }

    /// <summary>Decodes real and imaginary parts.</summary>
    public void Read(ArithmeticDecoder source, Span<float> values, double step, ReadOnlySpan<int> classOf)
    {
        var found = tables.At(step);
        var width = DeadZone.Width(step);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(width * found[classOf[i >> 1]].Read(source));
    }
}

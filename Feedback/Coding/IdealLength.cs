namespace Feedback.Coding;

/// <summary>Counts what symbols cost under their model, -Σ log2 p.</summary>
/// <param name="target">Where the symbols go on to; nowhere if not given.</param>
public sealed class IdealLength(ISymbolWriter? target = null) : ISymbolWriter
{
    /// <summary>-Σ log2 p of the symbols so far [bit].</summary>
    public double Bits { get; private set; }

    /// <inheritdoc/>
    public void Encode(FrequencyTable table, int symbol)
    {
        ArgumentNullException.ThrowIfNull(table);
        Bits += table.Bits(symbol);
        target?.Encode(table, symbol);
    }

    /// <inheritdoc/>
    public void Encode(uint below, uint frequency, uint total)
    {
        Bits += Math.Log2((double)total / frequency);
        target?.Encode(below, frequency, total);
    }

    /// <inheritdoc/>
    public void EncodeUniform(uint value, int width)
    {
        Bits += width;
        target?.EncodeUniform(value, width);
    }
}

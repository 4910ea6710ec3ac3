namespace Feedback.Coding;

/// <summary>Counts what symbols cost under their model, -Σ log2 p, without coding them.</summary>
public sealed class IdealLength : ISymbolWriter
{
    /// <summary>-Σ log2 p of the symbols so far [bit].</summary>
    public double Bits { get; private set; }

    /// <inheritdoc/>
    public void Encode(FrequencyTable table, int symbol)
    {
        ArgumentNullException.ThrowIfNull(table);
        Bits += table.Bits(symbol);
    }

    /// <inheritdoc/>
    public void Encode(uint below, uint frequency, uint total) => Bits += Math.Log2((double)total / frequency);

    /// <inheritdoc/>
    public void EncodeUniform(uint value, int width) => Bits += width;
}

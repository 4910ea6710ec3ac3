namespace Feedback.Coding;

/// <summary>Where a model sends its symbols: into a message, or to be counted.</summary>
public interface ISymbolWriter
{
    /// <summary>Codes a symbol of a static table.</summary>
    /// <param name="table">Its probabilities.</param>
    /// <param name="symbol">The symbol, 0 … table.Count-1.</param>
    void Encode(FrequencyTable table, int symbol);

    /// <summary>Codes a symbol under frequencies that may change from symbol to symbol.</summary>
    /// <param name="below">Sum of the frequencies of all smaller symbols.</param>
    /// <param name="frequency">The symbol's own, at least 1.</param>
    /// <param name="total">Sum of all, at most 2^24.</param>
    void Encode(uint below, uint frequency, uint total);

    /// <summary>Codes a number of which every value is as likely as any other.</summary>
    /// <param name="value">The number, below 2^<paramref name="width"/>.</param>
    /// <param name="width">Its number of bits, 1 … 16.</param>
    void EncodeUniform(uint value, int width);
}

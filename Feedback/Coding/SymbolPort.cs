namespace Feedback.Coding;

/// <summary>Passes symbols either way, so that what a model says of them is written once.</summary>
internal readonly struct SymbolPort
{
    private readonly ISymbolWriter? target;
    private readonly ArithmeticDecoder? source;

    /// <summary>Symbols are written, or counted.</summary>
    public SymbolPort(ISymbolWriter target) => this.target = target;

    /// <summary>Symbols are read.</summary>
    public SymbolPort(ArithmeticDecoder source) => this.source = source;

    /// <summary>Passes a symbol under given frequencies.</summary>
    /// <param name="frequencies">At least 1 each, at most 2^24 together.</param>
    /// <param name="symbol">The symbol, of no meaning where it is read.</param>
    /// <returns>The symbol.</returns>
    public int Pass(ReadOnlySpan<uint> frequencies, int symbol)
    {
        var total = 0u;
        foreach (var frequency in frequencies)
            total += frequency;
        var below = 0u;
        if (source is not null)
        {
            var aim = source.Target(total);
            symbol = 0;
            while (below + frequencies[symbol] <= aim)
                below += frequencies[symbol++];
            source.Take(below, frequencies[symbol], total);
            return symbol;
        }
        for (var smaller = 0; smaller < symbol; smaller++)
            below += frequencies[smaller];
        target!.Encode(below, frequencies[symbol], total);
        return symbol;
    }

    /// <summary>Passes a symbol of a static table.</summary>
    /// <param name="table">Its probabilities.</param>
    /// <param name="symbol">The symbol, of no meaning where it is read.</param>
    /// <returns>The symbol.</returns>
    public int Pass(FrequencyTable table, int symbol)
    {
        if (source is not null)
            return source.Decode(table);
        target!.Encode(table, symbol);
        return symbol;
    }

    /// <summary>Passes one of n equally likely symbols.</summary>
    /// <param name="count">n, 1 … 2^24.</param>
    /// <param name="symbol">The symbol, of no meaning where it is read.</param>
    /// <returns>The symbol.</returns>
    public int PassUniform(int count, int symbol)
    {
        if (count == 1)
            return 0;
        if (source is not null)
        {
            symbol = (int)source.Target((uint)count);
            source.Take((uint)symbol, 1, (uint)count);
            return symbol;
        }
        target!.Encode((uint)symbol, 1, (uint)count);
        return symbol;
    }
}

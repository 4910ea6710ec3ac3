using Feedback.Neural.Latents;
using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>Each crop's values between their extremes, companded by the µ-law and rounded to 2^b levels.</summary>
/// <remarks>
/// Extremes are sent: their distance rounded up to eighths of an octave, and the lower one in 64ths of that. Values are taken relative to the
/// extremes as sent, so that both sides have the same.
/// </remarks>
internal sealed class StqNetQuantizer : ILatentQuantizer
{
    /// <summary>Symbols before the values': distance and place of the extremes.</summary>
    public const int SideSymbols = 2;

    private const double Compression = 255;
    private const double Octave = 8;
    private const double Places = 64;
    private const double Smallest = 1e-6;
    private const double Largest = 1e6;
    private readonly int levels;

    public StqNetQuantizer(int values, int bits)
    {
        levels = 1 << bits;
        Classes = [.. Enumerable.Range(0, SideSymbols + values)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Classes { get; }

    /// <inheritdoc/>
    public void Quantise(ReadOnlySpan<double> latents, double step, Span<int> symbols)
    {
        var (low, high) = (latents[0], latents[0]);
        foreach (var value in latents)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        symbols[0] = (int)Math.Ceiling(Octave * Math.Log2(Math.Clamp(high - low, Smallest, Largest)));
        var range = Range(symbols[0]);
        symbols[1] = (int)Math.Clamp(Math.Floor(low / range * Places), -SymbolTable.Largest, SymbolTable.Largest);
        var lower = symbols[1] / Places * range;
        for (var index = 0; index < latents.Length; index++)
        {
            var place = Math.Clamp(2 * (latents[index] - lower) / range - 1, -1, 1);
            var companded = Math.CopySign(Math.Log(1 + Compression * Math.Abs(place)) / Math.Log(1 + Compression), place);
            symbols[SideSymbols + index] = (int)Math.Round((companded + 1) / 2 * (levels - 1));
        }
    }

    /// <inheritdoc/>
    public void Dequantise(ReadOnlySpan<int> symbols, double step, Span<double> latents)
    {
        var range = Range(symbols[0]);
        var lower = Math.Clamp(symbols[1], -SymbolTable.Largest, SymbolTable.Largest) / Places * range;
        for (var index = 0; index < latents.Length; index++)
        {
            var companded = 2.0 * Math.Clamp(symbols[SideSymbols + index], 0, levels - 1) / (levels - 1) - 1;
            var place = Math.CopySign((Math.Pow(1 + Compression, Math.Abs(companded)) - 1) / Compression, companded);
            latents[index] = lower + (place + 1) / 2 * range;
        }
    }

    /// <summary>The same without coding of the extremes: values between -1 and 1, with gradients, and what the base station decodes, both <c>[n, M]</c>.</summary>
    public (Tensor Normalised, Tensor Decoded) Relax(Tensor latents)
    {
        using var scope = NewDisposeScope();
        var low = latents.amin([1], keepdim: true);
        var range = (latents.amax([1], keepdim: true) - low).clamp_min(Smallest);
        var normalised = (latents - low) / range * 2 - 1;
        using var frozen = no_grad();
        var sign = normalised.lt(0).to(normalised.dtype) * -2 + 1;
        var companded = (normalised.abs() * Compression).log1p() / Math.Log(1 + Compression) * sign;
        var rounded = ((companded + 1) * ((levels - 1) / 2.0)).round() * (2.0 / (levels - 1)) - 1;
        var side = rounded.lt(0).to(normalised.dtype) * -2 + 1;
        var expanded = ((rounded.abs() * Math.Log(1 + Compression)).exp() - 1) / Compression * side;
        var decoded = low + (expanded + 1) / 2 * range;
        return (normalised.MoveToOuterDisposeScope(), decoded.MoveToOuterDisposeScope());
    }

    private static double Range(int symbol) => Math.Pow(2, Math.Clamp(symbol, -200, 200) / Octave);
}

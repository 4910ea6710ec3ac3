namespace Feedback.Fitting;

/// <summary>What a scheme reaches on test drops: means over reports, for one user by maximum ratio at <see cref="SchemeTest.SnrDecibels"/>.</summary>
/// <param name="Bits">Delivered bits.</param>
/// <param name="Estimate">What the scheme's own model says they should be [bit]; NaN if it has none.</param>
/// <param name="Nmse">‖G - Ĝ‖²/‖G‖² on the angular-delay crop, linear.</param>
/// <param name="Rho">Cosine similarity ρ, 0 … 1.</param>
/// <param name="SpectralEfficiency">[bit/s/Hz].</param>
/// <param name="EncodeMilliseconds">Time to encode one of many reports on the machine at hand [ms].</param>
/// <param name="DecodeMilliseconds">Time to decode one of many [ms].</param>
public readonly record struct SchemeFigures(
    double Bits, double Estimate, double Nmse, double Rho, double SpectralEfficiency, double EncodeMilliseconds, double DecodeMilliseconds)
{
    /// <summary>10 log10 of <see cref="Nmse"/> [dB].</summary>
    public double NmseDecibels => 10 * Math.Log10(Nmse);

    /// <summary>The figures as every card has them.</summary>
    /// <returns>Names and values.</returns>
    internal IEnumerable<(string Name, double Value)> Named() =>
    [
        ("bits", Bits), ("nmse-crop", NmseDecibels), ("rho", Rho), ("se", SpectralEfficiency),
        ("encode-milliseconds", EncodeMilliseconds), ("decode-milliseconds", DecodeMilliseconds),
    ];
}

using Feedback.Neural.Latents;

namespace Feedback.Neural.DeepCmc;

/// <summary>Latent values times a gain for channel and rate, rounded.</summary>
internal sealed class GainQuantizer : ILatentQuantizer
{
    private readonly double[][] logarithms;
    private readonly double firstGain;

    /// <summary>Takes learned logarithms of gains, rates by channels.</summary>
    public GainQuantizer(double[][] logarithms, int places, double firstGain)
    {
        (this.logarithms, this.firstGain) = (logarithms, firstGain);
        Classes = [.. Enumerable.Range(0, logarithms[0].Length * places).Select(index => index / places)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The rate below a step, and how far the step is from it towards the next one.</summary>
    public static (int First, double Share) Between(double step, int rates)
    {
        var within = Math.Clamp(step, 0, rates - 1);
        return ((int)within, within - (int)within);
    }

    /// <summary>The logarithm of a gain before anything is learned: half the λ calls for steps finer by √2.</summary>
    public static double Usual(double step, double firstGain) => Math.Log(firstGain) + 0.5 * Math.Log(2) * step;

    /// <inheritdoc/>
    public void Quantise(ReadOnlySpan<double> latents, double step, Span<int> symbols)
    {
        var gains = GainsAt(step);
        for (var index = 0; index < latents.Length; index++)
            symbols[index] = (int)Math.Clamp(Math.Round(latents[index] * gains[Classes[index]]), -SymbolTable.Largest, SymbolTable.Largest);
    }

    /// <inheritdoc/>
    public void Dequantise(ReadOnlySpan<int> symbols, double step, Span<double> latents)
    {
        var gains = GainsAt(step);
        for (var index = 0; index < latents.Length; index++)
            latents[index] = symbols[index] / gains[Classes[index]];
    }

    private double[] GainsAt(double step)
    {
        var (first, share) = Between(step, logarithms.Length);
        var (below, above) = (logarithms[first], logarithms[Math.Min(first + 1, logarithms.Length - 1)]);
        return [.. below.Select((value, channel) => Math.Exp(value * (1 - share) + above[channel] * share + Usual(step, firstGain)))];
    }
}

using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>The drops that a model is fitted to, as its frame leaves them, and those it is tested on.</summary>
public sealed class FitDrops
{
    private const int Portion = 250;
    private readonly TrainingDrops source;
    private readonly FitRecipe recipe;
    private readonly CancellationToken cancellation;

    /// <summary>Creates a source.</summary>
    /// <param name="source">Draws channels.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="recipe">How many of them.</param>
    /// <param name="progress">Told how far the fit has come, or null.</param>
    /// <param name="cancellation">Ends the fit.</param>
    public FitDrops(TrainingDrops source, CsiDimensions dimensions, FitRecipe recipe, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        Progress = new FitProgress(progress);
        (this.source, Dimensions, this.recipe, this.cancellation) = (source, dimensions, recipe, cancellation);
    }

    /// <summary>The size of the CSI.</summary>
    public CsiDimensions Dimensions { get; }

    /// <summary>Where a fit tells how far it has come; going through drops tells by itself.</summary>
    public FitProgress Progress { get; }

    /// <summary>The drops to fit to, portion by portion; each time the same.</summary>
    /// <param name="frame">The frame of the model.</param>
    /// <param name="most">At most so many drops.</param>
    /// <returns>Crops relative to their scales.</returns>
    public IEnumerable<FramedReports> Framed(ReportFrame frame, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Channels("training", Math.Min(most, recipe.Drops)).Select(frame.Take);
    }

    /// <summary>A CPU generator for one purpose.</summary>
    /// <param name="purpose">What is drawn, e.g. <c>weights</c>.</param>
    /// <returns>The generator; the caller disposes of it.</returns>
    public Generator GeneratorOf(string purpose) => source.GeneratorOf(purpose, 0);

    /// <summary>Channels for one purpose, portion by portion; a portion lives until the next one is asked for.</summary>
    /// <param name="purpose">What they are for, e.g. <c>test</c>.</param>
    /// <param name="count">Number of drops.</param>
    /// <returns>H, complex64 <c>[n, S, R, A]</c> each.</returns>
    public IEnumerable<Tensor> Channels(string purpose, int count)
    {
        for (var first = 0; first < count; first += Portion)
        {
            cancellation.ThrowIfCancellationRequested();
            Progress.Tell(purpose + " drops", first, count);
            using var channels = source.DrawChannels(purpose, first / Portion, Math.Min(Portion, count - first));
            yield return channels;
        }
    }
}

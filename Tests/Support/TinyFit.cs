using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Fits to crops that a test draws itself.</summary>
internal sealed class TinyFit
{
    private readonly FitDrops drops;

    public TinyFit(CsiDimensions dimensions, int delays, int count, Func<int, Generator, Tensor> draw)
    {
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, delays);
        var source = new TrainingDrops(new CropChannel(dimensions, delays, draw), new ResourceGrid(dimensions.Subcarriers, 20e6), transform, seed: 3);
        drops = new FitDrops(source, dimensions, new FitRecipe { Drops = count, Delays = delays });
        Frame = ReportFrame.Fit("tiny", dimensions, delays, align: false, drops.Channels("training", count));
        Crops = [.. drops.Framed(new ReportFrame(dimensions, Frame)).SelectMany(reports => reports.Values.Chunk(reports.Values.Length / reports.Count))];
    }

    /// <summary>The tables of the frame.</summary>
    public FittedTables Frame { get; }

    /// <summary>The crops as a fit sees them.</summary>
    public IReadOnlyList<float[]> Crops { get; }

    /// <summary>Fits.</summary>
    public FittedTables Run(IModelFit fit) => fit.Fit(Frame, drops);
}

using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Weighs the last paths of one report against a residual in their place: squared error and λ·bits together.</summary>
/// <remarks>A path that goes leaves its energy to the residual. Where all paths leave nothing that a residual would send, there is none.</remarks>
internal sealed class ResidualSearch
{
    // The likely ones come early, since a trial ends once it costs more than the best so far.
    private static readonly double[] Shares = [1, 0.5, 0.35, 0.75, 0.25, 0.15, 0.08, 0];
    private readonly PathDictionary dictionary;
    private readonly CropPhases phases;
    private readonly PolarQuantizer polar;
    private readonly double[] crop;
    private readonly IReadOnlyList<CodedPath> paths;
    private readonly double[] bits;
    private readonly double step;
    private readonly double width;

    /// <summary>Prepares for one report.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="phases">Turns crops.</param>
    /// <param name="polar">The quantiser of coefficients.</param>
    /// <param name="model">What paths cost; none has been added to it.</param>
    /// <param name="crop">The crop, phases as in the dictionary.</param>
    /// <param name="paths">Its paths in the order of sending.</param>
    /// <param name="step">The step of the report.</param>
    public ResidualSearch(
        PathDictionary dictionary, CropPhases phases, PolarQuantizer polar, PathModel model, double[] crop, IReadOnlyList<CodedPath> paths, double step)
    {
        (this.dictionary, this.phases, this.polar, this.crop, this.paths, this.step) = (dictionary, phases, polar, crop, paths, step);
        width = SparsePathsTables.Width(step);
        bits = new double[paths.Count + 1];
        foreach (var (k, path) in paths.Index())
        {
            bits[k + 1] = bits[k] + model.Bits(path);
            model.Add(path);
        }
    }

    /// <summary>A number of paths and the residual behind them.</summary>
    /// <param name="Paths">How many paths are sent.</param>
    /// <param name="Values">What they leave, in the units of <see cref="PathResidual"/>.</param>
    /// <param name="IsEmpty">Whether no value of it would be sent.</param>
    /// <param name="Explained">What the residual takes away of the squared error.</param>
    /// <param name="Cost">Squared error in Δ² and λ·bits.</param>
    public sealed record Found(int Paths, float[] Values, bool IsEmpty, double Explained, double Cost);

    /// <summary>What a share of the paths leaves, in the units of <see cref="PathResidual"/>.</summary>
    public float[] Rest(double share) => phases.TurnBack(Decoded().TakenFrom(crop, CountOf(share)), PathResidual.Unit);

    /// <summary>Searches.</summary>
    /// <param name="residual">Codes residuals.</param>
    /// <param name="noise">Variance of the error of a complex value of the crop.</param>
    /// <param name="most">How many paths and residuals at most.</param>
    /// <returns>The best; null where all paths and no residual are better.</returns>
    public Found? Best(PathResidual residual, double noise, int most)
    {
        var decoded = Decoded();
        var left = decoded.TakenFrom(crop, paths.Count);
        var least = VectorSums.Dot(left, left) / (width * width) + PathEncoder.Slope * (bits[^1] + Flag(residual, isPresent: false));
        Found? best = null;
        foreach (var count in Shares.Select(CountOf).Where(count => count < most).Distinct())
        {
            var all = count == paths.Count;
            var found = Behind(residual, all ? left : decoded.TakenFrom(crop, count), count, noise, all ? double.PositiveInfinity : least);
            if (all && found!.IsEmpty)
                return null;
            if (found?.Cost < least)
                (best, least) = (found, found.Cost);
        }
        return best;
    }

    /// <summary>The residual behind a share of the paths.</summary>
    public Found Behind(PathResidual residual, double share) =>
        Behind(residual, Decoded().TakenFrom(crop, CountOf(share)), CountOf(share), noise: 0, double.PositiveInfinity)!;

    // Null where it costs more than the most.
    private Found? Behind(PathResidual residual, double[] left, int count, double noise, double most)
    {
        var values = phases.TurnBack(left, PathResidual.Unit);
        var counted = new IdealLength();
        var before = bits[count] + Flag(residual, isPresent: true);
        var (error, sent, isWhole) = residual.Try(counted, values, step, found => found + PathEncoder.Slope * (before + counted.Bits) > most);
        if (!isWhole)
            return null;
        // A value of noise sent errs by the noise, of variance noise/2, where one not sent would have been right by as much.
        var cost = error + sent * noise / (width * width) + PathEncoder.Slope * (before + counted.Bits);
        return new Found(count, values, sent == 0, VectorSums.Dot(left, left) - error * width * width, cost);
    }

    private int CountOf(double share) => (int)Math.Round(share * paths.Count);

    private DecodedPaths Decoded() => new(dictionary, polar, width, paths);

    private double Flag(PathResidual residual, bool isPresent)
    {
        var counted = new IdealLength();
        residual.PassPresent(new SymbolPort(counted), step, isPresent);
        return counted.Bits;
    }
}

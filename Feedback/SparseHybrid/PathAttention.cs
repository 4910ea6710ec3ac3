using Feedback.Coding;
using Feedback.Fitting;
using Feedback.SparsePaths;
using static TorchSharp.torch;

namespace Feedback.SparseHybrid;

/// <summary>The networks of the prior: attention [Bahdanau2015] of the next path to the earlier ones and to densities of a place, and what magnitude to expect.</summary>
/// <remarks>
/// <code>
/// next path, earlier path ─► rows ─► hidden ─► scores of the kernels about the earlier path ─┐
/// next path ────────────── ─► rows ─► hidden ─► scores of the densities of a place ──────────┴─► 2^score / sum: weights of the mixture
/// report so far ────────── ─► rows ─► hidden ─► scores of the magnitudes ─► 2^score / sum
/// </code>
/// </remarks>
internal sealed class PathAttention
{
    /// <summary>Densities of a place.</summary>
    public const int Densities = 6;

    /// <summary>Kernels about an earlier path.</summary>
    public const int Kernels = 8;

    private const int Width = 32;
    private const int MagnitudeWidth = 64;
    private const string PlacesKey = "sparse-hybrid.places";
    private const string PathsKey = "sparse-hybrid.paths";
    private const string MagnitudesKey = "sparse-hybrid.magnitudes";

    private PathAttention(PathFeatures features, RowNetwork places, RowNetwork paths, RowNetwork magnitudes) =>
        (Features, Places, Paths, Magnitudes) = (features, places, paths, magnitudes);

    /// <summary>What the networks see.</summary>
    public PathFeatures Features { get; }

    /// <summary>Scores of the densities.</summary>
    public RowNetwork Places { get; }

    /// <summary>Scores of the kernels about an earlier path.</summary>
    public RowNetwork Paths { get; }

    /// <summary>Scores of the magnitude of a path that is not the first, and of there being none.</summary>
    public RowNetwork Magnitudes { get; }

    /// <summary>Networks that know nothing.</summary>
    public static PathAttention Random(PathFeatures features, Generator random) => new(
        features,
        RowNetwork.Random(PathFeatures.Queries, Width, Densities, random),
        RowNetwork.Random(features.Keys, Width, Kernels, random),
        RowNetwork.Random(PathFeatures.Magnitudes, MagnitudeWidth, Magnitude.Buckets, random));

    /// <summary>Takes the networks out of a model.</summary>
    public static PathAttention Of(FittedTables model)
    {
        var positions = PositionTables.Of(model);
        var features = new PathFeatures(positions.Delays, positions.First, positions.Second);
        return new(
            features,
            RowNetwork.Of(model, PlacesKey, PathFeatures.Queries, Densities),
            RowNetwork.Of(model, PathsKey, features.Keys, Kernels),
            RowNetwork.Of(model, MagnitudesKey, PathFeatures.Magnitudes, Magnitude.Buckets));
    }

    /// <summary>Adds the networks to a model.</summary>
    public FittedTables AddTo(FittedTables model) => model
        .With(PlacesKey, Places.Weights.ToArray())
        .With(PathsKey, Paths.Weights.ToArray())
        .With(MagnitudesKey, Magnitudes.Weights.ToArray());

    /// <summary>Probabilities from scores in bits.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="probabilities">Receives one for each.</param>
    public static void Normalise(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        var most = float.NegativeInfinity;
        foreach (var score in scores)
            most = Math.Max(most, score);
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            probabilities[i] = PlainArithmetic.PowerOfTwo((double)scores[i] - most);
            sum += probabilities[i];
        }
        foreach (ref var probability in probabilities)
            probability /= sum;
    }
}

using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>Scores of the densities and of the kernels about each earlier path, one report at a time, with the room that they are computed in.</summary>
internal sealed class PlaceScores
{
    private readonly PathAttention networks;
    private readonly bool keep;
    private readonly int[] rows;
    private readonly float[] hidden;
    private readonly float[] scores = new float[PathAttention.Densities + PathAttention.Kernels * PathModel.MostPaths];

    /// <summary>Makes room.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="keep">Whether rows and hidden layers of all earlier paths are kept, to learn from them.</param>
    public PlaceScores(PathAttention networks, bool keep)
    {
        (this.networks, this.keep) = (networks, keep);
        var places = keep ? PathModel.MostPaths : 1;
        rows = new int[PathFeatures.QueryLength + PathFeatures.KeyLength * places];
        hidden = new float[networks.Places.Width + networks.Paths.Width * places];
    }

    /// <summary>Rows of the next path.</summary>
    public Span<int> Query => rows.AsSpan(0, PathFeatures.QueryLength);

    /// <summary>Hidden layer of the next path.</summary>
    public Span<float> Hidden => hidden.AsSpan(0, networks.Places.Width);

    /// <summary>Scores of the densities.</summary>
    public Span<float> Densities => scores.AsSpan(0, PathAttention.Densities);

    /// <summary>Rows of an earlier path beside the next one.</summary>
    public Span<int> RowsOf(int path) => rows.AsSpan(PathFeatures.QueryLength + Place(path) * PathFeatures.KeyLength, PathFeatures.KeyLength);

    /// <summary>Hidden layer of an earlier path.</summary>
    public Span<float> HiddenOf(int path) => hidden.AsSpan(networks.Places.Width + Place(path) * networks.Paths.Width, networks.Paths.Width);

    /// <summary>Scores of the kernels about an earlier path.</summary>
    public Span<float> ScoresOf(int path) => scores.AsSpan(PathAttention.Densities + path * PathAttention.Kernels, PathAttention.Kernels);

    /// <summary>Scores of so many terms, densities first.</summary>
    public Span<float> Terms(int count) => scores.AsSpan(0, count);

    /// <inheritdoc cref="IMixtureWeights.Weigh"/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights)
    {
        PathFeatures.Query(earlier, bucket, Query);
        networks.Places.Forward(Query, Hidden, Densities);
        Span<int> neighbours = stackalloc int[earlier.Count];
        networks.Features.Neighbours(earlier, neighbours);
        for (var path = 0; path < earlier.Count; path++)
        {
            var own = RowsOf(path);
            Query.CopyTo(own);
            networks.Features.Key(earlier, path, neighbours[path], bucket, own);
            networks.Paths.Forward(own, HiddenOf(path), ScoresOf(path));
        }
        PathAttention.Normalise(Terms(weights.Length), weights);
    }

    private int Place(int path) => keep ? path : 0;
}

using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>Learns the attention to densities and earlier paths: the slope of a term's score is its weight less its share in where the path was found.</summary>
internal sealed class PlaceLearning : IMixtureLearning
{
    private const int Batch = 256;
    private const double Rate = 4e-3;
    private readonly PathAttention networks;
    private readonly GradientDescent places;
    private readonly GradientDescent paths;
    private readonly double passes;
    private readonly int samplesOfAPass;
    private readonly int[] rows = new int[PathFeatures.QueryLength + PathFeatures.KeyLength * PathModel.MostPaths];
    private readonly float[] hidden;
    private readonly float[] scores = new float[PathAttention.Densities + PathAttention.Kernels * PathModel.MostPaths];
    private readonly double[] probabilities = new double[PathAttention.Densities + PathAttention.Kernels * PathModel.MostPaths];
    private int count;
    private int seen;

    public PlaceLearning(PathAttention networks, int passes, int samplesOfAPass)
    {
        (this.networks, this.passes, this.samplesOfAPass) = (networks, passes, samplesOfAPass);
        (places, paths) = (new GradientDescent(networks.Places, Rate), new GradientDescent(networks.Paths, Rate));
        hidden = new float[networks.Places.Width + networks.Paths.Width * PathModel.MostPaths];
    }

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights)
    {
        count = earlier.Count;
        PathFeatures.Query(earlier, bucket, rows);
        networks.Places.Forward(rows.AsSpan(0, PathFeatures.QueryLength), hidden.AsSpan(0, networks.Places.Width), scores.AsSpan(0, PathAttention.Densities));
        Span<int> neighbours = stackalloc int[count];
        networks.Features.Neighbours(earlier, neighbours);
        for (var path = 0; path < count; path++)
        {
            var own = RowsOf(path);
            rows.AsSpan(0, PathFeatures.QueryLength).CopyTo(own);
            networks.Features.Key(earlier, path, neighbours[path], bucket, own);
            networks.Paths.Forward(own, HiddenOf(path), ScoresOf(path));
        }
        PathAttention.Normalise(scores.AsSpan(0, weights.Length), weights);
        weights.CopyTo(probabilities);
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<double> posterior)
    {
        for (var term = 0; term < posterior.Length; term++)
            scores[term] = (float)(probabilities[term] - posterior[term]);
        networks.Places.Backward(rows.AsSpan(0, PathFeatures.QueryLength), hidden.AsSpan(0, networks.Places.Width), scores.AsSpan(0, PathAttention.Densities), places.Gradient);
        for (var path = 0; path < count; path++)
            networks.Paths.Backward(RowsOf(path), HiddenOf(path), ScoresOf(path), paths.Gradient);
        var progress = seen++ / (passes * samplesOfAPass);
        places.Count(Batch, progress);
        paths.Count(Batch, progress);
    }

    /// <inheritdoc/>
    public void Conclude()
    {
    }

    private Span<int> RowsOf(int path) => rows.AsSpan(PathFeatures.QueryLength + path * PathFeatures.KeyLength, PathFeatures.KeyLength);

    private Span<float> HiddenOf(int path) => hidden.AsSpan(networks.Places.Width + path * networks.Paths.Width, networks.Paths.Width);

    private Span<float> ScoresOf(int path) => scores.AsSpan(PathAttention.Densities + path * PathAttention.Kernels, PathAttention.Kernels);
}

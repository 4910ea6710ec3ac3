using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>Learns the attention to densities and earlier paths: the slope of a term's score is its weight less its share in where the path was found.</summary>
internal sealed class PlaceLearning : IMixtureLearning
{
    private const int Batch = 256;
    private const double Rate = 4e-3;
    private readonly PathAttention networks;
    private readonly PlaceScores scores;
    private readonly GradientDescent places;
    private readonly GradientDescent paths;
    private readonly double samples;
    private readonly double[] probabilities = new double[PathAttention.Densities + PathAttention.Kernels * PathModel.MostPaths];
    private int count;
    private int seen;

    public PlaceLearning(PathAttention networks, int passes, int samplesOfAPass)
    {
        (this.networks, samples) = (networks, (double)passes * samplesOfAPass);
        scores = new PlaceScores(networks, keep: true);
        (places, paths) = (new GradientDescent(networks.Places, Rate), new GradientDescent(networks.Paths, Rate));
    }

    /// <inheritdoc/>
    public void Weigh(IReadOnlyList<CodedPath> earlier, int bucket, Span<double> weights)
    {
        count = earlier.Count;
        scores.Weigh(earlier, bucket, weights);
        weights.CopyTo(probabilities);
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<double> posterior)
    {
        var slopes = scores.Terms(posterior.Length);
        for (var term = 0; term < posterior.Length; term++)
            slopes[term] = (float)(probabilities[term] - posterior[term]);
        networks.Places.Backward(scores.Query, scores.Hidden, scores.Densities, places.Gradient);
        for (var path = 0; path < count; path++)
            networks.Paths.Backward(scores.RowsOf(path), scores.HiddenOf(path), scores.ScoresOf(path), paths.Gradient);
        var progress = seen++ / samples;
        places.Count(Batch, progress);
        paths.Count(Batch, progress);
    }

    /// <inheritdoc/>
    public void Conclude()
    {
    }
}

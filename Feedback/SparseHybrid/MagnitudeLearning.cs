using Feedback.Fitting;
using Feedback.SparsePaths;

namespace Feedback.SparseHybrid;

/// <summary>Learns what magnitude to expect of a path that is not the first, and when to expect no more.</summary>
internal static class MagnitudeLearning
{
    private const int Batch = 128;
    private const double Rate = 4e-3;

    /// <summary>Goes through reports so often.</summary>
    public static void Run(PathAttention networks, IReadOnlyList<(int Step, IReadOnlyList<CodedPath> Paths)> reports, int passes, FitProgress progress)
    {
        var network = networks.Magnitudes;
        var descent = new GradientDescent(network, Rate);
        var rows = new int[PathFeatures.MagnitudeLength];
        var (hidden, scores, probabilities) = (new float[network.Width], new float[network.Outputs], new double[network.Outputs]);
        double samples = (double)passes * reports.Sum(report => report.Paths.Count);
        var seen = 0;
        for (var pass = 0; pass < passes; pass++)
        {
            progress.Tell("passes for magnitudes", pass, passes);
            foreach (var (step, paths) in reports)
            {
                for (var k = 1; k <= Math.Min(paths.Count, PathModel.MostPaths - 1); k++)
                {
                    networks.Features.BeforeMagnitude([.. paths.Take(k)], step, rows);
                    network.Forward(rows, hidden, scores);
                    PathAttention.Normalise(scores, probabilities);
                    for (var bucket = 0; bucket < scores.Length; bucket++)
                        scores[bucket] = (float)(probabilities[bucket] - (bucket == (k < paths.Count ? paths[k].Bucket : 0) ? 1 : 0));
                    network.Backward(rows, hidden, scores, descent.Gradient);
                    descent.Count(Batch, seen++ / samples);
                }
            }
        }
    }
}

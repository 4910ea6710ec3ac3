namespace Feedback.SparseHybrid;

/// <summary>Adam [Adam] on the weights of a network, its rate falling as half a cosine.</summary>
/// <remarks>Not libtorch's: a sample touches a dozen rows of a table, whose gradients are added up where the weights lie.</remarks>
internal sealed class GradientDescent
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Smallest = 1e-8f;
    private readonly RowNetwork network;
    private readonly double highest;
    private readonly float[] gradient;
    private readonly float[] first;
    private readonly float[] second;
    private int samples;
    private int updates;

    public GradientDescent(RowNetwork network, double highest)
    {
        (this.network, this.highest) = (network, highest);
        (gradient, first, second) = (new float[network.Weights.Length], new float[network.Weights.Length], new float[network.Weights.Length]);
    }

    /// <summary>Sum of derivatives since the last update.</summary>
    public Span<float> Gradient => gradient;

    /// <summary>Counts a sample, and moves the weights once there are enough.</summary>
    /// <param name="batch">Samples of an update.</param>
    /// <param name="progress">How much of the training is behind, 0 … 1.</param>
    public void Count(int batch, double progress)
    {
        if (++samples < batch)
            return;
        updates++;
        var rate = (float)(highest * (0.5 + 0.5 * Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) * Math.Sqrt(1 - Math.Pow(SecondDecay, updates)) / (1 - Math.Pow(FirstDecay, updates)));
        var weights = network.Weights;
        for (var i = 0; i < gradient.Length; i++)
        {
            var slope = gradient[i] / samples;
            first[i] += (slope - first[i]) * (1 - FirstDecay);
            second[i] += (slope * slope - second[i]) * (1 - SecondDecay);
            weights[i] -= rate * first[i] / (MathF.Sqrt(second[i]) + Smallest);
        }
        Array.Clear(gradient);
        samples = 0;
    }
}

using System.Globalization;
using Feedback.Neural;
using Feedback.Neural.Hybrid;
using Simulator;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingStep;

/// <summary>The hybrid codec as it is trained, from shipped weights: 32 drops, rate-distortion loss, backward, clipped gradient, Adam, as in hybrid_step.py.</summary>
internal sealed class HybridStep
{
    private const double Step = 8;
    private const double Lambda = 0.04;
    private readonly IDitheredScheme scheme;
    private readonly Adam optimizer;
    private readonly Generator random = new(1);
    private readonly Tensor drops;
    private bool told;

    /// <summary>Takes weights over.</summary>
    /// <param name="file">The weights of a model; its card lies beside it.</param>
    public HybridStep(string file)
    {
        using var scope = NewDisposeScope();
        var card = Path.ChangeExtension(file, ".json");
        var model = NetworkFile.Read(File.ReadAllBytes(file), file, ModelCard.Parse(File.ReadAllText(card), card), new HybridArchitecture().Kind());
        scheme = (IDitheredScheme)model.Schemes(new CsiDimensions(1024, 1, new AntennaArray(32)))[(int)Step].Scheme;
        scheme.Network.train();
        optimizer = optim.Adam(scheme.Network.parameters(), lr: 1e-3);
        var draws = randn([32 * 32 * 32 * 2], dtype: ScalarType.Float64, generator: random).reshape(32, 32, 1, 32, 2);
        draws *= (arange(32, dtype: ScalarType.Float64) / -4).exp().reshape(1, -1, 1, 1, 1);
        drops = view_as_complex((draws / draws.square().sum([1, 2, 3, 4], keepdim: true).sqrt()).to(ScalarType.Float32)).DetachFromDisposeScope();
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var (rebuilt, bits) = scheme.Dither(drops, Step, random);
        var error = view_as_real(rebuilt - drops).square().sum([1, 2, 3, 4]);
        var distortion = (error / view_as_real(drops).square().sum([1, 2, 3, 4]).clamp(1e-30)).mean();
        var loss = (distortion + bits.mean() * (Lambda * Math.Pow(2, -Step))).log();
        loss.backward();
        nn.utils.clip_grad_norm_(scheme.Network.parameters(), 1);
        optimizer.step();
        // Both sides begin alike.
        if (!told)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TorchSharp  loss of the first step {loss.item<float>():F4}"));
        told = true;
    }
}

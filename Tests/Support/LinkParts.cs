using Simulator;
using Simulator.Estimation;
using Simulator.Metrics;
using Simulator.Precoding;

namespace Tests.Support;

/// <summary>The parts of the link that the contract tests run over.</summary>
internal static class LinkParts
{
    public static IReadOnlyDictionary<string, Func<IPrecoder>> Precoders { get; } = new Dictionary<string, Func<IPrecoder>>
    {
        ["maximum-ratio"] = () => new MaximumRatio(),
        ["eigen"] = () => new Eigen(),
        ["zero-forcing"] = () => new ZeroForcing(),
        ["regularized-zero-forcing"] = () => new RegularizedZeroForcing(),
    };

    public static IReadOnlyDictionary<string, Func<IMetric>> Metrics { get; } = new Dictionary<string, Func<IMetric>>
    {
        ["nmse"] = () => new NormalizedMeanSquareError(),
        ["nmse-crop"] = () => new CroppedNormalizedMeanSquareError(),
        ["rho"] = () => new CosineSimilarity(),
        ["sgcs"] = () => new SquaredGeneralizedCosineSimilarity(),
        ["se"] = () => new SpectralEfficiency(),
    };

    public static IReadOnlyDictionary<string, Func<IChannelEstimator>> Estimators { get; } = new Dictionary<string, Func<IChannelEstimator>>
    {
        ["perfect"] = () => new PerfectEstimator(),
        ["noisy"] = () => new NoisyEstimator(snr: 100),
    };

    public static TheoryData<string> Names<T>(IReadOnlyDictionary<string, Func<T>> parts) => [.. parts.Keys];
}

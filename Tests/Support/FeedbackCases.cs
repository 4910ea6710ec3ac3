using Feedback;
using Feedback.Codebooks;
using Feedback.Neural;
using Feedback.Quantization;
using Feedback.Transform;
using Simulator;

namespace Tests.Support;

/// <summary>Every scheme of the catalogue on every kind of array that it supports.</summary>
public static class FeedbackCases
{
    /// <summary>A uniform linear array and a single receive antenna.</summary>
    public static CsiDimensions Linear { get; } = new(64, 1, new AntennaArray(32));

    /// <summary>A dual-polarised panel and two receive antennas; beams of neither axis fill their bits.</summary>
    public static CsiDimensions Panel { get; } = new(48, 2, new AntennaArray(3, 2, 2));

    /// <summary>A small array for networks, which compute whole batches however few reports there are.</summary>
    public static CsiDimensions Small { get; } = new(16, 2, new AntennaArray(8));

    private static Lazy<CsiNetModel> Untrained { get; } = new(() =>
    {
        using var random = new TorchSharp.torch.Generator(1);
        return CsiNetModel.Untrained("untrained", new() { Delays = 8, Antennas = 8, Codeword = 24 }, random);
    });

    private static readonly Lazy<TransformModel> FittedLinear = new(() => Fit(Linear));

    private static readonly Lazy<TransformModel> FittedPanel = new(() => Fit(Panel));

    /// <summary>All cases.</summary>
    public static IReadOnlyList<FeedbackCase> All { get; } =
    [
        .. Both("uncompressed", dimensions => new UncompressedFeedback(dimensions, new())),
        .. Both("uncompressed half", dimensions => new UncompressedFeedback(dimensions, new() { Precision = FloatPrecision.Half })),
        .. Both("strongest-taps", dimensions => new StrongestTaps(dimensions, new())),
        .. Both("strongest-taps uniform", dimensions => new StrongestTaps(
            dimensions, new() { Taps = 5, ValueBits = 7, DelayRows = 48, Quantizer = TapQuantizer.Uniform, ScaleBits = 8 })),
        .. Both("strongest-taps budget", dimensions => new StrongestTaps(
            dimensions, new StrongestTapsOptions().WithinBudget(dimensions, 128))),
        .. Both("dft-codebook", dimensions => new DftCodebook(dimensions, new())),
        new("csinet", Small, () => new CsiNetFeedback(Small, new() { Bits = 3 }, Untrained.Value)),
        .. Both("dft-codebook subbands", dimensions => new DftCodebook(dimensions, new() { Oversampling = 3, Subbands = 4 })),
        .. Both("transform", dimensions => new TransformFeedback(dimensions, new() { Step = 10 }, Fitted(dimensions))),
        .. Both("transform coarse", dimensions => new TransformFeedback(dimensions, new() { Step = 5 }, Fitted(dimensions))),
    ];

    /// <summary>The names of all cases, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(found => found.Name)];

    /// <summary>The case of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The case.</returns>
    public static FeedbackCase Named(string name) => All.Single(found => found.Name == name);

    /// <summary>A model of the scheme transform, fitted to 400 measurements of other seeds than the tests draw.</summary>
    /// <param name="dimensions">Those of the linear or of the panel cases.</param>
    /// <returns>The model.</returns>
    public static TransformModel Fitted(CsiDimensions dimensions) => dimensions == Linear ? FittedLinear.Value : FittedPanel.Value;

    private static TransformModel Fit(CsiDimensions dimensions)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32);
        return TransformFit.Fit("tiny", [transform.Crop(TestMeasurements.Draw(dimensions, 400, seed: 9).Channel.select(1, 0))]);
    }

    private static IEnumerable<FeedbackCase> Both(string name, Func<CsiDimensions, IFeedbackScheme> create) =>
    [
        new($"{name}, linear", Linear, () => create(Linear)),
        new($"{name}, panel", Panel, () => create(Panel)),
    ];
}

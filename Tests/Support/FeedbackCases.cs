using System.Collections.Concurrent;
using System.Text.Json;
using Experiments;
using Experiments.Configuration;
using Feedback.Models;
using Feedback;
using Feedback.Codebooks;
using Feedback.Fitting;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Feedback.Neural.CrNet;
using Feedback.Neural.CsiNet;
using Feedback.Neural.CsiNetPlus;
using Feedback.Neural.DeepCmc;
using Feedback.Neural.Hybrid;
using Feedback.Neural.Latents;
using Feedback.Neural.StqNet;
using Feedback.Neural.Training;
using Feedback.Quantization;
using Feedback.SparsePaths;
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

    private static Lazy<CodewordModel> CsiNet { get; } = new(() => Untrained<CodewordModel>(new CsiNetArchitecture { Delays = 8, Antennas = 8, Codeword = 24 }));

    private static Lazy<CodewordModel> CsiNetPlus { get; } = new(() => Untrained<CodewordModel>(new CsiNetPlusArchitecture { Delays = 8, Antennas = 8, Codeword = 24, Blocks = 2 }));

    private static Lazy<CodewordModel> CrNet { get; } = new(() => Untrained<CodewordModel>(new CrNetArchitecture { Delays = 8, Antennas = 8, Codeword = 24 }));

    private static Lazy<LatentModel> StqNet { get; } = new(() => Untrained<LatentModel>(new StqNetArchitecture { Delays = 8, Antennas = 8, Codeword = 24 }));

    private static Lazy<LatentModel> DeepCmc { get; } = new(() => Untrained<LatentModel>(new DeepCmcArchitecture { Delays = 8, Antennas = 8, Channels = 4, LatentChannels = 3, Rates = 4 }));

    private static Lazy<LatentModel> Hybrid { get; } = new(() => Untrained<LatentModel>(new HybridArchitecture { Delays = 8, Antennas = 8, Hidden = 12, Channels = 4, Blocks = 1 }));

    private static Lazy<LatentModel> HybridAligned { get; } = new(() => Untrained<LatentModel>(new HybridArchitecture { Delays = 8, Antennas = 8, Hidden = 12, Channels = 4, Blocks = 1 }, align: true));

    private static readonly ConcurrentDictionary<(string Scheme, CsiDimensions Dimensions), Lazy<FittedTables>> Models = new();

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
        new("csinet", Small, () => new CodewordFeedback(Small, new() { Bits = 3 }, CsiNet.Value)),
        new("csinet-plus", Small, () => new CodewordFeedback(Small, new() { Bits = 3 }, CsiNetPlus.Value)),
        new("crnet", Small, () => new CodewordFeedback(Small, new() { Bits = 3 }, CrNet.Value)),
        new("stqnet", Small, () => new LatentFeedback(Small, new(), StqNet.Value)),
        new("deepcmc", Small, () => new LatentFeedback(Small, new() { Step = 1.3 }, DeepCmc.Value)),
        new("deepcmc budget", Small, () => new LatentFeedback(Small, new() { ContainerBits = 60 }, DeepCmc.Value)),
        new("hybrid", Small, () => new LatentFeedback(Small, new() { Step = 8.3 }, Hybrid.Value)),
        new("hybrid aligned", Small, () => new LatentFeedback(Small, new() { Step = 8.3 }, HybridAligned.Value)),
        new("hybrid budget", Small, () => new LatentFeedback(Small, new() { ContainerBits = 300 }, Hybrid.Value)),
        .. Both("dft-codebook subbands", dimensions => new DftCodebook(dimensions, new() { Oversampling = 3, Subbands = 4 })),
        .. Both("random-vector", dimensions => new RandomVector(dimensions, new())),
        .. Both("random-vector subbands", dimensions => new RandomVector(dimensions, new() { Bits = 3, Subbands = 4 })),
        .. Catalogues.Fits.Names.SelectMany(Fitted),
        .. Both("sparse-paths embedded", dimensions => Modelled("sparse-paths", dimensions, new() { Step = 10, ContainerBits = 150, Embedded = true })),
        .. Both("sparse-paths residual", dimensions => WithResidual(dimensions, new() { Step = 9 })),
        .. Both("sparse-paths residual budget", dimensions => WithResidual(dimensions, new() { ContainerBits = 400 })),
        .. Both("sparse-paths residual embedded", dimensions => WithResidual(dimensions, new() { Step = 8, ContainerBits = 1500, Embedded = true })),
    ];

    /// <summary>The names of all cases, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(found => found.Name)];

    /// <summary>Whether a case searches for paths, which takes tens of milliseconds a report on these dense channels: then a test gets by with fewer.</summary>
    /// <param name="name">The name of the case, or of the scheme.</param>
    /// <returns>True if so.</returns>
    public static bool SearchesForPaths(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("sparse-", StringComparison.Ordinal);
    }

    /// <summary>The case of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The case.</returns>
    public static FeedbackCase Named(string name) => All.Single(found => found.Name == name);

    /// <summary>The model of a fitted scheme, of 400 measurements of other seeds than the tests draw; of schemes that search for paths, of 250 channels that consist of some.</summary>
    /// <param name="scheme">Its name.</param>
    /// <param name="dimensions">Those of the linear or of the panel cases.</param>
    /// <param name="align">Whether delays are aligned.</param>
    /// <returns>The model.</returns>
    public static FittedTables Model(string scheme, CsiDimensions dimensions, bool align = false) => Models.GetOrAdd(
        ($"{scheme} {align}", dimensions), _ => new(() => FittingOf(scheme, dimensions, Recipe(scheme, align)).Learn(DropsOf(scheme, dimensions, align)))).Value;

    /// <summary>A fitted scheme with such a model.</summary>
    /// <param name="scheme">Its name.</param>
    /// <param name="dimensions">Those of the linear or of the panel cases.</param>
    /// <param name="options">Its rate.</param>
    /// <param name="align">Whether delays are aligned.</param>
    /// <returns>The scheme.</returns>
    public static IModelledScheme Modelled(string scheme, CsiDimensions dimensions, FittedOptions options, bool align = false) =>
        FitOf(scheme).Scheme(dimensions, options, Model(scheme, dimensions, align));

    /// <summary>Paths and what they leave, with such a model.</summary>
    /// <param name="dimensions">Those of the linear or of the panel cases.</param>
    /// <param name="options">Its rate.</param>
    /// <returns>The scheme.</returns>
    public static IModelledScheme WithResidual(CsiDimensions dimensions, FittedOptions options)
    {
        const string scheme = "sparse-paths";
        var fit = new SparsePathsFit(new() { Residual = true });
        var model = Models.GetOrAdd((scheme + " residual", dimensions), _ => new(() =>
            FittingOf(scheme, dimensions, Recipe(scheme, align: false), fit).Learn(DropsOf(scheme, dimensions, align: false, diffuse: 0.1)))).Value;
        return fit.Scheme(dimensions, options, model);
    }

    /// <summary>A model of random weights.</summary>
    /// <typeparam name="TModel">What models of the scheme are.</typeparam>
    /// <param name="architecture">The options of the network's plug-in.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="align">Whether delays are aligned.</param>
    /// <returns>The model.</returns>
    public static TModel Untrained<TModel>(INetworkArchitecture architecture, ulong seed = 1, bool align = false)
        where TModel : INetworkModel
    {
        using var random = new TorchSharp.torch.Generator(seed);
        var array = new AntennaArray(architecture.Antennas);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var channels = TestMeasurements.Draw(new(16, 2, array), 50, seed: 7).Channel.select(1, 0);
        var frame = ReportFrame.Fit("untrained", new(16, 2, array), architecture.Delays, align, [channels]);
        return (TModel)NetworkStart.Untrained(KindOf(architecture), architecture, frame, random);
    }

    /// <summary>The network of a size.</summary>
    /// <param name="architecture">The options of the network's plug-in.</param>
    /// <returns>The network.</returns>
    public static INetworkKind KindOf(INetworkArchitecture architecture) =>
        Catalogues.Networks.Entries.First(entry => entry.DefaultOptions().GetType() == architecture.GetType()).Create(architecture, new NoOptions());

    /// <summary>Makes such a model as <c>sim train</c> does, with its card.</summary>
    /// <param name="scheme">Its name.</param>
    /// <param name="dimensions">Those of the linear or of the panel cases.</param>
    /// <param name="folder">Where model and card are written.</param>
    /// <param name="testDrops">Drops whose figures stand on the card, at most 250.</param>
    /// <returns>The path of the model, and the drops of the card.</returns>
    public static (string File, Measurement Tested) Written(string scheme, CsiDimensions dimensions, string folder, int testDrops)
    {
        var recipe = Recipe(scheme, align: false) with { TestDrops = testDrops };
        FittingOf(scheme, dimensions, recipe).Run(folder, progress: null, CancellationToken.None);
        var tested = new FitDrops(SourceOf(dimensions), dimensions, recipe).Channels("test", testDrops).Select(channel => TestMeasurements.Of(channel.clone())).Single();
        return (Path.Combine(folder, "tiny.safetensors"), tested);
    }

    private static IEnumerable<FeedbackCase> Fitted(string scheme) =>
    [
        .. Both(scheme, dimensions => Modelled(scheme, dimensions, new() { Step = 10 })),
        .. Both($"{scheme} coarse aligned", dimensions => Modelled(scheme, dimensions, new() { Step = 4.5 }, align: true)),
        .. Both($"{scheme} budget", dimensions => Modelled(scheme, dimensions, new() { ContainerBits = 200 })),
    ];

    /// <summary>What learns the tables of a fitted scheme.</summary>
    /// <param name="scheme">Its name.</param>
    /// <returns>With all defaults.</returns>
    public static IModelFit FitOf(string scheme) => Catalogues.Fits.Find(scheme)! is var found
        ? found.Create(found.DefaultOptions(), new NoOptions())
        : throw new ArgumentException(scheme, nameof(scheme));

    private static ModelFitting FittingOf(string scheme, CsiDimensions dimensions, FitRecipe recipe, IModelFit? fit = null) => new()
    {
        Name = "tiny",
        Scheme = scheme,
        Fit = fit ?? FitOf(scheme),
        Recipe = recipe,
        Drops = SourceOf(dimensions),
        Dimensions = dimensions,
        Channel = JsonElement.Parse("{}"),
        Options = JsonElement.Parse("{}"),
    };

    // On channels of Gaussian entries a search for paths finds hundreds of them at fine steps.
    private static FitDrops DropsOf(string scheme, CsiDimensions dimensions, bool align, double diffuse = 0) => new(
        SearchesForPaths(scheme) ? SourceOf(dimensions, new PathsChannel(dimensions, diffuse)) : SourceOf(dimensions), dimensions, Recipe(scheme, align));

    private static FitRecipe Recipe(string scheme, bool align) => new() { Drops = SearchesForPaths(scheme) ? 250 : 400, TestDrops = 1, Align = align };

    private static TrainingDrops SourceOf(CsiDimensions dimensions, IChannelModel? channel = null) => new(
        channel ?? new DecayingChannel(dimensions), new ResourceGrid(dimensions.Subcarriers, 20e6), new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, 32), seed: 9);

    private static IEnumerable<FeedbackCase> Both(string name, Func<CsiDimensions, IFeedbackScheme> create) =>
    [
        new($"{name}, linear", Linear, () => create(Linear)),
        new($"{name}, panel", Panel, () => create(Panel)),
    ];
}

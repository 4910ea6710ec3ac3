using Channels;
using Channels.Cost2100;
using Channels.Impairments;
using Experiments.Configuration;
using Feedback;
using Feedback.Codebooks;
using Feedback.Context;
using Feedback.Eigen;
using Feedback.Fitting;
using Feedback.Mixture;
using Feedback.Models;
using Feedback.Neural;
using Feedback.Neural.Codewords;
using Feedback.Neural.CrNet;
using Feedback.Neural.CsiNet;
using Feedback.Neural.CsiNetPlus;
using Feedback.Neural.DeepCmc;
using Feedback.Neural.Hybrid;
using Feedback.Neural.Latents;
using Feedback.Neural.StqNet;
using Feedback.SparseHybrid;
using Feedback.SparsePaths;
using Feedback.Transform;
using Simulator;
using Simulator.Estimation;
using Simulator.Metrics;
using Simulator.Precoding;

namespace Experiments;

/// <summary>The one place where plug-ins are named.</summary>
public static class Catalogues
{
    // Before the catalogues that use it: static fields are made in the order of the text.
    private static readonly SharedModels Models = new(KindOf);

    /// <summary>Channel models.</summary>
    public static readonly Catalogue<ChannelSetup, IChannelModel> Channels = new Catalogue<ChannelSetup, IChannelModel>("a channel model")
        .Add<RayleighOptions>("rayleigh", "rich scattering: every entry an independent CN(0, 1)", (options, setup) => new RayleighChannel(options with { Users = setup.Users, ReceiveAntennas = setup.ReceiveAntennas, Array = setup.Array, Normalisation = setup.Normalisation }))
        .Add<RecordedOptions>("recorded", "your own channels from an .npy or .mat file, each used once and in order; the public CsiNet data too", (options, setup) => new RecordedChannel(options with { Users = setup.Users, ReceiveAntennas = setup.ReceiveAntennas, Array = setup.Array, Normalisation = setup.Normalisation }))
        .Add<Cost2100Options>("cost2100/indoor-hall-5ghz", "COST 2100: a hall at 5.3 GHz, line of sight obstructed", (options, setup) => Cost2100("indoor-hall-5ghz", options, setup))
        .Add<Cost2100Options>("cost2100/semi-urban-300mhz-los", "COST 2100: a semi-urban cell at 300 MHz with line of sight", (options, setup) => Cost2100("semi-urban-300mhz-los", options, setup))
        .Add<Cost2100Options>("cost2100/semi-urban-300mhz-nlos", "COST 2100: the same cell without line of sight", (options, setup) => Cost2100("semi-urban-300mhz-nlos", options, setup))
        .Add<Cost2100Options>("cost2100/closely-spaced-indoor-2600mhz", "COST 2100: closely spaced users in a room at 2.6 GHz, with line of sight", (options, setup) => Cost2100("closely-spaced-indoor-2600mhz", options, setup))
        .Add<Cost2100Options>("cost2100/closely-spaced-semi-urban-2600mhz-los", "COST 2100: closely spaced users outdoors at 2.6 GHz with line of sight", (options, setup) => Cost2100("closely-spaced-semi-urban-2600mhz-los", options, setup))
        .Add<Cost2100Options>("cost2100/closely-spaced-semi-urban-2600mhz-nlos", "COST 2100: the same without line of sight", (options, setup) => Cost2100("closely-spaced-semi-urban-2600mhz-nlos", options, setup))
        .Add<Cost2100Options>("cost2100/very-large-array-2600mhz-los", "COST 2100: a very large array at 2.6 GHz with line of sight, spherical waves", (options, setup) => Cost2100("very-large-array-2600mhz-los", options, setup))
        .Add<Cost2100Options>("cost2100/very-large-array-2600mhz-nlos", "COST 2100: the same without line of sight", (options, setup) => Cost2100("very-large-array-2600mhz-nlos", options, setup))
        .Add<Cost2100Options>("cost2100", "COST 2100 with a scenario of your own, a JSON file", (options, setup) => Cost2100("", options, setup));

    /// <summary>How terminals measure their channels.</summary>
    public static readonly Catalogue<NoOptions, IChannelEstimator> Estimators = new Catalogue<NoOptions, IChannelEstimator>("an estimator")
        .Add<NoOptions>("perfect", "terminals know their channels exactly", (_, _) => new PerfectEstimator())
        .Add<NoisyOptions>("noisy", "white error at a given SNR of the estimate", (options, _) => new NoisyEstimator(Math.Pow(10, options.SnrDecibels / 10)));

    /// <summary>Feedback schemes.</summary>
    public static readonly Catalogue<CsiDimensions, IFeedbackScheme> Feedback = new Catalogue<CsiDimensions, IFeedbackScheme>("a feedback scheme")
        .Add<UncompressedOptions>("uncompressed", "every coefficient as two floating-point numbers: the upper baseline", (options, dimensions) => new UncompressedFeedback(dimensions, options))
        .Add<StrongestTapsOptions>("strongest-taps", "the K strongest angular-delay coefficients, positions and values", (options, dimensions) => new StrongestTaps(dimensions, options))
        .Add<DftCodebookOptions>("dft-codebook", "the best beam of an oversampled DFT codebook, wideband or per subband", (options, dimensions) => new DftCodebook(dimensions, options))
        .Add<RandomVectorOptions>("random-vector", "the best of 2^B random unit vectors, wideband or per subband", (options, dimensions) => new RandomVector(dimensions, options))
        .Add<CodewordOptions>("csinet", "a convolutional autoencoder of the angular-delay crop, its codeword quantised", (options, dimensions) => Codeword("csinet", options, dimensions))
        .Add<CodewordOptions>("csinet-plus", "csinet with larger kernels and five refinement blocks", (options, dimensions) => Codeword("csinet-plus", options, dimensions))
        .Add<CodewordOptions>("crnet", "a convolutional autoencoder at two resolutions, its codeword quantised", (options, dimensions) => Codeword("crnet", options, dimensions))
        .Add<LatentOptions>("deepcmc", "a slim fully convolutional codec, its latent values coded arithmetically", (options, dimensions) => Latent("deepcmc", options, dimensions))
        .Add<LatentOptions>("stqnet", "a hybrid of attention and convolutions, its bottleneck coded arithmetically", (options, dimensions) => Latent("stqnet", options, dimensions))
        .Add<LatentOptions>("hybrid", "angular-delay coefficients under a learned prior, rebuilt by attention and convolutions", (options, dimensions) => Latent("hybrid", options, dimensions))
        .Add<FittedOptions>("transform", "angular-delay coefficients, quantised and coded arithmetically under learned probabilities", (options, dimensions) => Fitted("transform", options, dimensions))
        .Add<FittedOptions>("context-transform", "the same, each value under probabilities chosen by the values coded before it", (options, dimensions) => Fitted("context-transform", options, dimensions))
        .Add<FittedOptions>("klt", "coefficients in the eigenbasis of the scenario's covariance, coded as by transform", (options, dimensions) => Fitted("klt", options, dimensions))
        .Add<FittedOptions>("gaussian-mixture-klt", "the likeliest state of a Gaussian mixture and coefficients in that state's basis", (options, dimensions) => Fitted("gaussian-mixture-klt", options, dimensions))
        .Add<FittedOptions>("sparse-paths", "a few paths of any delay and direction, found by matching pursuit, coded under learned probabilities", (options, dimensions) => Fitted("sparse-paths", options, dimensions))
        .Add<FittedOptions>("sparse-hybrid", "the same paths under probabilities of an attention network that sees all earlier ones", (options, dimensions) => Fitted("sparse-hybrid", options, dimensions));

    /// <summary>How models of fitted schemes are learned, by the name of the scheme.</summary>
    public static readonly Catalogue<NoOptions, IModelFit> Fits = new Catalogue<NoOptions, IModelFit>("a scheme that is fitted")
        .Add<NoOptions>("transform", "classes of mean energy and the probabilities of their levels", (_, _) => new TransformFit())
        .Add<NoOptions>("context-transform", "weights of neighbours and the probabilities of levels in every context", (_, _) => new ContextFit())
        .Add<EigenFitOptions>("klt", "eigenvectors of the covariance and the probabilities of their levels", (options, _) => new EigenFit(options))
        .Add<MixtureFitOptions>("gaussian-mixture-klt", "a Gaussian mixture by expectation maximisation and the probabilities of levels", (options, _) => new MixtureFit(options))
        .Add<SparsePathsFitOptions>("sparse-paths", "probabilities of magnitudes, delays and directions of paths", (options, _) => new SparsePathsFit(options))
        .Add<SparseHybridFitOptions>("sparse-hybrid", "the same, and an attention network that weighs earlier paths", (options, _) => new SparseHybridFit(options));

    /// <summary>Networks that are trained, by the name of the scheme.</summary>
    public static readonly Catalogue<NoOptions, INetworkKind> Networks = new Catalogue<NoOptions, INetworkKind>("a scheme that is trained")
        .Add<CsiNetArchitecture>("csinet", "a convolution and a dense layer; a dense layer and two refinement blocks", (architecture, _) => architecture.Kind())
        .Add<CsiNetPlusArchitecture>("csinet-plus", "two 7x7 convolutions and a dense layer; a dense layer and five refinement blocks", (architecture, _) => architecture.Kind())
        .Add<CrNetArchitecture>("crnet", "convolutions at two resolutions and a dense layer; a dense layer and two blocks", (architecture, _) => architecture.Kind())
        .Add<DeepCmcArchitecture>("deepcmc", "convolutions down to latent channels under a factorised prior, and up again", (architecture, _) => architecture.Kind())
        .Add<StqNetArchitecture>("stqnet", "convolutional stem, separable attention, an entropy-regularised bottleneck", (architecture, _) => architecture.Kind())
        .Add<HybridArchitecture>("hybrid", "a causal prior of quantised coefficients; axial attention and convolutions that rebuild them", (architecture, _) => architecture.Kind());

    /// <summary>Precoders.</summary>
    public static readonly Catalogue<NoOptions, IPrecoder> Precoders = new Catalogue<NoOptions, IPrecoder>("a precoder")
        .Add<NoOptions>("maximum-ratio", "each stream along the conjugate of its row", (_, _) => new MaximumRatio())
        .Add<NoOptions>("eigen", "orthonormal streams of each user along its dominant singular vectors", (_, _) => new Eigen())
        .Add<NoOptions>("zero-forcing", "no interference between streams as far as the base station knows", (_, _) => new ZeroForcing())
        .Add<NoOptions>("regularized-zero-forcing", "interference weighed against noise", (_, _) => new RegularizedZeroForcing());

    /// <summary>Figures of merit.</summary>
    public static readonly Catalogue<NoOptions, IMetric> Metrics = new Catalogue<NoOptions, IMetric>("a metric")
        .Add<NoOptions>("nmse", "normalised mean square error on all subcarriers [dB]", (_, _) => new NormalizedMeanSquareError())
        .Add<NoOptions>("nmse-crop", "normalised mean square error on the angular-delay crop [dB]", (_, _) => new CroppedNormalizedMeanSquareError())
        .Add<NoOptions>("crop-energy", "energy of the true channel on the angular-delay crop, the weight of errors in other conventions of NMSE", (_, _) => new CroppedEnergy())
        .Add<NoOptions>("rho", "cosine similarity per subcarrier", (_, _) => new CosineSimilarity())
        .Add<NoOptions>("sgcs", "squared generalised cosine similarity per subband", (_, _) => new SquaredGeneralizedCosineSimilarity())
        .Add<NoOptions>("se", "spectral efficiency [bit/s/Hz]", (_, _) => new SpectralEfficiency());

    /// <summary>A channel model seen through an imperfect array and with diffuse multipath.</summary>
    /// <param name="model">The model.</param>
    /// <param name="impairments">What is added.</param>
    /// <param name="setup">How drops are scaled.</param>
    /// <returns>The model with impairments.</returns>
    public static IChannelModel Impaired(IChannelModel model, ChannelImpairments impairments, ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new ImpairedChannel(model, impairments, setup.Normalisation);
    }

    /// <summary>The network that a card describes.</summary>
    /// <param name="card">The card.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidModelException">There is none.</exception>
    public static INetworkKind KindOf(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Networks.Find(card.Scheme) is { } entry
            ? entry.Create(card.SizeOf(entry.DefaultOptions().GetType()), new NoOptions())
            : throw new InvalidModelException($"The model '{card.Name}' is for the scheme '{card.Scheme}'; permitted: {string.Join(", ", Networks.Names)}.");
    }

    private static CodewordFeedback Codeword(string scheme, CodewordOptions options, CsiDimensions dimensions) =>
        new(dimensions, options, Models.Load<CodewordModel>(options.Model, scheme));

    private static LatentFeedback Latent(string scheme, LatentOptions options, CsiDimensions dimensions) =>
        new(dimensions, options, Models.Load<LatentModel>(options.Model, scheme));

    private static IModelledScheme Fitted(string scheme, FittedOptions options, CsiDimensions dimensions) =>
        Fits.Find(scheme) is { } fit ? fit.Create(fit.DefaultOptions(), new NoOptions()).Scheme(dimensions, options, FittedTables.Load(options.Model, scheme)) : throw new ArgumentException(scheme, nameof(scheme));

    private static Cost2100Channel Cost2100(string name, Cost2100Options options, ChannelSetup setup)
    {
        var model = new Cost2100Channel(
            Cost2100Scenario.Choose(name, options.Scenario),
            options with { Users = setup.Users, ReceiveAntennas = setup.ReceiveAntennas, Array = setup.Array, Normalisation = setup.Normalisation });
        if (setup.Grid is { } grid)
            model.RequireRoom(grid);
        return model;
    }
}

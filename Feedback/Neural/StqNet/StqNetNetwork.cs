using Feedback.Neural.CrNet;
using Feedback.Neural.Latents;
using Feedback.Neural.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>The hybrid attention-CNN network with an entropy-regularised bottleneck, as its released code has it [STQENet].</summary>
/// <remarks>
/// <code>
/// crop ─► 1x1, 5x5 ─┬► block ─► LN ─► 4x4 up ─► 4x4 down ─► + ─► LN ─► dense ─► M values ─► min-max, µ-law ─► symbols
///                   └───────────────────────────────────────┘
/// dense ─┬► 5x5, CrBlock ─────┬────────────────────────────────────┐
///        └► 5x5 ─► + ◄────────┘ ─► block ─► LN ─► up ─► down ─► +─►┘ block (the same) ─► LN ─► sigmoid ─► crop
/// </code>
/// The image is 1/2 + u/√(2DA): its energy around 1/2 is 1, as in the data that the network was made for.
/// </remarks>
public sealed class StqNetNetwork : LatentNetwork
{
    private const double Slope = 0.3;

    // With which a linear codec is hidden between the normalisations.
    private const double StartingContrast = 0.03;
    private const double StartingScale = 0.25;
    private const double StartingOffset = 5;
    private const double StartingRow = 10;
    private readonly Conv2d stemWiden;
    private readonly Conv2d stemNarrow;
    private readonly SeparableAttention terminalBlock;
    private readonly RowNormalisation terminalNormalisation;
    private readonly Resampling terminalResampling;
    private readonly RowNormalisation bottleneckNormalisation;
    private readonly Linear terminalDense;
    private readonly Parameter means;
    private readonly Parameter logScales;
    private readonly Linear baseDense;
    private readonly NormalisedConvolution head;
    private readonly CrBlock convolutions;
    private readonly Conv2d attentionStem;
    private readonly SeparableAttention sharedBlock;
    private readonly RowNormalisation innerNormalisation;
    private readonly Resampling baseResampling;
    private readonly RowNormalisation outputNormalisation;
    private readonly StqNetQuantizer quantizer;

    /// <summary>Creates a network with arbitrary weights.</summary>
    /// <param name="architecture">Its size.</param>
    public StqNetNetwork(StqNetArchitecture architecture)
        : base(nameof(StqNetNetwork), Valid(architecture).Delays, architecture.Antennas, architecture.Codeword, 1)
    {
        var values = 2 * Delays * Antennas;
        quantizer = new StqNetQuantizer(Latents, architecture.Bits);
        stemWiden = nn.Conv2d(2, 16, kernel_size: 1);
        stemNarrow = nn.Conv2d(16, 2, kernel_size: 5, padding: 2);
        terminalBlock = new SeparableAttention(Antennas);
        terminalNormalisation = new RowNormalisation(Antennas);
        terminalResampling = new Resampling();
        bottleneckNormalisation = new RowNormalisation(Antennas);
        terminalDense = nn.Linear(values, Latents);
        means = new Parameter(zeros([Latents]));
        logScales = new Parameter(zeros([Latents]));
        baseDense = nn.Linear(Latents, values);
        head = new NormalisedConvolution(2, 2, 5, 5);
        convolutions = new CrBlock(Slope);
        attentionStem = nn.Conv2d(2, 2, kernel_size: 5, padding: 2);
        sharedBlock = new SeparableAttention(Antennas);
        innerNormalisation = new RowNormalisation(Antennas);
        baseResampling = new Resampling();
        outputNormalisation = new RowNormalisation(Antennas);
        RegisterComponents();
    }

    private double Amplitude => 1 / Math.Sqrt(2.0 * Delays * Antennas);

    /// <inheritdoc/>
    public override ILatentQuantizer Quantizer() => quantizer;

    /// <inheritdoc/>
    public override Tensor Analyse(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        return terminalDense.call(Features(crops)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Synthesise(Tensor latents)
    {
        using var scope = NewDisposeScope();
        var image = baseDense.call(latents).reshape(-1, 2, Delays, Antennas);
        var local = convolutions.call(nn.functional.leaky_relu(head.call(image), Slope));
        var attended = baseResampling.call(innerNormalisation.call(sharedBlock.call(attentionStem.call(image) + local)));
        var rebuilt = outputNormalisation.call(sharedBlock.call(attended + local)).sigmoid();
        return ((rebuilt.permute(0, 2, 3, 1) - 0.5) / Amplitude).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override (Tensor Crops, Tensor Bits) Relax(Tensor crops, double step, Generator? random)
    {
        using var scope = NewDisposeScope();
        var latents = Analyse(crops);
        var (normalised, decoded) = quantizer.Relax(latents);
        var bits = GaussianBits.Of(normalised, means, logScales);
        var rebuilt = Synthesise(latents + (decoded - latents).detach());
        return (rebuilt.MoveToOuterDisposeScope(), bits.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override void Calibrate(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var image = baseDense.call(Analyse(crops)).reshape(-1, 2, Delays, Antennas);
        head.Calibrate(image);
        convolutions.Calibrate(nn.functional.leaky_relu(head.call(image), Slope));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Layer normalisation gives every row the same energy, whether a path is in it or not. Small values at the terminal stay below its ε; at the base station
    /// a large row that is the same for all, taken away again behind it, keeps the scale of each row nearly the same. Values of the codeword are random sums
    /// of principal components, since all get the same levels between the same extremes.
    /// </remarks>
    public override void StartLinear(Tensor crops, Generator random, int mixing)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        PassStem();
        terminalResampling.Mute();
        LinearStart.FitTerminal(terminalDense, Features(crops), random, mixing, alike: true);
        var decoded = quantizer.Relax(Analyse(crops)).Decoded;
        LinearStart.FitBase(baseDense, decoded, crops.permute(0, 3, 1, 2).flatten(1));
        var image = baseDense.call(decoded).reshape(-1, 2, Delays, Antennas);
        head.Pass();
        head.Calibrate(image);
        head.Gain.copy_((image - image.mean([0, 2, 3], keepdim: true)).square().mean([0, 2, 3]).sqrt() * StartingScale);
        head.Offset.fill_(StartingOffset);                                          // above what is negative: no rectifier bends it
        convolutions.Pass();
        convolutions.Calibrate(nn.functional.leaky_relu(head.call(image), Slope));
        var alternating = 1 - 2 * arange(Antennas, dtype: ScalarType.Float32, device: crops.device).remainder(2);
        sharedBlock.Pass(alternating * StartingRow);
        baseResampling.Mute();
        // Behind the sigmoid, of slope 1/4 at first, the image is that of the dense layer.
        var gain = 4 * Amplitude * StartingRow / StartingScale;
        outputNormalisation.Gain.fill_(gain);
        outputNormalisation.Offset.copy_(alternating * -gain);
    }

    /// <summary>The way of counting of the released code: one Huffman code fitted to the indices that it counts, without extremes and scale.</summary>
    /// <param name="symbols">The symbols of test crops.</param>
    /// <returns>Mean bits a crop.</returns>
    public override IEnumerable<(string Name, double Value)> Figures(IReadOnlyList<int[]> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var counts = symbols.SelectMany(row => row.Skip(StqNetQuantizer.SideSymbols)).CountBy(symbol => symbol).Select(pair => (long)pair.Value);
        yield return ("test-bits-released-count", (double)HuffmanLength.Of([.. counts]) / symbols.Count);
    }

    // What the terminal's dense layer sees, [n, 2DA].
    private Tensor Features(Tensor crops)
    {
        using var scope = NewDisposeScope();
        var image = crops.permute(0, 3, 1, 2) * Amplitude + 0.5;                     // [n, 2, D, A]
        var stem = stemNarrow.call(stemWiden.call(image));
        var attended = terminalResampling.call(terminalNormalisation.call(terminalBlock.call(stem)));
        return bottleneckNormalisation.call(attended + stem).flatten(1).MoveToOuterDisposeScope();
    }

    // The first two of the wide planes are the image, small; the others are there to be learned.
    private void PassStem()
    {
        // It is that of 2,048 values, of which fewer are larger.
        var contrast = StartingContrast * Math.Sqrt(2 * Delays * Antennas / 2048.0);
        stemNarrow.weight.zero_();
        for (var plane = 0; plane < 2; plane++)
        {
            stemWiden.weight[plane].zero_();
            stemWiden.weight[plane][plane].fill_(1);
            stemNarrow.weight[plane][plane][2][2].fill_(contrast);
        }
    }

    private static StqNetArchitecture Valid(StqNetArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Validate();
    }
}

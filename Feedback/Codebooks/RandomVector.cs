using System.Globalization;
using Feedback.Coding;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Codebooks;

/// <summary>Random vector quantisation: the best of 2^B unit vectors drawn once, isotropically and independently [AuYeung2007].</summary>
/// <remarks>
/// On i.i.d. Rayleigh channels with one receive antenna the mean of 1 - |hᴴw|²/‖h‖² is 2^B·Β(2^B, A/(A-1)), as good as Grassmannian codebooks
/// [Love2003] for many antennas or bits. The base station learns neither gain nor quality.
/// </remarks>
public sealed class RandomVector : IFeedbackScheme
{
    /// <summary>Most bits of an index.</summary>
    public const int MostBits = 16;

    private const int Portion = 256;
    private readonly CsiDimensions dimensions;
    private readonly RandomVectorOptions options;
    private readonly Lazy<float[]> codebook;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Size of the codebook and fineness in frequency.</param>
    public RandomVector(CsiDimensions dimensions, RandomVectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Bits is < 1 or > MostBits)
            throw Refuse($"bits is {options.Bits}; permitted is 1 … {MostBits}.", "bits");
        if (options.Subbands < 1 || dimensions.Subcarriers % options.Subbands != 0)
            throw Refuse($"subbands is {options.Subbands}; permitted is a divisor of the {dimensions.Subcarriers} subcarriers.", "subbands");
        if (options.ContainerBits != 0 && options.ContainerBits < options.Subbands * options.Bits)
            throw Refuse($"container-bits is {options.ContainerBits}; permitted is 0, or {options.Subbands * options.Bits} and more.", "container-bits");
        if (options.Seed < 0)
            throw Refuse($"seed is {options.Seed}; permitted is 0 and more.", "seed");
        (this.dimensions, this.options) = (dimensions, options);
        codebook = new(() => Draw(1 << options.Bits, dimensions.TransmitAntennas, options.Seed));
    }

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var channel = TerminalView.Newest(measurement, dimensions);                         // [N, S, R, A]
        var choices = Choose(channel);                                                       // N·Q
        var messages = new BitString[channel.shape[0]];
        for (var n = 0; n < messages.Length; n++)
        {
            var writer = new BitWriter(options.Subbands * options.Bits);
            foreach (var choice in choices.AsSpan(n * options.Subbands, options.Subbands))
                writer.Write((ulong)choice, options.Bits);
            writer.PadTo(options.ContainerBits);
            messages[n] = writer.ToBitString();
        }
        return messages;
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var antennas = dimensions.TransmitAntennas;
        var rows = new float[2 * messages.Count * options.Subbands * antennas];
        for (var n = 0; n < messages.Count; n++)
        {
            var reader = new BitReader(messages[n]);
            for (var subband = 0; subband < options.Subbands; subband++)
                codebook.Value.AsSpan(2 * antennas * (int)reader.Read(options.Bits), 2 * antennas).CopyTo(rows.AsSpan(2 * antennas * (n * options.Subbands + subband)));
        }
        var vectors = view_as_complex(tensor(rows, [messages.Count, options.Subbands, 1, 1, antennas, 2])) * Math.Sqrt(antennas);
        var perSubcarrier = vectors.conj().resolve_conj()
            .expand(-1, -1, dimensions.Subcarriers / options.Subbands, -1, -1)              // [N, Q, S/Q, 1, A]
            .reshape(messages.Count, dimensions.Subcarriers, 1, antennas);
        return new Report(ReportKind.Precoder, perSubcarrier, ones([messages.Count], dtype: ScalarType.Int64)).MoveToOuterDisposeScope();
    }

    // The vector of largest Σ|Hw|² = wᴴCw. Portions bound the memory, and one small product per report keeps its rounding whatever the batch.
    private long[] Choose(Tensor channel)
    {
        var parts = view_as_real(channel);                                                  // [N, S, R, A, 2]
        var peaks = TerminalView.Peaks(parts);                                              // [N]
        var unit = view_as_complex(parts / where(peaks > 0, peaks, ones_like(peaks)).reshape(-1, 1, 1, 1, 1));
        var stacked = unit.reshape(channel.shape[0] * options.Subbands, -1, channel.shape[3]);   // [N·Q, S/Q·R, A]
        var covariance = stacked.mH.bmm(stacked);                                           // [N·Q, A, A]
        var (choices, powers) = (new long[covariance.shape[0]], Enumerable.Repeat(float.NegativeInfinity, (int)covariance.shape[0]).ToArray());
        for (var first = 0; first < 1 << options.Bits; first += Portion)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(Portion, (1 << options.Bits) - first);
            var vectors = view_as_complex(tensor(
                codebook.Value.AsSpan(2 * first * dimensions.TransmitAntennas, 2 * length * dimensions.TransmitAntennas).ToArray(), [length, dimensions.TransmitAntennas, 2], device: channel.device)).mT;   // [A, L]
            var images = covariance.bmm(vectors.expand(covariance.shape[0], -1, -1));       // [N·Q, A, L]
            var power = (vectors.conj() * images).sum(-2).real;                             // [N·Q, L]
            var best = power.argmax(-1).cpu().data<long>().ToArray();
            var found = power.amax(-1).cpu().data<float>().ToArray();
            for (var report = 0; report < choices.Length; report++)
            {
                if (found[report] > powers[report])
                    (choices[report], powers[report]) = (first + best[report], found[report]);
            }
        }
        return choices;
    }

    // Directions of complex Gaussian vectors are isotropic.
    private static float[] Draw(int count, int antennas, int seed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        var vectors = randn([Math.Max(count, 16), antennas, 2], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count);
        var norms = vectors.square().sum([1L, 2L], keepdim: true).sqrt();
        return (vectors / norms).to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    private static ArgumentException Refuse(FormattableString message, string option) => new(message.ToString(CultureInfo.InvariantCulture), option);
}

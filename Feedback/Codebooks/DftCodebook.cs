using System.Globalization;
using System.Numerics;
using Feedback.Coding;
using Simulator;
using TorchSharp;
using static TorchSharp.torch;

namespace Feedback.Codebooks;

/// <summary>The best beam of an oversampled DFT codebook, of rank 1, with a co-phase between two polarisations.</summary>
/// <remarks>
/// <code>
/// H ─► covariance of each subband ─► beam of largest power ─► l │ m │ co-phase ─► bits
/// </code>
/// The precoder is w = [v; φv] with φ one of 1, j, -1, -j, as in the rank-1 Type I codebook of clause 5.2.2.2.1 of [TS38.214]; here
/// every subband has its own beam as well. The base station learns neither gain nor quality.
/// </remarks>
public sealed class DftCodebook : IFeedbackScheme
{
    private readonly CsiDimensions dimensions;
    private readonly DftBeams beams;
    private readonly int subbands;
    private readonly int coPhases;
    private readonly int[] widths;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Fineness of the codebook in angle and frequency.</param>
    public DftCodebook(CsiDimensions dimensions, DftCodebookOptions options)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Oversampling is < 1 or > 64)
            throw Refuse($"oversampling is {options.Oversampling}; permitted is 1 … 64.", "oversampling");
        if (options.Subbands < 1 || dimensions.Subcarriers % options.Subbands != 0)
            throw Refuse($"subbands is {options.Subbands}; permitted is a divisor of the {dimensions.Subcarriers} subcarriers.", "subbands");
        this.dimensions = dimensions;
        subbands = options.Subbands;
        beams = new DftBeams(dimensions.Array, options.Oversampling);
        coPhases = dimensions.Array.Polarisations == 2 ? 4 : 1;
        widths = [Width(beams.First), Width(beams.Second), Width(coPhases)];
    }

    /// <summary>Bits of every message.</summary>
    public int MessageBits => subbands * widths.Sum();

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var channel = TerminalView.Newest(measurement, dimensions);                // [N, S, R, A]
        var choices = Choose(channel).cpu().data<long>().ToArray();                 // [N·Q]
        var messages = new BitString[channel.shape[0]];
        for (var n = 0; n < messages.Length; n++)
        {
            var writer = new BitWriter(MessageBits);
            foreach (var choice in choices.AsSpan(n * subbands, subbands))
            {
                var beam = (int)choice / coPhases;
                WriteIndex(writer, beam / beams.Second, widths[0]);
                WriteIndex(writer, beam % beams.Second, widths[1]);
                WriteIndex(writer, (int)choice % coPhases, widths[2]);
            }
            messages[n] = writer.ToBitString();
        }
        return messages;
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var choices = new long[messages.Count * subbands];
        for (var n = 0; n < messages.Count; n++)
        {
            var reader = new BitReader(messages[n]);
            for (var subband = 0; subband < subbands; subband++)
            {
                var first = reader.ReadIndex(widths[0], beams.First, "beam along the first axis");
                var second = reader.ReadIndex(widths[1], beams.Second, "beam along the second axis");
                var coPhase = reader.ReadIndex(widths[2], coPhases, "co-phase");
                choices[n * subbands + subband] = (first * beams.Second + second) * coPhases + coPhase;
            }
        }
        var rows = Precoders().conj().resolve_conj().index_select(0, tensor(choices));   // [N·Q, A]
        var perSubcarrier = rows.reshape(messages.Count, subbands, 1, 1, dimensions.TransmitAntennas)
            .expand(-1, -1, dimensions.Subcarriers / subbands, -1, -1)              // [N, Q, S/Q, 1, A]
            .reshape(messages.Count, dimensions.Subcarriers, 1, dimensions.TransmitAntennas);
        return new Report(ReportKind.Precoder, perSubcarrier, ones([messages.Count], dtype: ScalarType.Int64))
            .MoveToOuterDisposeScope();
    }

    // Σ |Hw|² = wᴴCw; with two polarisations vᴴ(C00 + C11)v + 2 Re(φ vᴴ C01 v).
    private Tensor Choose(Tensor channel)
    {
        using var scope = NewDisposeScope();
        var parts = view_as_real(channel);                                          // [N, S, R, A, 2]
        var peaks = TerminalView.Peaks(parts);                                      // [N]
        var unit = view_as_complex(parts / where(peaks > 0, peaks, ones_like(peaks)).reshape(-1, 1, 1, 1, 1));
        var stacked = unit.reshape(channel.shape[0] * subbands, -1, channel.shape[3]);   // [N·Q, S/Q·R, A]
        var codebook = beams.On(channel.device).mT;                                 // [E, L]
        var same = Forms(stacked, 0, 0, codebook).real;                             // [N·Q, L]
        if (coPhases == 1)
            return same.argmax(-1).MoveToOuterDisposeScope();
        var power = same + Forms(stacked, 1, 1, codebook).real;
        var cross = Forms(stacked, 0, 1, codebook) * 2;
        var metric = torch.stack([power + cross.real, power - cross.imag, power - cross.real, power + cross.imag], dim: -1);
        return metric.flatten(1).argmax(-1).MoveToOuterDisposeScope();              // [N·Q]
    }

    // vᴴ C_pq v for every beam. One small product per report: the batch must not change how a report is rounded.
    private Tensor Forms(Tensor stacked, int left, int right, Tensor codebook)
    {
        using var scope = NewDisposeScope();
        var covariance = stacked.narrow(-1, left * beams.Elements, beams.Elements).mH
            .bmm(stacked.narrow(-1, right * beams.Elements, beams.Elements));       // [N·Q, E, E]
        var images = covariance.bmm(codebook.expand(covariance.shape[0], -1, -1));  // [N·Q, E, L]
        return (codebook.conj() * images).sum(-2).MoveToOuterDisposeScope();        // [N·Q, L]
    }

    // All precoders in the order of (beam, co-phase), complex64 [L·P, A] with rows of norm √A.
    private Tensor Precoders()
    {
        using var scope = NewDisposeScope();
        var single = beams.On(CPU);                                                 // [L, E]
        if (coPhases == 1)
            return single.MoveToOuterDisposeScope();
        var phases = tensor(new[] { Complex.One, Complex.ImaginaryOne, -Complex.One, -Complex.ImaginaryOne })
            .to(ScalarType.ComplexFloat32);                                         // [4]
        var upper = single.unsqueeze(1).expand(-1, coPhases, -1);                   // [L, 4, E]
        var lower = single.unsqueeze(1) * phases.reshape(1, coPhases, 1);           // [L, 4, E]
        return cat([upper, lower], -1).flatten(0, 1).MoveToOuterDisposeScope();     // [L·4, A]
    }

    private static int Width(int count) => 32 - BitOperations.LeadingZeroCount((uint)count - 1);

    private static void WriteIndex(BitWriter writer, int index, int width)
    {
        if (width > 0)
            writer.Write((ulong)index, width);
    }

    private static ArgumentException Refuse(FormattableString message, string option) =>
        new(message.ToString(CultureInfo.InvariantCulture), option);
}

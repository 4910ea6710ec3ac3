using System.Globalization;
using Feedback.Coding;
using Feedback.Quantization;
using Simulator;
using static TorchSharp.torch;

namespace Feedback;

/// <summary>The K strongest coefficients of the angular-delay domain: their scale, their positions and their quantised values.</summary>
/// <remarks>
/// <code>
/// H ─► angular-delay crop ─► K largest |g| ─► scale │ positions ⌈log2 C(D·R·A, K)⌉ │ K x (re, im) ─► bits
/// </code>
/// A message is the scale, then nothing if that is zero, otherwise the positions and the values in order of position.
/// </remarks>
public sealed class StrongestTaps : IFeedbackScheme
{
    private readonly CsiDimensions dimensions;
    private readonly StrongestTapsOptions options;
    private readonly AngularDelayTransform transform;
    private readonly ScaleQuantizer scales;
    private readonly IScalarQuantizer quantizer;
    private readonly CombinationCoder positions;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Number of taps and bits of their values.</param>
    public StrongestTaps(CsiDimensions dimensions, StrongestTapsOptions options)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        Require(options.DelayRows, 1, dimensions.Subcarriers, "delay-rows");
        Require(options.Taps, 1, options.DelayRows * dimensions.ReceiveAntennas * dimensions.TransmitAntennas, "taps");
        Require(options.ValueBits, 1, 16, "value-bits");
        Require(options.ScaleBits, 8, 16, "scale-bits");
        Require(options.ContainerBits, 0, int.MaxValue, "container-bits");
        if (!Enum.IsDefined(options.Quantizer))
            throw new ArgumentException($"quantizer is {options.Quantizer}; permitted is uniform or mu-law.", nameof(options));
        this.dimensions = dimensions;
        this.options = options;
        transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, options.DelayRows);
        scales = new ScaleQuantizer(options.ScaleBits);
        quantizer = options.Quantizer == TapQuantizer.MuLaw
            ? new MuLawQuantizer(options.ValueBits, options.Mu)
            : new UniformQuantizer(options.ValueBits);
        positions = new CombinationCoder(Candidates, options.Taps);
        MessageBits = scales.Bits + positions.Bits + 2 * options.Taps * options.ValueBits;
        if (options.ContainerBits > 0)
            Require(options.ContainerBits, MessageBits, int.MaxValue, "container-bits");
    }

    /// <summary>Bits of a message before it is filled up; a zero channel takes those of the scale only.</summary>
    public int MessageBits { get; }

    private int Candidates => options.DelayRows * dimensions.ReceiveAntennas * dimensions.TransmitAntennas;

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var crop = transform.Crop(TerminalView.Newest(measurement, dimensions));   // [N, D, R, A]
        var parts = view_as_real(crop).reshape(-1, Candidates, 2);                  // [N, M, 2]
        var peaks = TerminalView.Peaks(parts);                                      // [N]
        // Powers of very weak or strong channels leave the range of float32, those relative to the peak do not.
        var relative = parts / where(peaks > 0, peaks, ones_like(peaks)).reshape(-1, 1, 1);
        var power = relative.select(-1, 0).square() + relative.select(-1, 1).square();   // [N, M]
        var chosen = power.topk(options.Taps, sorted: false).indexes.sort().Values;      // [N, K]
        var values = parts.gather(1, chosen.unsqueeze(-1).expand(-1, -1, 2));       // [N, K, 2]
        var positionTable = chosen.cpu().contiguous().data<long>().ToArray();
        var valueTable = values.cpu().contiguous().data<float>().ToArray();
        var messages = new BitString[crop.shape[0]];
        for (var n = 0; n < messages.Length; n++)
        {
            messages[n] = Write(
                positionTable.AsSpan(n * options.Taps, options.Taps),
                valueTable.AsSpan(2 * n * options.Taps, 2 * options.Taps));
        }
        return messages;
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var values = new float[checked(messages.Count * Candidates * 2)];
        var scale = new float[messages.Count];
        for (var n = 0; n < messages.Count; n++)
            scale[n] = Read(new BitReader(messages[n]), values.AsSpan(n * Candidates * 2, Candidates * 2));
        var crop = view_as_complex(tensor(
            values, [messages.Count, options.DelayRows, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2]));
        var unscaled = view_as_real(transform.Restore(crop));                       // [N, S, R, A, 2]
        var channel = unscaled * tensor(scale, [messages.Count, 1, 1, 1, 1]);
        return Report.OfChannel(view_as_complex(channel)).MoveToOuterDisposeScope();   // [N, S, R, A]
    }

    private BitString Write(ReadOnlySpan<long> taken, ReadOnlySpan<float> values)
    {
        var writer = new BitWriter(Math.Max(MessageBits, options.ContainerBits));
        var peak = 0f;
        foreach (var value in values)
            peak = Math.Max(peak, Math.Abs(value));
        var index = scales.Index(peak);
        writer.Write((ulong)index, scales.Bits);
        if (index > 0)
        {
            positions.Write(writer, taken);
            double scale = scales.Level(index);
            foreach (var value in values)
                writer.Write((ulong)quantizer.Index(value / scale), quantizer.Bits);
        }
        writer.PadTo(options.ContainerBits);
        return writer.ToBitString();
    }

    private float Read(BitReader reader, Span<float> crop)
    {
        var scale = scales.Level((int)reader.Read(scales.Bits));
        if (scale == 0)
            return scale;
        Span<int> taken = options.Taps <= 1024 ? stackalloc int[options.Taps] : new int[options.Taps];
        positions.Read(reader, taken);
        foreach (var position in taken)
        {
            crop[2 * position] = (float)quantizer.Level((int)reader.Read(quantizer.Bits));
            crop[2 * position + 1] = (float)quantizer.Level((int)reader.Read(quantizer.Bits));
        }
        return scale;
    }

    private static void Require(int value, int smallest, int largest, string name)
    {
        if (value < smallest || value > largest)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; permitted is {smallest} … {largest}."), name);
        }
    }
}

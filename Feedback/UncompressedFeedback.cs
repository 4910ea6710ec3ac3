using Feedback.Coding;
using Feedback.Quantization;
using Simulator;
using static TorchSharp.torch;

namespace Feedback;

/// <summary>Every coefficient of H as floating-point numbers: 64 bits (or 32) a coefficient, the honest upper baseline.</summary>
public sealed class UncompressedFeedback : IFeedbackScheme
{
    private readonly CsiDimensions dimensions;
    private readonly bool half;
    private readonly int parts;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">The format.</param>
    public UncompressedFeedback(CsiDimensions dimensions, UncompressedOptions options)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(options.Precision))
            throw new ArgumentException($"precision is {options.Precision}; permitted is single or half.", nameof(options));
        this.dimensions = dimensions;
        half = options.Precision == FloatPrecision.Half;
        parts = checked(2 * dimensions.Subcarriers * dimensions.ReceiveAntennas * dimensions.TransmitAntennas);
        MessageBits = checked(half ? HalfBlock.ExponentBits + parts * HalfBlock.ValueBits : parts * 32);
    }

    /// <summary>Bits of every message.</summary>
    public int MessageBits { get; }

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var channel = view_as_real(TerminalView.Newest(measurement, dimensions));  // [N, S, R, A, 2]
        var peaks = TerminalView.Peaks(channel).cpu().data<float>().ToArray();
        var values = channel.contiguous().cpu().data<float>().ToArray();
        var messages = new BitString[peaks.Length];
        for (var n = 0; n < messages.Length; n++)
            messages[n] = Write(values.AsSpan(n * parts, parts), peaks[n]);
        return messages;
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var values = new float[checked(messages.Count * parts)];
        for (var n = 0; n < messages.Count; n++)
            Read(new BitReader(messages[n]), values.AsSpan(n * parts, parts));
        var channel = tensor(
            values, [messages.Count, dimensions.Subcarriers, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2]);
        return Report.OfChannel(view_as_complex(channel)).MoveToOuterDisposeScope();  // [N, S, R, A]
    }

    private BitString Write(ReadOnlySpan<float> values, float peak)
    {
        var writer = new BitWriter(MessageBits);
        var exponent = HalfBlock.Exponent(peak);
        if (half)
            writer.Write((ulong)exponent, HalfBlock.ExponentBits);
        foreach (var value in values)
        {
            if (half)
                writer.Write(HalfBlock.Pack(value, exponent), HalfBlock.ValueBits);
            else
                writer.Write(BitConverter.SingleToUInt32Bits(value), 32);
        }
        return writer.ToBitString();
    }

    private void Read(BitReader reader, Span<float> values)
    {
        var exponent = half ? (int)reader.Read(HalfBlock.ExponentBits) : 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = half
                ? HalfBlock.Unpack((ushort)reader.Read(HalfBlock.ValueBits), exponent)
                : BitConverter.UInt32BitsToSingle((uint)reader.Read(32));
            if (!float.IsFinite(values[i]))
                throw new InvalidMessageException("A coefficient is not a finite number.");
        }
    }
}

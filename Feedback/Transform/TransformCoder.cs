using Feedback.Coding;
using Feedback.Quantization;
using Simulator;

namespace Feedback.Transform;

/// <summary>One report's crop to bits and back; everything that decides how bits are read is integer.</summary>
internal sealed class TransformCoder
{
    private readonly ScaleQuantizer scales = new(11);
    private readonly int[] classOf;
    private readonly LevelTable[] tables;
    private readonly double width;

    public TransformCoder(TransformModel model, int step, int receiveAntennas)
    {
        classOf = model.ClassOf(receiveAntennas);
        tables = model.Tables(step);
        width = DeadZone.Width(step);
    }

    /// <summary>Number of real values of a crop.</summary>
    public int Values => 2 * classOf.Length;

    /// <summary>The number of the smallest scale that is not below the root mean square.</summary>
    public static int ScaleIndex(ReadOnlySpan<float> parts, ScaleQuantizer scales)
    {
        var energy = 0.0;
        foreach (var part in parts)
            energy += (double)part * part;
        return scales.Index((float)Math.Sqrt(energy / parts.Length));
    }

    /// <summary>A report's message.</summary>
    public BitString Write(ReadOnlySpan<float> parts)
    {
        var writer = new BitWriter();
        var index = ScaleIndex(parts, scales);
        writer.Write((ulong)index, scales.Bits);
        if (index > 0)
        {
            var encoder = new ArithmeticEncoder();
            var width = this.width * scales.Level(index);
            for (var i = 0; i < parts.Length; i++)
                tables[classOf[i >> 1]].Write(encoder, Level(parts[i], width));
            encoder.Finish(writer);
        }
        return writer.ToBitString();
    }

    /// <summary>Reads the crop relative to the scale, which is returned.</summary>
    public float Read(BitString message, Span<float> parts)
    {
        var reader = new BitReader(message);
        var scale = scales.Level((int)reader.Read(scales.Bits));
        if (scale > 0)
        {
            var decoder = new ArithmeticDecoder(reader);
            for (var i = 0; i < parts.Length; i++)
                parts[i] = tables[classOf[i >> 1]].Read(decoder);
            decoder.Finish();
        }
        return scale;
    }

    /// <summary>What the model says a report takes: the scale and -Σ log2 p.</summary>
    public double Estimate(ReadOnlySpan<float> parts)
    {
        var index = ScaleIndex(parts, scales);
        double bits = scales.Bits;
        var width = this.width * scales.Level(index);
        for (var i = 0; index > 0 && i < parts.Length; i++)
            bits += tables[classOf[i >> 1]].Bits(Level(parts[i], width));
        return bits;
    }

    private static int Level(float part, double width)
    {
        var level = DeadZone.Level(Math.Abs((double)part), width);
        return part < 0 ? -level : level;
    }
}

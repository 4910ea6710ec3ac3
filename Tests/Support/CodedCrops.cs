using Feedback.Coding;
using Feedback.Fitting;

namespace Tests.Support;

/// <summary>Crops through codecs and back.</summary>
internal static class CodedCrops
{
    /// <summary>A crop after it was coded and decoded.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="crop">The values.</param>
    /// <param name="step">How finely.</param>
    /// <returns>The decoded values.</returns>
    public static float[] Pass(ICropCodec codec, float[] crop, double step)
    {
        var encoder = new ArithmeticEncoder();
        codec.Write(encoder, crop, step);
        var writer = new BitWriter();
        encoder.Finish(writer);
        var decoded = new float[crop.Length];
        codec.Read(new ArithmeticDecoder(new BitReader(writer.ToBitString())), decoded, step);
        return decoded;
    }
}

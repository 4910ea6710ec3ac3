using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>How what moving users begin or cease to see fades: over so short a way that nothing else changes, but without a jump.</summary>
internal static class Fade
{
    /// <summary>A factor that falls to 0 at a border.</summary>
    /// <param name="gain">What it multiplies, float64 <c>[...]</c>.</param>
    /// <param name="room">Distance to the border, negative beyond it [m], float64, broadcast.</param>
    /// <param name="length">The length over which it falls [m]; 0 for users who stand, whose gain stays as it is.</param>
    /// <returns>The product, float64 <c>[...]</c>.</returns>
    public static Tensor Towards(Tensor gain, Tensor room, double length)
    {
        if (length == 0)
            return gain;
        using var scope = NewDisposeScope();
        return (gain * (room / length).clamp(0, 1)).MoveToOuterDisposeScope();
    }
}

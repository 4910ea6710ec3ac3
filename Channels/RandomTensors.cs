using static TorchSharp.torch;

namespace Channels;

/// <summary>The only two ways in which channel models draw random numbers.</summary>
/// <remarks>
/// Always float64 and at least 16 at a time: below 16 elements, and in float32, libtorch's CPU kernels give other numbers from one
/// processor to the next.
/// </remarks>
internal static class RandomTensors
{
    private const long Fewest = 16;

    /// <summary>Draws independent uniform numbers in [0, 1).</summary>
    /// <param name="random">A CPU generator.</param>
    /// <param name="shape">The shape wanted.</param>
    /// <returns>Float64 <c>[shape]</c> on the CPU.</returns>
    public static Tensor Uniform(Generator random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var count = Count(shape);
        var drawn = rand(Math.Max(count, Fewest), dtype: ScalarType.Float64, generator: random);
        return drawn.narrow(0, 0, count).reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>Draws independent standard normal numbers.</summary>
    /// <param name="random">A CPU generator.</param>
    /// <param name="shape">The shape wanted.</param>
    /// <returns>Float64 <c>[shape]</c> on the CPU.</returns>
    public static Tensor Normal(Generator random, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var count = Count(shape);
        var drawn = randn(Math.Max(count, Fewest), dtype: ScalarType.Float64, generator: random);
        return drawn.narrow(0, 0, count).reshape(shape).MoveToOuterDisposeScope();
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, length) => product * length);
}

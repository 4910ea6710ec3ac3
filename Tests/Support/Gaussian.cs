using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Complex Gaussian tensors for tests.</summary>
internal static class Gaussian
{
    /// <summary>Independent CN(0, 1) entries, complex64.</summary>
    public static Tensor Draw(long seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        long[] parts = [.. shape, 2];
        var count = parts.Aggregate(1L, (product, size) => product * size);
        var draws = randn([Math.Max(count, 16)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count);
        return view_as_complex((draws * Math.Sqrt(0.5)).to(ScalarType.Float32).reshape(parts)).MoveToOuterDisposeScope();
    }
}

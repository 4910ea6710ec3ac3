using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>Generators of their own: the same seed, the same numbers, and nobody else's state touched.</summary>
public sealed class TorchSharpRandomTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Rand_SameSeed_SameNumbers()
    {
        using Generator first = new(42), second = new(42), other = new(43);
        double[] a = rand([20], dtype: ScalarType.Float64, generator: first).data<double>().ToArray();
        Assert.Equal(a, rand([20], dtype: ScalarType.Float64, generator: second).data<double>().ToArray());
        Assert.NotEqual(a, rand([20], dtype: ScalarType.Float64, generator: other).data<double>().ToArray());
        Assert.NotEqual(a, rand([20], dtype: ScalarType.Float64, generator: first).data<double>().ToArray());
    }

    [Fact]
    public void Generator_Given_LeavesTheGlobalStateAlone()
    {
        Tensor before = get_rng_state();
        using Generator generator = new(1);
        _ = randn([100], dtype: ScalarType.Float64, generator: generator);
        Assert.True(before.Equals(get_rng_state()));
    }

    [Fact]
    public void Rand_Seed0_IsTheMersenneTwisterOfPyTorch()
    {
        // torch.rand(2, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) in Python.
        using Generator generator = new(0);
        double[] numbers = rand([2], dtype: ScalarType.Float64, generator: generator).data<double>().ToArray();
        Assert.Equal(0.9700530018065531, numbers[0], 15);
        Assert.Equal(0.707819864399788, numbers[1], 15);
    }

    [Fact]
    public void Randn_ManyNumbers_AreStandardNormal()
    {
        using Generator generator = new(3);
        Tensor x = randn(100_000, dtype: ScalarType.Float64, generator: generator);
        // Standard errors are 1/sqrt(1e5) = 0.0032 for the mean and sqrt(2/1e5) = 0.0045 for the variance; five of them.
        Assert.Equal(0, x.mean().ToDouble(), 0.016);
        Assert.Equal(1, x.square().mean().ToDouble(), 0.023);
    }

    [Fact]
    public void Randn_OfIntegers_Throws() => Assert.Throws<ArgumentException>(() => randn([3], dtype: ScalarType.Int64));
}

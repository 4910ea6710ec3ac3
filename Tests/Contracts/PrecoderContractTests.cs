using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every precoder promises.</summary>
[DisposesItsTensors]
public sealed class PrecoderContractTests
{
    // Weights are of order 1/√(A·K), rounded to float32 a few hundred times at most: 1e-5 is far above 300·6e-8.
    private const double Tolerance = 1e-5;
    private const double NoiseVariance = 0.1;

    public static TheoryData<string> Names => LinkParts.Names(LinkParts.Precoders);

    [Theory, MemberData(nameof(Names))]
    public void Design_AnyRows_ColumnsShareThePower(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(1, 2, 3, 5, 4, 2, 8);
        var weights = Design(name, rows, ones([2, 3, 5, 4, 2], dtype: ScalarType.Bool));
        Assert.Equal([2, 3, 5, 8, 8], weights.shape);
        Assert.Equal(ScalarType.ComplexFloat32, weights.dtype);
        Assert.All(ColumnNorms(weights), norm => Assert.Equal(1 / Math.Sqrt(8), norm, Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_InactiveRows_ZeroColumns(string name)
    {
        using var scope = NewDisposeScope();
        var active = tensor(new[] { true, false, true, true, false, false }).reshape(3, 2);
        var rows = Gaussian.Draw(2, 3, 2, 8) * active.unsqueeze(-1);
        var norms = ColumnNorms(Design(name, rows, active));
        double[] expected = [1, 0, 1, 1, 0, 0];
        Assert.All(norms.Zip(expected), pair => Assert.Equal(pair.Second / Math.Sqrt(3), pair.First, Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_NothingActive_ZeroWeights(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Design(name, zeros([2, 1, 4], dtype: ScalarType.ComplexFloat32), zeros([2, 1], dtype: ScalarType.Bool));
        Assert.All(ColumnNorms(weights), norm => Assert.Equal(0, norm));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_IdenticalRows_FiniteAndFullPower(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(3, 1, 1, 1, 8).expand(5, 4, 2, 8).contiguous();
        AssertFullPower(Design(name, rows, ones([5, 4, 2], dtype: ScalarType.Bool)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_MoreRowsThanAntennas_FiniteAndFullPower(string name)
    {
        using var scope = NewDisposeScope();
        AssertFullPower(Design(name, Gaussian.Draw(4, 5, 3, 2, 4), ones([5, 3, 2], dtype: ScalarType.Bool)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_VerySmallRows_FiniteAndFullPower(string name)
    {
        using var scope = NewDisposeScope();
        AssertFullPower(Design(name, Gaussian.Draw(4, 5, 3, 2, 8) * 1e-12, ones([5, 3, 2], dtype: ScalarType.Bool)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_ZeroUser_FixedBeam(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(5, 3, 1, 8);
        rows.select(0, 1).zero_();
        var column = Design(name, rows, ones([3, 1], dtype: ScalarType.Bool)).select(-1, 1);
        var expected = zeros_like(column);
        expected.narrow(0, 0, 1).fill_(1 / Math.Sqrt(3));
        Assert.True(allclose(column, expected, atol: Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_EverythingZero_FixedBeams(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Design(name, zeros([2, 2, 4], dtype: ScalarType.ComplexFloat32), ones([2, 2], dtype: ScalarType.Bool));
        Assert.All(Dense.Values(weights.select(0, 0).abs()), entry => Assert.Equal(0.5, entry, Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_OneOfABatch_SameAsAlone(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(6, 7, 4, 1, 8);
        var active = ones([7, 4, 1], dtype: ScalarType.Bool);
        var together = Design(name, rows, active).select(0, 3);
        var alone = Design(name, rows.select(0, 3), active.select(0, 3));
        Assert.True(allclose(together, alone, atol: Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_ScaledRowsWithoutNoise_SameWeights(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(7, 4, 1, 8);
        var active = ones([4, 1], dtype: ScalarType.Bool);
        var weights = LinkParts.Precoders[name]().Design(rows, active, 0);
        var scaled = LinkParts.Precoders[name]().Design(rows * 37.5, active, 0);
        Assert.True(allclose(weights, scaled, atol: Tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Design_PermutedUsers_PermutedColumns(string name)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(8, 4, 1, 8);
        var active = ones([4, 1], dtype: ScalarType.Bool);
        var order = tensor(new long[] { 2, 0, 3, 1 });
        var permuted = Design(name, rows.index_select(0, order), active);
        Assert.True(allclose(permuted, Design(name, rows, active).index_select(1, order), atol: Tolerance));
    }

    private static Tensor Design(string name, Tensor rows, Tensor active) =>
        LinkParts.Precoders[name]().Design(rows, active, NoiseVariance);

    private static double[] ColumnNorms(Tensor weights) => Dense.Values(weights.abs().square().sum(-2).sqrt());

    private static void AssertFullPower(Tensor weights)
    {
        var norms = ColumnNorms(weights);
        Assert.All(norms, norm => Assert.Equal(1 / Math.Sqrt(weights.shape[^1]), norm, Tolerance));
    }
}

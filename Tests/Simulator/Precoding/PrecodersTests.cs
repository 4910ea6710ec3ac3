using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Simulator;
using Simulator.Precoding;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Simulator.Precoding;

/// <summary>Each precoder against its formula in MathNet.</summary>
[DisposesItsTensors]
public sealed class PrecodersTests
{
    // Entries below 1/√(A·K) in float32; the systems have condition numbers near 10.
    private const double Tolerance = 1e-5;
    private const double NoiseVariance = 0.3;

    [Fact]
    public void Design_MaximumRatio_ConjugateRows() => AssertDesign(new MaximumRatio(), rows => rows.ConjugateTranspose());

    [Fact]
    public void Design_ZeroForcing_LoadedPseudoInverse() => AssertDesign(new ZeroForcing(), rows =>
        LoadedInverse(rows, 1e-6 * (rows * rows.ConjugateTranspose()).Trace().Real / rows.RowCount));

    [Fact]
    public void Design_RegularizedZeroForcing_LoadedByTheNoise() => AssertDesign(new RegularizedZeroForcing(), rows =>
        LoadedInverse(rows, rows.RowCount * NoiseVariance));

    [Fact]
    public void Design_ZeroForcing_NoInterferenceBetweenUsers()
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(1, 50, 4, 1, 8);
        var weights = new ZeroForcing().Design(rows, ones([50, 4, 1], dtype: ScalarType.Bool), 0);
        var gains = matmul(rows.squeeze(-2), weights).abs();
        // The loading leaves 1e-6·tr(G)/K·(G⁻¹) off the diagonal, with condition numbers below a hundred or so.
        Assert.True((gains * (1 - eye(4))).max().item<float>() < 1e-3);
    }

    [Fact]
    public void Design_Eigen_RightSingularVectorsOfEachUser()
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(2, 3, 2, 8);
        var weights = Dense.Matrix(new Eigen().Design(rows, ones([3, 2], dtype: ScalarType.Bool), 0));
        for (var user = 0; user < 3; user++)
        {
            var expected = Dense.Matrix(rows.select(0, user)).Svd().VT;
            for (var stream = 0; stream < 2; stream++)
            {
                // Up to a phase: |v̂ᴴv| = 1, times the amplitude of one of six streams.
                var product = expected.Row(stream) * weights.Column(2 * user + stream);
                Assert.Equal(1 / Math.Sqrt(6), product.Magnitude, Tolerance);
            }
        }
    }

    [Fact]
    public void Design_EigenWithGaps_ActivePlacesTakeTheStrongestDirections()
    {
        using var scope = NewDisposeScope();
        var active = tensor(new[] { true, false, true }).reshape(1, 3);
        var rows = Gaussian.Draw(3, 1, 3, 6) * active.unsqueeze(-1);
        var weights = Dense.Matrix(new Eigen().Design(rows, active, 0));
        var expected = Dense.Matrix(rows.select(0, 0)).Svd().VT;
        Assert.Equal(1 / Math.Sqrt(2), (expected.Row(0) * weights.Column(0)).Magnitude, Tolerance);
        Assert.Equal(0, weights.Column(1).L2Norm());
        Assert.Equal(1 / Math.Sqrt(2), (expected.Row(1) * weights.Column(2)).Magnitude, Tolerance);
    }

    [Fact]
    public void Design_EigenOfIdenticalRows_SecondStreamIsTheFixedBeam()
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(4, 1, 1, 6).expand(1, 2, 6).contiguous();
        var column = Dense.Matrix(new Eigen().Design(rows, ones([1, 2], dtype: ScalarType.Bool), 0)).Column(1);
        Assert.Equal(1 / Math.Sqrt(2), column[0].Real, Tolerance);
        Assert.Equal(1 / Math.Sqrt(2), column.L2Norm(), Tolerance);
    }

    private static Matrix<Complex> LoadedInverse(Matrix<Complex> rows, double loading)
    {
        var gram = rows * rows.ConjugateTranspose() + Matrix<Complex>.Build.DenseIdentity(rows.RowCount) * loading;
        return rows.ConjugateTranspose() * gram.Inverse();
    }

    private static void AssertDesign(IPrecoder precoder, Func<Matrix<Complex>, Matrix<Complex>> formula)
    {
        using var scope = NewDisposeScope();
        var rows = Gaussian.Draw(5, 2, 4, 1, 8);
        var weights = precoder.Design(rows, ones([2, 4, 1], dtype: ScalarType.Bool), NoiseVariance);
        for (var index = 0; index < 2; index++)
        {
            var expected = Dense.EqualPower(formula(Dense.Matrix(rows.select(0, index).squeeze(1))));
            Assert.Equal(0, Dense.Distance(expected, Dense.Matrix(weights.select(0, index))), Tolerance);
        }
    }
}

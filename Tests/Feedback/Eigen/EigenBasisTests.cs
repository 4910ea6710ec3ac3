using System.Numerics;
using Feedback.Eigen;
using Feedback.Fitting;
using MathNet.Numerics.LinearAlgebra;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Eigen;

[DisposesItsTensors]
public sealed class EigenBasisTests
{
    private const int Delays = 4;
    private const int Ports = 6;
    private const int Receive = 2;
    private const int Length = Delays * Ports;
    private const int Drops = 300;

    // Vectors are kept in half precision, which rounds every entry by at most 2^-11 of itself: their norms and products err by no more.
    private const double Half = 1.0 / 2048;

    private static readonly CsiDimensions Dimensions = new(8, Receive, new AntennaArray(3, 1, 2));

    [Fact]
    public void Fit_CorrelatedCrops_FindsTheEigenvectorsOfTheSlowCovariance()
    {
        var fit = new TinyFit(Dimensions, Delays, Drops, (count, random) => Draw(count, random, Length, 0.7));
        var covariance = Covariance(fit.Crops);
        var slow = covariance.Evd(Symmetricity.Hermitian).EigenValues.Select(value => value.Real).OrderDescending().ToArray();

        var vectors = Vectors(fit.Run(new EigenFit(new())));

        // The fewest that hold all but a ten-thousandth of the energy.
        var kept = Enumerable.Range(1, Length).First(count => slow.Take(count).Sum() >= 0.9999 * slow.Sum());
        Assert.InRange(kept, 5, Length - 1);
        Assert.Equal(kept, vectors.ColumnCount);
        for (var k = 0; k < kept; k++)
        {
            // Eigenvalues ascend. ‖Cv - λv‖ is at most twice the largest eigenvalue times the error of v.
            var (vector, eigenvalue) = (vectors.Column(k), slow[kept - 1 - k]);
            Assert.InRange((covariance * vector - vector * eigenvalue).L2Norm(), 0, 2 * Half * slow[0]);
            for (var other = 0; other < kept; other++)
                Assert.Equal(k == other ? 1 : 0, vector.ConjugateDotProduct(vectors.Column(other)).Magnitude, 2 * Half);
        }
    }

    [Fact]
    public void Analyse_CorrelatedCrops_CompactsEnergyAsNoBinsDo()
    {
        const int kept = 5;
        var fit = new TinyFit(Dimensions, Delays, Drops, (count, random) => Draw(count, random, Length, 0.7));
        var covariance = Covariance(fit.Crops);
        var slow = covariance.Evd(Symmetricity.Hermitian).EigenValues.Select(value => value.Real).OrderDescending().ToArray();
        var basis = new EigenBasis(fit.Run(new EigenFit(new() { Components = kept })), Dimensions);

        var values = basis.Analyse([.. fit.Crops.SelectMany(crop => crop)], Drops);
        var restored = basis.Synthesise(values, Drops);

        // No orthonormal basis holds more in so many components than the largest eigenvalues, and this one holds just that.
        Assert.Equal(kept, basis.Components);
        var energy = values.Sum(value => (double)value * value) / (Drops * Receive);
        Assert.Equal(1, energy / slow.Take(kept).Sum(), 4 * Half);
        var bins = Enumerable.Range(0, Length).Select(bin => covariance[bin, bin].Real).OrderDescending().Take(kept).Sum();
        Assert.True(energy > 1.2 * bins, $"{energy} in {kept} components, {bins} in as many bins");

        // What is cut off is what the smaller eigenvalues hold.
        var lost = fit.Crops.SelectMany(crop => crop).Zip(restored, (wanted, found) => Math.Pow(wanted - (double)found, 2)).Sum() / (Drops * Receive);
        Assert.Equal(slow.Skip(kept).Sum(), lost, 4 * Half * slow.Sum());
    }

    [Fact]
    public void Fit_CropsOfFewDimensions_KeepsAsManyComponents()
    {
        var fit = new TinyFit(Dimensions, Delays, Drops, (count, random) => Draw(count, random, 3, 1));

        var basis = new EigenBasis(fit.Run(new EigenFit(new())), Dimensions);
        var crops = fit.Crops.Take(10).SelectMany(crop => crop).ToArray();

        Assert.Equal(3, basis.Components);
        // Each vector errs by at most 2^-11 on the way in and out.
        var restored = basis.Synthesise(basis.Analyse(crops, 10), 10);
        var norm = Math.Sqrt(crops.Sum(value => (double)value * value));
        Assert.InRange(Math.Sqrt(crops.Zip(restored, (wanted, found) => Math.Pow(wanted - (double)found, 2)).Sum()), 0, 2 * Math.Sqrt(3) * Half * norm);
    }

    // Independent Gaussians of falling variances, so many of them, through a fixed unitary matrix: the DFT of all bins.
    private static Tensor Draw(int count, Generator random, int dimensions, double decay)
    {
        using var scope = NewDisposeScope();
        var parts = randn([count, Receive, dimensions, 2], dtype: ScalarType.Float64, generator: random).to(ScalarType.Float32);
        var falls = arange(dimensions, dtype: ScalarType.Float32).mul((float)Math.Log(decay)).exp().reshape(-1, 1);
        var turns = arange(dimensions, dtype: ScalarType.Float32).unsqueeze(1) * arange(Length, dtype: ScalarType.Float32) * (float)(2 * Math.PI / Length);
        var mixed = view_as_complex((parts * falls).contiguous()).matmul(complex(turns.cos(), turns.sin()));   // [B, R, D·A]
        return mixed.reshape(count, Receive, Delays, Ports).transpose(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    private static Matrix<Complex> Covariance(IReadOnlyList<float[]> crops)
    {
        var sum = new Complex[Length, Length];
        foreach (var crop in crops)
        {
            for (var antenna = 0; antenna < Receive; antenna++)
            {
                for (var row = 0; row < Length; row++)
                {
                    for (var column = 0; column < Length; column++)
                        sum[row, column] += Entry(crop, row, antenna) * Complex.Conjugate(Entry(crop, column, antenna)) / (crops.Count * Receive);
                }
            }
        }
        return Matrix<Complex>.Build.DenseOfArray(sum);
    }

    // Crops are in order of delay, receive antenna, port.
    private static Complex Entry(float[] crop, int bin, int antenna)
    {
        var place = 2 * ((bin / Ports * Receive + antenna) * Ports + bin % Ports);
        return new(crop[place], crop[place + 1]);
    }

    private static Matrix<Complex> Vectors(FittedTables model)
    {
        var (values, columns) = (model.Reals("klt.vectors"), (int)model.Shape("klt.vectors")[1]);
        return Matrix<Complex>.Build.Dense(Length, columns, (row, column) => new Complex(values[2 * (row * columns + column)], values[2 * (row * columns + column) + 1]));
    }
}

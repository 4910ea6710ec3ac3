using static TorchSharp.torch;

namespace Simulator.Metrics;

/// <summary>Spectral efficiency [bit/s/Hz]: mean over subcarriers of log2 det(I + Ω⁻¹HWWᴴHᴴ), Ω = σ²I + interference of other users [Telatar1999].</summary>
/// <remarks>H is the true channel, W what the base station made of its report: Gaussian signalling with interference taken as noise.</remarks>
public sealed class SpectralEfficiency : IMetric
{
    /// <inheritdoc/>
    public MetricScale Scale => MetricScale.Linear;

    /// <inheritdoc/>
    public UserCombination Users => UserCombination.Sum;

    /// <inheritdoc/>
    public Tensor Evaluate(LinkOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outcome.NoiseVariance);
        using var scope = NewDisposeScope();
        var gains = StreamGains(outcome.Channel, outcome.Weights);                            // [B, T, S, U, R, U·K]
        var own = OwnStreams(outcome.Rows);                                                   // [U, 1, U·K]
        var rate = outcome.Channel.shape[^2] == 1
            ? RateOfOneAntenna(gains, own, outcome.NoiseVariance)
            : RateOfManyAntennas(gains, own, outcome.NoiseVariance);
        return rate.mean([1, 2]).MoveToOuterDisposeScope();                                   // [B, U]
    }

    private static Tensor StreamGains(Tensor channel, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var (users, antennas) = (channel.shape[2], channel.shape[4]);
        var stacked = channel.transpose(2, 3).flatten(3, 4);                                  // [B, T, S, U·R, A]
        return matmul(stacked, weights).unflatten(3, users, antennas).MoveToOuterDisposeScope();
    }

    private static Tensor OwnStreams(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var (users, streams) = (rows.shape[3], rows.shape[4]);
        var identity = eye(users, dtype: ScalarType.Float64, device: rows.device).unsqueeze(-1);
        return identity.expand(users, users, streams).reshape(users, 1, users * streams).MoveToOuterDisposeScope();
    }

    private static Tensor RateOfOneAntenna(Tensor gains, Tensor own, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        var power = view_as_real(gains).to(ScalarType.Float64).square().sum(-1);              // [B, T, S, U, 1, U·K]
        var signal = (power * own).sum([-2, -1]);                                             // [B, T, S, U]
        var interference = (power * (1 - own)).sum([-2, -1]);
        return (signal / (interference + noiseVariance)).log1p().div(Math.Log(2)).MoveToOuterDisposeScope();
    }

    private static Tensor RateOfManyAntennas(Tensor gains, Tensor own, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        var all = gains.to(ScalarType.ComplexFloat64);                                        // [B, T, S, U, R, U·K]
        var others = all * (1 - own);
        return (LogDeterminant(all, noiseVariance) - LogDeterminant(others, noiseVariance)).MoveToOuterDisposeScope();
    }

    // log2 det(σ²I + GGᴴ) by Cholesky.
    private static Tensor LogDeterminant(Tensor gains, double noiseVariance)
    {
        using var scope = NewDisposeScope();
        var noise = eye(gains.shape[^2], dtype: gains.dtype, device: gains.device) * noiseVariance;
        var factor = linalg.cholesky(matmul(gains, gains.mH) + noise);                        // [B, T, S, U, R, R]
        return (factor.diagonal(0, -2, -1).real.log2().sum(-1) * 2).MoveToOuterDisposeScope();
    }
}

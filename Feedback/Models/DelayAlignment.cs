using Simulator;
using static TorchSharp.torch;

namespace Feedback.Models;

/// <summary>Moves all delays of a report so that its strongest one lies on a delay row, the same for every report.</summary>
/// <remarks>
/// A shift of s/4 rows multiplies subcarrier k by e^{j2πks/(4S)}. Without it the strongest path lies between two rows and its energy
/// spreads over all of them.
/// </remarks>
internal sealed class DelayAlignment
{
    /// <summary>Steps of a row.</summary>
    public const int Fractions = 4;

    // Rows before the strongest path, for what arrives earlier.
    private const int PeakRow = 2;
    private readonly AngularDelayTransform transform;

    public DelayAlignment(AngularDelayTransform transform) => this.transform = transform;

    /// <summary>Number of different shifts.</summary>
    public int Count => Fractions * transform.Delays;

    /// <summary>Crops channels behind their alignment.</summary>
    /// <param name="channel">H, complex64 <c>[N, S, R, A]</c>.</param>
    /// <returns>G, complex64 <c>[N, D, R, A]</c>, and the shifts, int64 <c>[N]</c>.</returns>
    public (Tensor Crops, Tensor Shifts) Crop(Tensor channel)
    {
        using var scope = NewDisposeScope();
        var shifts = Find(channel);
        return (transform.Crop(Move(channel, shifts, back: false)).MoveToOuterDisposeScope(), shifts.MoveToOuterDisposeScope());
    }

    /// <summary>Moves delays by shifts, or back.</summary>
    /// <param name="channel">H, complex64 <c>[N, S, R, A]</c>.</param>
    /// <param name="shifts">Int64 <c>[N]</c>.</param>
    /// <param name="back">Whether to undo.</param>
    /// <returns>H, complex64 <c>[N, S, R, A]</c>.</returns>
    public Tensor Move(Tensor channel, Tensor shifts, bool back)
    {
        using var scope = NewDisposeScope();
        var (whole, device) = (Fractions * transform.Subcarriers, channel.device);
        var places = arange(transform.Subcarriers, dtype: ScalarType.Int64, device: device);
        var turns = ((shifts - PeakRow * Fractions).unsqueeze(1) * places).remainder(whole).to(ScalarType.Float64);   // [N, S]
        var angle = turns * ((back ? -2 : 2) * Math.PI / whole);
        var phases = complex(angle.cos(), angle.sin()).to(ScalarType.ComplexFloat32);
        return (channel * phases.unsqueeze(-1).unsqueeze(-1)).MoveToOuterDisposeScope();
    }

    // The shift whose response each crop correlates with most, [N].
    private Tensor Find(Tensor channel)
    {
        using var scope = NewDisposeScope();
        var crop = transform.Crop(channel).flatten(2);                                          // [N, D, R·A]
        var responses = Responses(channel.device);                                              // [4·D, D]
        var power = view_as_real(responses.matmul(crop)).square().sum([-2L, -1L], type: ScalarType.Float64);   // [N, 4·D]
        return power.argmax(1).MoveToOuterDisposeScope();
    }

    // Conjugate response of a delay of i/4 rows on the kept rows: (1/S) Σ_k e^{-j2πk(d - i/4)/S}.
    private Tensor Responses(Device device)
    {
        using var scope = NewDisposeScope();
        var subcarriers = transform.Subcarriers;
        var delays = arange(Count, dtype: ScalarType.Float64, device: device) / Fractions;
        var rows = arange(transform.Delays, dtype: ScalarType.Float64, device: device);
        var distance = rows - delays.unsqueeze(1);                                              // [4·D, D]
        var half = distance * (Math.PI / subcarriers);
        var magnitude = where(distance.eq(0), ones_like(half), (half * subcarriers).sin() / (half.sin() * subcarriers));
        var phase = half * -(subcarriers - 1);
        return complex(magnitude * phase.cos(), magnitude * phase.sin()).to(ScalarType.ComplexFloat32).MoveToOuterDisposeScope();
    }
}

using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The scatterers around moving users: N_p at a time, each replaced by a next one G - 1 times on the way.</summary>
/// <param name="Ends">How far the user has come when the next one takes over [m], float64 <c>[B, U, N_p, G]</c>.</param>
/// <param name="Places">Their places [m], likewise.</param>
/// <param name="Amplitudes">Their amplitudes, complex128, likewise.</param>
/// <param name="Polarisation">Polarisation matrices, complex128 <c>[B, U, N_p, G, 4]</c>; null where nobody asks for them.</param>
/// <param name="Radii">Radii of their gains [m], float64 <c>[B, U, 1, N_p]</c> or <c>[1]</c>; null if they have none.</param>
/// <param name="Fade">How far users travel while one takes over from another [m].</param>
internal sealed record ScattererLives(Tensor Ends, Points Places, Tensor Amplitudes, Tensor? Polarisation, Tensor? Radii, double Fade)
{
    /// <summary>The scatterers at some slots.</summary>
    /// <param name="users">Positions of the users [m], float64 <c>[B, T·U, 2]</c>.</param>
    /// <param name="travelled">How far they have come [m], float64 <c>[1, U, T]</c>.</param>
    /// <returns>The scatterers <c>[B, T·U, 1, 2·N_p]</c>: those that are there and those that come or go, owned by the caller's dispose scope.</returns>
    public Scatterers At(Tensor users, Tensor travelled)
    {
        using var scope = NewDisposeScope();
        var (batch, last) = (Ends.shape[0], Ends.shape[3] - 1);
        var slots = travelled.shape[2];
        var way = travelled.unsqueeze(-1).expand(batch, -1, -1, Ends.shape[2]);                     // [B, U, T, N_p]
        var current = (way.unsqueeze(-1) >= Ends.narrow(3, 0, last).unsqueeze(2)).sum(-1);
        var since = way - Choose(Ends, (current - 1).clamp(min: 0));
        var until = Choose(Ends, current) - way;
        var coming = (current > 0).logical_and(since < Fade / 2);
        var going = coming.logical_not().logical_and(until < Fade / 2).logical_and(current < last);
        var (from, towards) = (coming.to(ScalarType.Int64), going.to(ScalarType.Int64));
        var other = current - from + towards;
        // From a quarter of a turn, where there is one only, to an eighth, where both are as strong.
        var shift = where(coming, since, where(going, until, full_like(since, Fade / 2)));
        var angle = (shift / Fade + 0.5) * (Math.PI / 2);
        var weight = cat([angle.sin(), angle.cos() * (from + towards).to(ScalarType.Float64)], 3);                         // [B, U, T, 2·N_p]
        Tensor Both(Tensor values) => cat([Choose(values, current), Choose(values, other)], 3);
        Tensor Links(Tensor values) => values.transpose(1, 2).flatten(1, 2).unsqueeze(2);           // [B, T·U, 1, 2·N_p]
        var places = Places.Map(values => Links(Both(values)));
        if (Radii is not null)
        {
            var offset = places - Points.AtGround(users.unsqueeze(2).unsqueeze(2));
            var radii = Radii.dim() == 1 ? Radii : Links(cat([Radii, Radii], 3).expand(-1, -1, slots, -1));
            weight = weight * ComponentGain.Evaluate(offset.X.square() + offset.Y.square(), radii, Fade)
                .squeeze(2).unflatten(1, slots, users.shape[1] / slots).transpose(1, 2);
        }
        var amplitudes = Links(Both(Amplitudes) * weight);
        return new Scatterers(
            amplitudes, places, places, zeros([batch, users.shape[1], 1, 1], dtype: ScalarType.Float64, device: users.device),
            Polarisation is null ? null : Links(Both(Polarisation))).MoveToOuterDisposeScope();
    }

    private static Tensor Choose(Tensor values, Tensor index)
    {
        using var scope = NewDisposeScope();
        if (values.dim() == 5)
        {
            var entries = index.unsqueeze(-1).unsqueeze(-1).expand(-1, -1, -1, -1, 1, values.shape[4]);
            return values.unsqueeze(2).expand(-1, -1, index.shape[2], -1, -1, -1).gather(4, entries).squeeze(4).MoveToOuterDisposeScope();
        }
        return values.unsqueeze(2).expand(-1, -1, index.shape[2], -1, -1).gather(4, index.unsqueeze(-1)).squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These scatterers.</returns>
    public ScattererLives MoveToOuterDisposeScope()
    {
        Places.Map(values => values.MoveToOuterDisposeScope());
        foreach (var values in new[] { Ends, Amplitudes, Polarisation, Radii })
            values?.MoveToOuterDisposeScope();
        return this;
    }
}

using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Lets the cluster around a moving user follow him: scatterers keep their places and are replaced one by one, so that at any instant they lie about him as they do at the first.</summary>
/// <remarks>
/// A Gaussian cloud of standard deviation σ that drifts past keeps its shape if scatterers appear ahead at a distance y and vanish behind at a distance
/// z, both of density (y/σ²)·e^{-y²/(2σ²)}: their rate is the gradient of the density, the least that balances the drift. A scatterer thus lasts y + z of
/// the way, 2.5σ in the mean. Who is replaced hands over within a wavelength, with amplitudes of a cosine and a sine, so that power stays and nothing jumps.
/// It lasts a wavelength at least, and clouds narrower than a wavelength are met as if they were as wide.
/// </remarks>
/// <param name="depolarisation">Draws polarisation matrices; null where nobody asks for them.</param>
/// <param name="passage">The users' ways.</param>
/// <param name="flatness">Standard deviation on the ground over that upwards.</param>
internal sealed class ScattererRenewal(Depolarisation? depolarisation, Passage passage, double flatness)
{
    /// <summary>Draws the scatterers of all of the way.</summary>
    /// <param name="users">Positions of the users at the start [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="first">The scatterers around them there <c>[B, U, 1, N_p]</c>.</param>
    /// <param name="deviation">σ [m], float64 <c>[B, U, 1, 1]</c>.</param>
    /// <param name="radii">Radii of their gains [m], float64 <c>[B, U, 1, N_p]</c> or <c>[1]</c>; null if they have none.</param>
    /// <param name="length">The longest way [m].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The scatterers, owned by the caller's dispose scope.</returns>
    public ScattererLives Draw(Tensor users, Scatterers first, Tensor deviation, Tensor? radii, double length, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var sigma = deviation.squeeze(-1);                                                          // [B, U, 1]
        var along = sigma.clamp(min: passage.Fade);
        var amplitudes = first.Amplitudes.squeeze(2);                                               // [B, U, N_p]
        var points = first.Arrival.Map(values => values.squeeze(2));
        var ends = FirstEnds(points - Points.AtGround(users.unsqueeze(2)), along, random);
        var lives = new List<(Tensor Ends, Points Places, Tensor Amplitudes, Tensor? Polarisation)> { (ends, points, amplitudes, first.Polarisation?.squeeze(2)) };
        while (ends.amin([0L, 1L, 2L]).item<double>() < length + passage.Fade)
        {
            var chance = random.Uniform([3, .. ends.shape]);
            var normal = random.Normal([2, .. ends.shape]);
            var (ahead, behind) = (along * Rayleigh(chance[0]), along * Rayleigh(chance[1]));
            var (position, direction) = passage.Routes.At(ends);                                    // [B, U, N_p, 2]
            var (toX, toY, aside) = (direction.select(-1, 0), direction.select(-1, 1), normal[0] * sigma);
            points = new Points(
                position.select(-1, 0) + ahead * toX - aside * toY,
                position.select(-1, 1) + ahead * toY + aside * toX,
                normal[1] * (sigma / flatness));
            ends = ends + (ahead + behind).clamp(min: passage.Fade);
            lives.Add((ends, points, amplitudes * Multipath.ArrayLink.Phasor(chance[2]), depolarisation?.Draw(random, ends.shape)));
        }
        Tensor Stacked(Func<(Tensor Ends, Points Places, Tensor Amplitudes, Tensor? Polarisation), Tensor> of) => stack(lives.Select(of).ToList(), 3);
        return new ScattererLives(
            Stacked(life => life.Ends),
            new Points(Stacked(life => life.Places.X), Stacked(life => life.Places.Y), Stacked(life => life.Places.Z)),
            Stacked(life => life.Amplitudes),
            first.Polarisation is null ? null : Stacked(life => life.Polarisation!),
            radii?.alias(),
            passage.Fade).MoveToOuterDisposeScope();
    }

    /// <summary>How long those last that are there at the start: to where they would vanish behind, given that they have not yet.</summary>
    private Tensor FirstEnds(Points offsets, Tensor along, RandomSource random)
    {
        using var scope = NewDisposeScope();
        var (_, direction) = passage.Routes.At(zeros_like(offsets.X.narrow(2, 0, 1)));
        var ahead = offsets.X * direction.select(-1, 0) + offsets.Y * direction.select(-1, 1);      // [B, U, N_p]
        var past = ahead.clamp(max: 0.0);
        var vanishing = (past.square() + (along * Rayleigh(random.Uniform(ahead.shape))).square()).sqrt();
        return (ahead + vanishing).MoveToOuterDisposeScope();
    }

    private static Tensor Rayleigh(Tensor uniform) => ((1 - uniform).log() * -2).sqrt();
}

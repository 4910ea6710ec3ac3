using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Clusters as ellipsoids seen from where they are looked at: semi-axes are so many standard deviations of their scatterers.</summary>
/// <param name="Centre">Centres relative to the observer [m] <c>[C]</c>.</param>
/// <param name="Radial">Standard deviation away from the observer as a vector [m] <c>[C]</c>.</param>
/// <param name="Sideways">Horizontal standard deviation across [m] <c>[C]</c>.</param>
/// <param name="Upwards">Standard deviation across, upwards [m] <c>[C]</c>.</param>
internal readonly record struct Ellipsoid(Points Centre, Points Radial, Points Sideways, Points Upwards)
{
    private const double Degree = Math.PI / 180;

    /// <summary>Places ellipsoids with semi-axes c₀τ_c/2, r·tan(φ/2) and r·tan(θ/2).</summary>
    /// <param name="azimuth">Azimuth of the centre [rad], float64 <c>[C]</c>.</param>
    /// <param name="elevation">Elevation of the centre [rad], float64 <c>[C]</c>.</param>
    /// <param name="distance">r [m], float64 <c>[C]</c>.</param>
    /// <param name="delaySpread">τ_c [s], float64 <c>[C]</c>.</param>
    /// <param name="azimuthSpread">φ [°], float64 <c>[C]</c>.</param>
    /// <param name="elevationSpread">θ [°], float64 <c>[C]</c>.</param>
    /// <param name="axes">How semi-axes relate to standard deviations.</param>
    /// <returns>The ellipsoids.</returns>
    public static Ellipsoid Place(
        Tensor azimuth, Tensor elevation, Tensor distance, Tensor delaySpread, Tensor azimuthSpread, Tensor elevationSpread, SemiAxes axes)
    {
        var (cosine, sine) = (azimuth.cos(), azimuth.sin());
        var (level, rise) = (elevation.cos(), elevation.sin());
        var outwards = new Points(level * cosine, level * sine, rise);
        var radial = delaySpread * axes.RadialPerSecond;
        var across = distance * (azimuthSpread * (Degree / 2)).tan() / axes.Across;
        var height = distance * (elevationSpread * (Degree / 2)).tan() / axes.Across;
        return new Ellipsoid(
            outwards.Map(coordinate => coordinate * distance),
            outwards.Map(coordinate => coordinate * radial),
            new Points(-sine * across, cosine * across, zeros_like(across)),
            new Points(-rise * cosine * height, -rise * sine * height, level * height));
    }

    /// <summary>Scatterers of each ellipsoid.</summary>
    /// <param name="normal">Standard normal numbers for the three axes, float64 <c>[C, N_p]</c> each.</param>
    /// <returns>Positions relative to the observer [m] <c>[C, N_p]</c>.</returns>
    public Points Scatter(Points normal) => new(
        Coordinate(normal, Centre.X, Radial.X, Sideways.X, Upwards.X),
        Coordinate(normal, Centre.Y, Radial.Y, Sideways.Y, Upwards.Y),
        Coordinate(normal, Centre.Z, Radial.Z, Sideways.Z, Upwards.Z));

    private static Tensor Coordinate(Points normal, Tensor centre, Tensor radial, Tensor sideways, Tensor upwards) =>
        (normal.X * radial.unsqueeze(-1))
            .addcmul_(normal.Y, sideways.unsqueeze(-1), 1)
            .addcmul_(normal.Z, upwards.unsqueeze(-1), 1)
            .add_(centre.unsqueeze(-1));
}

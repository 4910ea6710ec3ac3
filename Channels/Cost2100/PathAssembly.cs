using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Collects the scatterers of a block of drops as paths from the base station at the origin to every user.</summary>
internal sealed class PathAssembly
{
    private readonly Points users;                                                                  // [B, U, 1, 1]
    private readonly Tensor pathGain;                                                               // [B, U]
    private readonly List<Tensor> delays = [];
    private readonly List<Tensor> gains = [];
    private readonly List<Points> departures = [];
    private readonly List<Points> arrivals = [];

    /// <summary>Starts without paths.</summary>
    /// <param name="positions">Positions of the users [m], float64 <c>[B, U, 2]</c>.</param>
    /// <param name="pathGain">L, amplitude gain of each user, float64 <c>[B, U]</c>.</param>
    public PathAssembly(Tensor positions, Tensor pathGain)
    {
        users = Points.AtGround(positions.unsqueeze(2).unsqueeze(2));
        this.pathGain = pathGain;
    }

    /// <summary>Adds the paths over scatterers.</summary>
    /// <param name="scatterers">Scatterers of every user, or one set for all.</param>
    public void Add(Scatterers scatterers)
    {
        var arrival = scatterers.Arrival - users;                                                   // [B, U, K, N_p]
        var delay = (scatterers.Departure.Length() + arrival.Length()) / ClusterSpreads.SpeedOfLight + scatterers.LinkDelays;
        var shape = delay.shape;
        Tensor Flat(Tensor values) => values.expand(shape).flatten(2);                              // [B, U, P]
        delays.Add(Flat(delay));
        gains.Add(Flat(scatterers.Amplitudes) * pathGain.unsqueeze(-1));
        departures.Add(scatterers.Departure.Map(Flat));
        arrivals.Add(arrival.Map(Flat));
    }

    /// <summary>Adds the line of sight: K times the power of everything else; real and positive, delayed by the horizontal distance.</summary>
    /// <param name="parameters">The line of sight of the scenario.</param>
    /// <param name="random">The source of randomness.</param>
    public void AddLineOfSight(LineOfSightParameters parameters, RandomSource random)
    {
        var straight = users.Map(coordinate => coordinate.flatten(2));                              // [B, U, 1]
        var distance = straight.Length();
        var batch = distance.shape[0];
        var corner = random.Uniform(batch, 1, 1, 2) * (parameters.CutOffDistance - parameters.VisibilityRadius);
        var fromCentre = (straight - Points.AtGround(corner)).Length();                             // [B, U, 1]
        var present = (distance <= parameters.CutOffDistance).logical_and(fromCentre <= parameters.VisibilityRadius);
        var decibels = random.Normal(batch, 1, 1) * parameters.RicianDeviationDecibels + parameters.RicianFactorDecibels;
        var factor = (decibels * (Math.Log(10) / 10)).exp() * present.to(ScalarType.Float64);
        var scattered = gains.Select(gain => view_as_real(gain).square().sum([-2L, -1L])).Aggregate((sum, next) => sum + next);
        var amplitude = (factor * scattered.unsqueeze(-1)).sqrt();                                  // [B, U, 1]
        // In front, since far clusters end in paths of gain 0.
        delays.Insert(0, distance / ClusterSpreads.SpeedOfLight);
        gains.Insert(0, complex(amplitude, zeros_like(amplitude)));
        departures.Insert(0, straight);
        arrivals.Insert(0, straight.Map(coordinate => -coordinate));
    }

    /// <summary>Joins everything.</summary>
    /// <param name="timing">Which instant has delay 0.</param>
    /// <returns>The paths with T = 1, in the caller's dispose scope.</returns>
    public Paths Build(DelayReference timing)
    {
        Tensor Slot(Tensor values) => values.unsqueeze(1);                                          // [B, 1, U, P]
        Points Join(List<Points> points) => new(
            cat(points.Select(point => point.X).ToList(), -1), cat(points.Select(point => point.Y).ToList(), -1), cat(points.Select(point => point.Z).ToList(), -1));
        var (departure, arrival) = (Join(departures), Join(arrivals));
        var gain = cat(gains, -1);
        var delay = cat(delays, -1);
        var reference = timing switch
        {
            DelayReference.Los => users.Length().flatten(2) / ClusterSpreads.SpeedOfLight,
            DelayReference.FirstPath => where(gain.abs() > 0, delay, full_like(delay, double.PositiveInfinity)).amin([-1L], keepdim: true),
            _ => null,
        };
        return new Paths(
            Slot(reference is null ? delay : delay - reference),
            Slot(gain),
            Slot(departure.Azimuth()),
            Slot(departure.Elevation()),
            Slot(arrival.Azimuth()),
            Slot(arrival.Elevation()));
    }
}

using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Collects the scatterers of a block of drops as the paths of every link.</summary>
internal sealed class PathAssembly
{
    private readonly Cost2100Scenario scenario;
    private readonly Points users;                                                                  // [B, L, 1, 1]
    private readonly Points? stations;                                                              // [L, 1, 1]
    private readonly Points straight;                                                               // [B, L, 1]
    private readonly Tensor pathGain;                                                               // [B, L]
    private readonly List<Tensor> delays = [];
    private readonly List<Tensor> gains = [];
    private readonly List<Points> departures = [];
    private readonly List<Points> arrivals = [];
    private readonly List<Tensor> polarisations = [];
    private bool hasDirectPath;

    /// <summary>Starts without paths.</summary>
    /// <param name="scenario">The parameter column.</param>
    /// <param name="surroundings">The links.</param>
    public PathAssembly(Cost2100Scenario scenario, Surroundings surroundings)
    {
        this.scenario = scenario;
        users = Points.AtGround(surroundings.Users.unsqueeze(2).unsqueeze(2));
        stations = surroundings.Stations is null ? null : surroundings.StationsOver(2);
        straight = (stations is { } from ? users - from : users).Map(coordinate => coordinate.flatten(2));
        pathGain = PathGain.Amplitude(scenario, straight).squeeze(-1);
    }

    /// <summary>Adds the paths over scatterers.</summary>
    /// <param name="scatterers">Scatterers of every link, or one set for all.</param>
    public void Add(Scatterers scatterers)
    {
        var arrival = scatterers.Arrival - users;                                                   // [B, L, K, N_p]
        var departure = stations is { } from ? scatterers.Departure - from : scatterers.Departure;
        var delay = (departure.Length() + arrival.Length()) / scenario.SpeedOfLight + scatterers.LinkDelays;
        var shape = delay.shape;
        Tensor Flat(Tensor values) => values.expand(shape).flatten(2);                              // [B, L, P]
        delays.Add(Flat(delay));
        gains.Add(Flat(scatterers.Amplitudes) * pathGain.unsqueeze(-1));
        departures.Add(departure.Map(Flat));
        arrivals.Add(arrival.Map(Flat));
        if (scatterers.Polarisation is { } polarisation)
            polarisations.Add(polarisation.expand([.. shape, 4]).flatten(2, 3));
    }

    /// <summary>Adds the line of sight: K times the power of everything else, delayed by the straight line.</summary>
    /// <param name="direct">Draws it.</param>
    /// <param name="users">U, users of a drop; links are those of the first, of the second and so on.</param>
    /// <param name="layout">The base stations.</param>
    /// <param name="random">The source of randomness.</param>
    public void AddLineOfSight(LineOfSight direct, int users, BaseStationLayout layout, RandomSource random)
    {
        var distance = straight.Length();                                                           // [B, L, 1]
        var scattered = gains.Select(gain => view_as_real(gain).square().sum([-2L, -1L])).Aggregate((sum, next) => sum + next);
        var positions = this.users.Map(coordinate => coordinate.flatten(2));
        var amplitude = direct.Draw(positions, distance, scattered.unsqueeze(-1), users, layout, random);
        hasDirectPath = true;
        // In front, since far clusters end in paths of gain 0.
        delays.Insert(0, distance / scenario.SpeedOfLight);
        gains.Insert(0, amplitude);
        departures.Insert(0, straight);
        arrivals.Insert(0, straight.Map(coordinate => -coordinate));
        if (polarisations.Count > 0)
            polarisations.Insert(0, Depolarisation.Straight(distance.device).expand(distance.shape[0], distance.shape[1], 1, 4));
    }

    /// <summary>Joins everything.</summary>
    /// <param name="timing">Which instant has delay 0.</param>
    /// <returns>The paths of the links with T = 1, in the caller's dispose scope.</returns>
    public Paths Build(DelayReference timing)
    {
        Tensor Slot(Tensor values) => values.unsqueeze(1);                                          // [B, 1, L, P]
        Directions Directions(Points points) => new(Slot(points.X), Slot(points.Y), Slot(points.Z));
        Points Join(List<Points> points) => new(
            cat(points.Select(point => point.X).ToList(), -1), cat(points.Select(point => point.Y).ToList(), -1), cat(points.Select(point => point.Z).ToList(), -1));
        var (departure, arrival) = (Join(departures), Join(arrivals));
        var gain = cat(gains, -1);
        var delay = cat(delays, -1);
        var reference = timing switch
        {
            DelayReference.Los => straight.Length() / scenario.SpeedOfLight,
            DelayReference.FirstPath => where(gain.abs() > 0, delay, full_like(delay, double.PositiveInfinity)).amin([-1L], keepdim: true),
            _ => null,
        };
        return new Paths(
            Slot(reference is null ? delay : delay - reference),
            Slot(gain),
            Directions(departure),
            Directions(arrival))
        {
            HasDirectPath = hasDirectPath,
            Polarisation = polarisations.Count == 0 ? null : Slot(cat(polarisations, -2)),
        };
    }
}

using Channels.Multipath;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Collects the scatterers of a block of drops as the paths of every link.</summary>
internal sealed class PathAssembly
{
    private readonly Cost2100Scenario scenario;
    private readonly int slots;
    private readonly double fade;
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
    /// <param name="slots">T, slots among the links, slowest.</param>
    public PathAssembly(Cost2100Scenario scenario, Surroundings surroundings, int slots)
    {
        (this.scenario, this.slots, fade) = (scenario, slots, surroundings.Fade);
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
    /// <param name="direct">Works it out.</param>
    /// <param name="drawn">What is random about it.</param>
    public void AddLineOfSight(LineOfSight direct, DrawnLineOfSight drawn)
    {
        var distance = straight.Length();                                                           // [B, L, 1]
        var scattered = gains.Select(gain => view_as_real(gain).square().sum([-2L, -1L])).Aggregate((sum, next) => sum + next);
        var positions = users.Map(coordinate => coordinate.flatten(2));
        var amplitude = direct.Amplitudes(drawn, positions, distance, scattered.unsqueeze(-1), slots, fade);
        hasDirectPath = true;
        // In front, since far clusters end in paths of gain 0.
        delays.Insert(0, distance / scenario.SpeedOfLight);
        gains.Insert(0, amplitude);
        departures.Insert(0, straight);
        arrivals.Insert(0, straight.Map(coordinate => -coordinate));
        if (polarisations.Count > 0)
            polarisations.Insert(0, Depolarisation.Straight(distance.device).expand(distance.shape[0], distance.shape[1], 1, 4));
    }

    /// <summary>The instant that has delay 0.</summary>
    /// <param name="timing">Which one it is.</param>
    /// <returns>Seconds, float64 <c>[B, 1, L/T, 1]</c>, from the first of the slots; null for the instant of transmission.</returns>
    public Tensor? Reference(DelayReference timing)
    {
        var reference = timing switch
        {
            DelayReference.Los => straight.Length() / scenario.SpeedOfLight,
            DelayReference.FirstPath => FirstArrival(cat(gains, -1), cat(delays, -1)),
            _ => null,
        };
        return reference is null ? null : Slotted(reference).narrow(1, 0, 1);
    }

    /// <summary>Joins everything.</summary>
    /// <param name="reference">What is subtracted from the delays [s], float64 <c>[B, 1, L/T, 1]</c>; null for nothing.</param>
    /// <returns>The paths of the links <c>[B, T, L/T, P]</c>, in the caller's dispose scope.</returns>
    public Paths Build(Tensor? reference)
    {
        Directions Directions(List<Points> points) => new(Joined(points, point => point.X), Joined(points, point => point.Y), Joined(points, point => point.Z));
        var delay = Slotted(cat(delays, -1));
        return new Paths(reference is null ? delay : delay - reference, Slotted(cat(gains, -1)), Directions(departures), Directions(arrivals))
        {
            HasDirectPath = hasDirectPath,
            Polarisation = polarisations.Count == 0 ? null : Slotted(cat(polarisations, -2)),
        };
    }

    private static Tensor FirstArrival(Tensor gain, Tensor delay) =>
        where(gain.abs() > 0, delay, full_like(delay, double.PositiveInfinity)).amin([-1L], keepdim: true);

    private Tensor Joined(List<Points> points, Func<Points, Tensor> coordinate) => Slotted(cat(points.Select(coordinate).ToList(), -1));

    /// <summary>The slots' axis apart from that of users.</summary>
    private Tensor Slotted(Tensor values) => values.unflatten(1, slots, values.shape[1] / slots);   // [B, T, L/T, ...]
}

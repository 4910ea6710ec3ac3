using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>The propagation paths between the base station and every user of a block of drops.</summary>
/// <remarks>Users with fewer than P paths have the rest filled with paths of gain 0. T is 1 where nothing moves.</remarks>
/// <param name="Delays">τ [s], float64 <c>[B, T, U, P]</c>.</param>
/// <param name="Gains">α without the carrier's phase, complex128 <c>[B, T, U, P]</c>.</param>
/// <param name="Departures">Where paths leave the base station.</param>
/// <param name="Arrivals">Where paths reach the user from.</param>
public sealed record Paths(Tensor Delays, Tensor Gains, Directions Departures, Directions Arrivals)
{
    /// <summary>Azimuth at the base station from the x axis [rad], float64 <c>[B, T, U, P]</c>; a new tensor at each call.</summary>
    public Tensor DepartureAzimuths => Departures.Azimuth();

    /// <summary>Elevation at the base station from the horizon [rad], float64 <c>[B, T, U, P]</c>; a new tensor at each call.</summary>
    public Tensor DepartureElevations => Departures.Elevation();

    /// <summary>Azimuth at the user from the x axis [rad], float64 <c>[B, T, U, P]</c>; a new tensor at each call.</summary>
    public Tensor ArrivalAzimuths => Arrivals.Azimuth();

    /// <summary>Elevation at the user from the horizon [rad], float64 <c>[B, T, U, P]</c>; a new tensor at each call.</summary>
    public Tensor ArrivalElevations => Arrivals.Elevation();

    /// <summary>Polarisation matrices vv, vh, hv, hh, the first letter sent and the second received, complex128 <c>[B, T, U, P, 4]</c>; null if there are none.</summary>
    public Tensor? Polarisation { get; init; }

    /// <summary>Whether the first path of every user is the line of sight, of gain 0 where it is obstructed.</summary>
    public bool HasDirectPath { get; init; }

    /// <summary>Puts blocks of drops or of slots behind one another.</summary>
    /// <param name="blocks">At least one block; all of the same size along the other axes but that of paths.</param>
    /// <param name="axis">The axis along which they are joined: 0 for drops, 1 for slots.</param>
    /// <returns>The joined block, owned by the caller's dispose scope.</returns>
    public static Paths Join(IReadOnlyList<Paths> blocks, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        using var scope = NewDisposeScope();
        var most = blocks.Max(block => block.Delays.shape[^1]);
        Tensor Column(Func<Paths, Tensor> of) => cat(
            blocks.Select(block => nn.functional.pad(of(block), [0, most - of(block).shape[^1]])).ToList(), axis);
        Directions Columns(Func<Paths, Directions> of) => new(
            Column(block => of(block).X), Column(block => of(block).Y), Column(block => of(block).Z));
        return new Paths(
            Column(block => block.Delays),
            Column(block => block.Gains),
            Columns(block => block.Departures),
            Columns(block => block.Arrivals))
        {
            Polarisation = blocks[0].Polarisation is null ? null : Column(block => block.Polarisation!.transpose(-1, -2)).transpose(-1, -2),
            HasDirectPath = blocks[0].HasDirectPath,
        }.MoveToOuterDisposeScope();
    }

    /// <summary>Takes the paths of one user in the first slot apart.</summary>
    /// <param name="drop">Which drop.</param>
    /// <param name="user">Which user of it.</param>
    /// <returns>As many drops as there are paths, with one user and one path each; owned by the caller's dispose scope.</returns>
    public Paths Apart(int drop, int user)
    {
        using var scope = NewDisposeScope();
        var present = Gains.select(0, drop).select(0, 0).select(0, user).abs().gt(0).nonzero().flatten();    // [P]
        return Map(tensor =>
        {
            var own = tensor.select(0, drop).select(0, 0).select(0, user).index_select(0, present);
            return own.reshape([-1, 1, 1, 1, .. own.shape[1..]]);
        }).MoveToOuterDisposeScope();
    }

    /// <summary>Applies the same operation to every property of the paths.</summary>
    /// <param name="operation">What to do with a tensor.</param>
    /// <returns>The new paths.</returns>
    internal Paths Map(Func<Tensor, Tensor> operation) =>
        new(operation(Delays), operation(Gains), Departures.Map(operation), Arrivals.Map(operation))
        {
            Polarisation = Polarisation is null ? null : operation(Polarisation),
            HasDirectPath = HasDirectPath,
        };

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These paths.</returns>
    public Paths MoveToOuterDisposeScope()
    {
        Map(tensor => tensor.MoveToOuterDisposeScope());
        return this;
    }
}

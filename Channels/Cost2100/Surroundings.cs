using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>The visibility regions of a block of environments that reach at least one user, and the links in them.</summary>
/// <remarks>
/// V regions a drop; slots that hold no region have gain 0 everywhere. All drops together have C clusters. A link is a user seen from the
/// base station; with spherical waves there are as many a user as the array has elements, and of moving users there is one a slot.
/// </remarks>
internal sealed record Surroundings
{
    /// <summary>Horizontal positions of the users [m], float64 <c>[B, L, 2]</c>.</summary>
    public required Tensor Users { get; init; }

    /// <summary>Where the other end of the links is [m] <c>[L]</c> or <c>[1]</c>; null for the origin.</summary>
    public Points? Stations { get; init; }

    /// <summary>A_VR, amplitude gain of each region at each link, float64 <c>[B, L, V]</c>; of the regions of one cluster only the largest is kept.</summary>
    public required Tensor Gains { get; init; }

    /// <summary>Centres of the regions [m], float64 <c>[B, V, 2]</c>.</summary>
    public required Tensor Centres { get; init; }

    /// <summary>Which of the C clusters each region shows, int64 <c>[B, V]</c>.</summary>
    public required Tensor Clusters { get; init; }

    /// <summary>Centre of the reference region of each cluster [m], float64 <c>[C, 2]</c>.</summary>
    public required Tensor References { get; init; }

    /// <summary>Position of the reference base station of each cluster [m], float64 <c>[C, 2]</c>; null for the origin.</summary>
    public Tensor? Bases { get; init; }

    /// <summary>Gain of each region's cluster at each element of a very large array, float64 <c>[B, N, V]</c>; null if all see alike.</summary>
    public Tensor? ElementGains { get; init; }

    /// <summary>How users go on from here; null if they stand.</summary>
    public Passage? Passage { get; init; }

    /// <summary>How far users travel while something appears or vanishes [m]; 0 for users who stand.</summary>
    public double Fade => Passage?.Fade ?? 0;

    /// <summary>Keeps a cluster for every slot that holds a region, and none for the others.</summary>
    /// <param name="regions">What is known slot by slot.</param>
    /// <returns>The surroundings, owned by the caller's dispose scope.</returns>
    public static Surroundings OfSlots(RegionSlots regions)
    {
        using var scope = NewDisposeScope();
        var held = regions.Exists.flatten().nonzero().flatten();                                    // [C]
        if (held.shape[0] == 0)
            held = zeros_like(regions.Clusters.flatten().narrow(0, 0, 1));                          // one that nobody sees, so that none is no special case
        var rank = (regions.Exists.flatten().to(ScalarType.Int64).cumsum(0) - 1).clamp(min: 0).reshape(regions.Exists.shape);
        Tensor Held(Tensor slots) => slots.flatten(0, 1).index_select(0, held).MoveToOuterDisposeScope();
        return new Surroundings
        {
            Users = regions.Users.alias().MoveToOuterDisposeScope(),
            Gains = regions.Gains.alias().MoveToOuterDisposeScope(),
            Centres = regions.Centres.alias().MoveToOuterDisposeScope(),
            Clusters = rank.gather(1, regions.Clusters).MoveToOuterDisposeScope(),
            References = Held(regions.References),
            Bases = regions.Bases is { } bases ? Held(bases) : null,
        };
    }

    /// <summary>The same users seen from every element of an array: links are those of the first user's elements, of the second's and so on.</summary>
    /// <param name="elements">Positions of the elements [m] <c>[N]</c>.</param>
    /// <returns>The surroundings with L = U·N.</returns>
    public Surroundings PerElement(Points elements)
    {
        var (users, count) = (Users.shape[1], elements.X.shape[0]);
        var gains = Gains.unsqueeze(2);                                                             // [B, U, 1, V]
        gains = ElementGains is null ? gains.expand(-1, -1, count, -1) : gains * ElementGains.unsqueeze(1);
        return this with
        {
            Users = Users.unsqueeze(2).expand(-1, -1, count, -1).flatten(1, 2),
            Stations = elements.Map(coordinate => coordinate.unsqueeze(0).expand(users, -1).flatten()),
            Gains = gains.flatten(1, 2),
        };
    }

    /// <summary>The stations with further axes behind that of the links.</summary>
    /// <param name="axes">How many.</param>
    /// <returns>Positions [m] <c>[L, 1, ...]</c>.</returns>
    public Points StationsOver(int axes) => Stations!.Value.Map(coordinate => coordinate.reshape([-1, .. Enumerable.Repeat(1L, axes)]));

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    /// <returns>These surroundings.</returns>
    public Surroundings MoveToOuterDisposeScope()
    {
        foreach (var tensor in new[] { Users, Gains, Centres, Clusters, References, Bases, ElementGains, Stations?.X, Stations?.Y, Stations?.Z })
            tensor?.MoveToOuterDisposeScope();
        Passage?.MoveToOuterDisposeScope();
        return this;
    }
}

using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Cuts users into blocks whose intermediate tensors stay small, whatever the batch.</summary>
internal static class PathBlocks
{
    /// <summary>Renders block after block.</summary>
    /// <param name="paths">The paths of all users.</param>
    /// <param name="pathsAtOnce">How many paths a block may have; a block has one user at least.</param>
    /// <param name="render">Turns paths <c>[N, P]</c> into one tensor <c>[N, ...]</c>.</param>
    /// <returns>What the blocks gave, <c>[B·T·U, ...]</c>.</returns>
    public static Tensor Map(Paths paths, long pathsAtOnce, Func<Paths, Tensor> render)
    {
        using var scope = NewDisposeScope();
        var flat = new Paths(
            paths.Delays.flatten(0, 2),
            paths.Gains.flatten(0, 2),
            paths.DepartureAzimuths.flatten(0, 2),
            paths.DepartureElevations.flatten(0, 2),
            paths.ArrivalAzimuths.flatten(0, 2),
            paths.ArrivalElevations.flatten(0, 2));
        var (users, most) = (flat.Delays.shape[0], flat.Delays.shape[1]);
        var step = Math.Max(1, pathsAtOnce / Math.Max(1, most));
        var blocks = new List<Tensor>();
        for (long first = 0; first < users; first += step)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(step, users - first);
            var block = new Paths(
                flat.Delays.narrow(0, first, count),
                flat.Gains.narrow(0, first, count),
                flat.DepartureAzimuths.narrow(0, first, count),
                flat.DepartureElevations.narrow(0, first, count),
                flat.ArrivalAzimuths.narrow(0, first, count),
                flat.ArrivalElevations.narrow(0, first, count));
            blocks.Add(render(block).MoveToOuterDisposeScope());
        }
        return (blocks.Count == 1 ? blocks[0] : cat(blocks, 0)).MoveToOuterDisposeScope();
    }
}

using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Cuts users into blocks whose intermediate tensors stay small, whatever the batch.</summary>
/// <remarks>Users are taken in the order of their numbers of paths, so that next to nothing is spent on paths of gain 0, which come last.</remarks>
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
        var flat = paths.Map(tensor => tensor.flatten(0, 2));                                       // [N, P]
        var position = arange(1, flat.Gains.shape[1] + 1, device: flat.Gains.device);
        var lengths = (flat.Gains.abs().gt(0).to(ScalarType.Int64) * position).amax([-1L]);         // [N]
        var order = lengths.argsort();
        long[] sorted = lengths.index_select(0, order).cpu().data<long>().ToArray();
        Tensor? result = null;
        for (long first = 0; first < sorted.Length;)
        {
            using var inner = NewDisposeScope();
            var count = 1L;
            while (first + count < sorted.Length && sorted[first + count] * (count + 1) <= pathsAtOnce)
                count++;
            var rows = order.narrow(0, first, count);
            var longest = Math.Max(1, sorted[first + count - 1]);
            var block = flat.Map(tensor => tensor.narrow(1, 0, longest).index_select(0, rows));
            var rendered = render(block);
            result ??= rendered.new_empty([sorted.Length, .. rendered.shape[1..]]).MoveToOuterDisposeScope();
            result.index_copy_(0, rows, rendered);
            first += count;
        }
        return result!.MoveToOuterDisposeScope();
    }
}

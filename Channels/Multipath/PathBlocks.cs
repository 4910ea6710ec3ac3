using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Cuts users into blocks whose intermediate tensors stay small, whatever the batch.</summary>
/// <remarks>Users are taken in the order of their numbers of paths, so that next to nothing is spent on paths of gain 0, which come last.</remarks>
/// <param name="numbersAtOnce">How many numbers a block may hold; a block has one user at least.</param>
/// <param name="numbersPerPath">How many of them are spent on a path.</param>
/// <param name="numbersPerUser">How many are spent on a user besides.</param>
internal sealed class PathBlocks(long numbersAtOnce, long numbersPerPath, long numbersPerUser)
{
    /// <summary>Renders block after block.</summary>
    /// <param name="waves">The paths of all users.</param>
    /// <param name="render">Turns paths <c>[N, P]</c> into one tensor <c>[N, ...]</c>.</param>
    /// <returns>What the blocks gave, <c>[B·T·U, ...]</c>.</returns>
    public Tensor Map(PlaneWaves waves, Func<PlaneWaves, Tensor> render)
    {
        using var scope = NewDisposeScope();
        var position = arange(1, waves.Gains.shape[1] + 1, device: waves.Gains.device);
        var lengths = (waves.Gains.ne(0).to(ScalarType.Int64) * position).amax([-1L]);              // [N]
        var order = lengths.argsort();
        long[] sorted = lengths.index_select(0, order).cpu().data<long>().ToArray();
        Tensor? result = null;
        for (long first = 0; first < sorted.Length;)
        {
            using var inner = NewDisposeScope();
            var count = 1L;
            while (first + count < sorted.Length && (sorted[first + count] * numbersPerPath + numbersPerUser) * (count + 1) <= numbersAtOnce)
                count++;
            var rows = order.narrow(0, first, count);
            var longest = Math.Max(1, sorted[first + count - 1]);
            var block = waves.Map(tensor => tensor.narrow(1, 0, longest).index_select(0, rows));
            var rendered = render(block);
            result ??= rendered.new_empty([sorted.Length, .. rendered.shape[1..]]).MoveToOuterDisposeScope();
            result.index_copy_(0, rows, rendered);
            first += count;
        }
        return result!.MoveToOuterDisposeScope();
    }
}

using Simulator;
using static TorchSharp.torch;

namespace Channels;

/// <summary>The user's own channels, measured or simulated elsewhere, each used once and in order.</summary>
/// <remarks>
/// The file holds H as <c>[N, S, A]</c>, <c>[N, S, R, A]</c> or <c>[N, T, U, S, R, A]</c>, or the public CsiNet data. Without a user axis, U
/// consecutive entries are the users of one drop and left-over entries at the end are not used. Of an <c>.npy</c> file only the rows asked for are in memory.
/// </remarks>
public sealed class RecordedChannel : IRecordedChannelModel
{
    private readonly RecordedOptions options;
    private readonly Recording file;
    private readonly bool hasUserAxis;

    /// <summary>Opens the file and checks it against the options, its values included.</summary>
    /// <param name="options">File, users, antennas and normalisation.</param>
    /// <exception cref="IOException">The file is damaged, no array of channels, or of other dimensions.</exception>
    public RecordedChannel(RecordedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReceiveAntennas, 1);
        this.options = options;
        file = Recording.Open(options);
        var shape = file.Shape;
        hasUserAxis = shape.Count == 6;
        if (shape.Count is not (3 or 4 or 6))
            throw Mismatch("shape", $"({string.Join(", ", shape)})", "[N, S, A], [N, S, R, A] or [N, T, U, S, R, A]");
        var receive = shape.Count == 3 ? 1 : shape[^2];
        Require("transmit antennas", shape[^1], options.Array.Ports);
        Require("receive antennas", receive, options.ReceiveAntennas);
        if (hasUserAxis)
            Require("users", shape[2], options.Users);
        else if (shape[0] < options.Users)
            throw Mismatch("entries", $"{shape[0]}", $"at least {options.Users}, the users of one drop");
    }

    /// <inheritdoc/>
    public int Count => checked((int)(hasUserAxis ? file.Shape[0] : file.Shape[0] / options.Users));

    /// <summary>Draws distinct recorded drops at random, each drop being as likely as any other.</summary>
    /// <param name="batch">B, number of drops, 1 … N.</param>
    /// <param name="grid">Slots, subcarriers and their spacing; both numbers must be those recorded.</param>
    /// <param name="random">The only source of randomness.</param>
    /// <returns>H <c>[B, T, U, S, R, A]</c> with its removed gain <c>[B, U]</c>, owned by the caller's dispose scope.</returns>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckRange(0, batch);
        using var scope = NewDisposeScope();
        var order = RandomTensors.Uniform(random, Count).argsort().data<long>().ToArray();
        var drops = order.Take(batch).Select(position => Rows((int)position, 1, grid)).ToList();
        return ChannelDrop.Normalise(cat(drops, 0), options.Normalisation).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public ChannelDrop Read(int first, int batch, ResourceGrid grid)
    {
        CheckRange(first, batch);
        using var scope = NewDisposeScope();
        return ChannelDrop.Normalise(Rows(first, batch, grid), options.Normalisation).MoveToOuterDisposeScope();
    }

    private Tensor Rows(int first, int batch, ResourceGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Require("slots", hasUserAxis ? file.Shape[1] : 1, grid.Slots);
        Require("subcarriers", file.Shape[hasUserAxis ? 3 : 1], grid.Subcarriers);
        var users = hasUserAxis ? 1 : options.Users;
        var rows = file.Rows((long)first * users, batch * users);
        return rows
            .reshape(batch, grid.Slots, options.Users, grid.Subcarriers, options.ReceiveAntennas, options.Array.Ports)
            .to(options.Device ?? rows.device);                                                   // [B, T, U, S, R, A]
    }

    private void CheckRange(int first, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if ((long)first + batch > Count)
            throw Mismatch("drops", $"{Count}", $"at least {(long)first + batch}, which the run asks for");
    }

    private void Require(string what, long found, long wanted)
    {
        if (found != wanted)
            throw Mismatch(what, $"{found}", $"{wanted}");
    }

    private RecordingMismatchException Mismatch(string what, string found, string wanted) =>
        new($"{options.Path} holds {found} as {what}; the scenario needs {wanted}.");
}

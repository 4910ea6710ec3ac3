using Simulator;
using static TorchSharp.torch;

namespace Channels;

/// <summary>Which recorded channels are replayed.</summary>
public sealed record RecordedOptions
{
    /// <summary>Path of the <c>.npy</c> or <c>.mat</c> file with H as <c>[N, S, A]</c>, <c>[N, S, R, A]</c> or <c>[N, T, U, S, R, A]</c>, or in another layout.</summary>
    public string Path { get; init; } = "";

    /// <summary>The variable of a <c>.mat</c> file; empty for the only array of numbers in it.</summary>
    public string Variable { get; init; } = "";

    /// <summary>How the file is to be read.</summary>
    public RecordedLayout Layout { get; init; } = RecordedLayout.Channels;

    /// <summary>U, users of a drop, at least 1; files without a user axis are cut into groups of U consecutive entries.</summary>
    public int Users { get; init; } = 1;

    /// <summary>R, receive antennas, must be those recorded.</summary>
    public int ReceiveAntennas { get; init; } = 1;

    /// <summary>The transmit array, whose ports must be those recorded.</summary>
    public AntennaArray Array { get; init; } = new(32);

    /// <summary>How each drop is scaled.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Drop;

    /// <summary>Where the drops are to lie; where nothing is said, where files are read.</summary>
    public Device? Device { get; init; }
}

using Experiments.Configuration;
using Simulator;
using Simulator.Files;
using static TorchSharp.torch;

namespace Experiments.Encoded;

/// <summary>Channels in an <c>.npy</c> file, each to be reported once.</summary>
/// <remarks>The file holds H as <c>[N, S, A]</c>, <c>[N, S, R, A]</c> or <c>[B, T, U, S, R, A]</c>, of which every slot and user has a report.</remarks>
internal sealed class ReportSource
{
    private readonly NpyFile file;

    public ReportSource(string path, string? array)
    {
        if (!File.Exists(path))
            throw new BadInputException($"'{path}' does not exist.");
        file = NpyFile.Open(path);
        var shape = file.Shape;
        if (shape.Count is not (3 or 4 or 6))
            throw new BadInputException($"{path} has shape ({string.Join(", ", shape)}); permitted are [N, S, A], [N, S, R, A] and [B, T, U, S, R, A].");
        var antennas = checked((int)shape[^1]);
        Dimensions = new CsiDimensions(
            checked((int)shape[shape.Count == 3 ? 1 : shape.Count - 3]),
            checked((int)(shape.Count == 3 ? 1 : shape[^2])),
            array is null ? new AntennaArray(antennas) : Parse(array));
        if (Dimensions.TransmitAntennas != antennas)
            throw new BadInputException($"--array {array} has {Dimensions.TransmitAntennas} ports, but {path} holds channels of {antennas}.");
        file.RequireFinite();
        ReportsPerRow = shape.Count == 6 ? checked((int)(shape[1] * shape[2])) : 1;
        Count = checked((int)(file.Count * ReportsPerRow));
    }

    public CsiDimensions Dimensions { get; }

    public int Count { get; }

    private int ReportsPerRow { get; }

    /// <summary>The reports' messages, encoded a batch at a time.</summary>
    public IEnumerable<BitString> Encode(IFeedbackScheme scheme, int batch)
    {
        var rows = Math.Max(1, batch / ReportsPerRow);
        for (long first = 0; first < file.Count; first += rows)
        {
            foreach (var message in Encode(scheme, first, (int)Math.Min(rows, file.Count - first)))
                yield return message;
        }
    }

    private IReadOnlyList<BitString> Encode(IFeedbackScheme scheme, long first, int rows)
    {
        using var scope = NewDisposeScope();
        var channel = file.Rows(first, rows)
            .reshape(-1, 1, Dimensions.Subcarriers, Dimensions.ReceiveAntennas, Dimensions.TransmitAntennas);   // [N, T, S, R, A]
        return scheme.Encode(new Measurement(channel, zeros([channel.shape[0]], dtype: ScalarType.Float64)));
    }

    private static AntennaArray Parse(string text)
    {
        var parts = text.Split('x');
        var lengths = new int[3] { 1, 1, 1 };
        var valid = parts.Length is >= 1 and <= 3;
        for (var i = 0; valid && i < parts.Length; i++)
        {
            valid = int.TryParse(parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out lengths[i])
                && lengths[i] >= 1 && lengths[i] <= (i == 2 ? 2 : 4096);
        }
        return valid
            ? new AntennaArray(lengths[0], lengths[1], lengths[2])
            : throw new BadInputException($"--array '{text}' is not an array; it is written COLUMNSxROWSxPOLARISATIONS, e.g. 8x2x2, with 1 or 2 polarisations.");
    }
}

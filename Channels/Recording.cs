using Simulator.Files;
using static TorchSharp.torch;

namespace Channels;

/// <summary>A file of channels, opened: a table of complex rows, whatever its format and layout.</summary>
/// <param name="Shape">Lengths of the axes, the first counting entries.</param>
/// <param name="IsComplex">Whether entries are complex.</param>
/// <param name="Rows">Reads entries from a position on, complex64 or float32.</param>
internal sealed record Recording(IReadOnlyList<long> Shape, bool IsComplex, Func<long, int, Tensor> Rows)
{
    private const string MatExtension = ".mat";
    private const int RowsAtOnce = 1024;
    private const double Rounding = 1e-6;

    /// <summary>Opens a file and checks everything about it, its values included.</summary>
    /// <param name="options">Path, variable, layout and array.</param>
    public static Recording Open(RecordedOptions options)
    {
        var isMat = string.Equals(Path.GetExtension(options.Path), MatExtension, StringComparison.OrdinalIgnoreCase);
        if (!isMat && options.Variable.Length > 0)
            throw new RecordingMismatchException($"{options.Path} is no .mat file and has no variable '{options.Variable}'; an .npy file holds one array without a name.");
        return (isMat, options.Layout) switch
        {
            (true, RecordedLayout.Csinet) => CsiNet(OpenMat(options), options),
            (true, _) => RequireComplex(OpenMat(options), options.Path),
            (_, RecordedLayout.Csinet) => CsiNet(OpenNpy(NpyFile.OpenRealOrComplex(options.Path)), options),
            _ => OpenNpy(NpyFile.Open(options.Path)),
        };
    }

    private static Recording OpenNpy(NpyFile file)
    {
        file.RequireFinite();
        return new Recording(file.Shape, file.IsComplex, file.Rows);
    }

    private static Recording OpenMat(RecordedOptions options)
    {
        var array = MatFile.Read(options.Path, options.Variable);
        return new Recording(array.Shape, array.IsComplex, array.Rows);
    }

    private static Recording RequireComplex(Recording recording, string path) => recording.IsComplex
        ? recording
        : throw new RecordingMismatchException($"{path} holds real numbers; channels are complex (real rows around 0.5 are read with 'layout: csinet').");

    /// <summary>Reads rows in one of the two CsiNet layouts as channels.</summary>
    private static Recording CsiNet(Recording rows, RecordedOptions options)
    {
        var antennas = options.Array.Ports;
        var (crop, frequency) = (2L * antennas * CsiNetLayout.Delays, (long)antennas * CsiNetLayout.Subcarriers);
        if (rows.Shape.Count != 2 || rows.Shape[1] != (rows.IsComplex ? frequency : crop))
            throw new RecordingMismatchException($"{options.Path} holds {(rows.IsComplex ? "complex" : "real")} numbers of shape ({string.Join(", ", rows.Shape)}); the CsiNet layout with {antennas} antennas has [N, {crop}] real (HT) or [N, {frequency}] complex numbers (HF_all).");
        if (rows.IsComplex)
            return Channels(rows, CsiNetLayout.Subcarriers, antennas, entries => CsiNetLayout.FrequencyToChannels(entries, options.Array));
        RequireUnitRange(rows, options.Path);
        return Channels(rows, CsiNetLayout.Points, antennas, entries => CsiNetLayout.ToChannels(entries, options.Array));
    }

    private static Recording Channels(Recording rows, int subcarriers, int antennas, Func<Tensor, Tensor> convert) =>
        new([rows.Shape[0], subcarriers, 1, antennas], true, (first, count) =>
        {
            using var scope = NewDisposeScope();
            return convert(rows.Rows(first, count)).MoveToOuterDisposeScope();
        });

    private static void RequireUnitRange(Recording rows, string path)
    {
        for (long first = 0; first < rows.Shape[0]; first += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var count = (int)Math.Min(RowsAtOnce, rows.Shape[0] - first);
            var farthest = (rows.Rows(first, count) - CsiNetLayout.Middle).abs().max().item<float>();
            if (farthest > CsiNetLayout.Middle + Rounding)
                throw new RecordingMismatchException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path} holds numbers as far as {farthest} from 0.5 in rows {first} to {first + count - 1}; HT lies in [0, 1] with zero at 0.5."));
        }
    }
}

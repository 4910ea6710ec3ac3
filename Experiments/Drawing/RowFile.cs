using Simulator.Files;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>An array that grows row by row in an <c>.npy</c> or <c>.mat</c> file, as the name's end says; it is there whole or not at all.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly NpyWriter? npy;
    private readonly MatWriter? mat;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="variable">The array's name, where the format has names.</param>
    /// <param name="type">Complex64 or float32.</param>
    /// <param name="shape">Lengths of the axes.</param>
    public RowFile(string path, string variable, ScalarType type, params long[] shape)
    {
        if (IsMat(path))
            mat = new MatWriter(path, variable, type, shape);
        else
            npy = new NpyWriter(path, type, shape);
    }

    /// <summary>Whether files of this name can be written.</summary>
    /// <param name="path">The path.</param>
    public static bool IsKnown(string path) => IsMat(path) || path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the next rows.</summary>
    /// <param name="rows">Rows as announced.</param>
    public void Append(Tensor rows)
    {
        npy?.Append(rows);
        mat?.Append(rows);
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Complete()
    {
        npy?.Complete();
        mat?.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        npy?.Dispose();
        mat?.Dispose();
    }

    private static bool IsMat(string path) => path.EndsWith(".mat", StringComparison.OrdinalIgnoreCase);
}

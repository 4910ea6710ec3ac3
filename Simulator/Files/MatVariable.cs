namespace Simulator.Files;

/// <summary>A variable of a <c>.mat</c> file, without its numbers.</summary>
/// <param name="Name">Its name in MATLAB.</param>
/// <param name="Kind">Its array class, e.g. <c>double</c>, <c>single</c> or <c>cell</c>.</param>
/// <param name="IsComplex">Whether it has an imaginary part.</param>
/// <param name="Shape">Lengths of the axes in MATLAB's order.</param>
/// <param name="Position">Where its element begins in the file [byte].</param>
internal sealed record MatVariable(string Name, string Kind, bool IsComplex, IReadOnlyList<long> Shape, long Position)
{
    private static readonly string[] Kinds =
    [
        "unknown", "cell", "struct", "object", "char", "sparse", "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "function", "opaque",
    ];

    /// <summary>Whether it is a full array of numbers.</summary>
    public bool IsNumeric => Array.IndexOf(Kinds, Kind) is >= 6 and <= 15;

    /// <summary>The name of an array class.</summary>
    /// <param name="number">Its number in the file.</param>
    public static string KindOf(uint number) => number < Kinds.Length ? Kinds[number] : Kinds[0];

    /// <summary>Name, class and shape for messages, e.g. <c>HT (100 x 2048 single)</c>.</summary>
    public override string ToString() => $"{Name} ({string.Join(" x ", Shape)} {(IsComplex ? "complex " : "")}{Kind})";
}

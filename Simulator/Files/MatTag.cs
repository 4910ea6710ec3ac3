namespace Simulator.Files;

/// <summary>The head of a data element of a <c>.mat</c> file of level 5.</summary>
/// <param name="Type">The data type, e.g. 9 for double precision or 14 for a matrix.</param>
/// <param name="Length">Bytes of data.</param>
/// <param name="IsSmall">Whether the data lie within the head, in its last four bytes.</param>
internal readonly record struct MatTag(uint Type, uint Length, bool IsSmall)
{
    /// <summary>The type of names.</summary>
    public const uint Characters = 1;

    /// <summary>The type of lengths of axes.</summary>
    public const uint Integers = 5;

    /// <summary>The type of array flags.</summary>
    public const uint UnsignedIntegers = 6;

    /// <summary>The type of numbers in single precision.</summary>
    public const uint Singles = 7;

    /// <summary>The type of a variable.</summary>
    public const uint Matrix = 14;

    /// <summary>The type of a variable in zlib's format.</summary>
    public const uint Compressed = 15;

    /// <summary>Bytes of one number.</summary>
    public int ElementBytes => Type switch
    {
        1 or 2 => 1,
        3 or 4 => 2,
        5 or 6 or 7 => 4,
        9 or 12 or 13 => 8,
        _ => 0,
    };

    /// <summary>Bytes that fill the data up to a multiple of eight, or of four within the head.</summary>
    public int Padding => IsSmall ? 4 - (int)Length : (int)(8 - Length % 8) % 8;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Planning;

namespace Experiments.Running;

/// <summary>The finished blocks of one experiment on disk, so that a killed run resumes where it was.</summary>
/// <remarks>A block's file is named by what its point is, not by its number, so that curves come, go and move while all others keep their blocks.</remarks>
public sealed class ResultFolder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private const int NameDigits = 16;
    private readonly string points;

    /// <summary>Opens or makes the folder.</summary>
    /// <param name="path">The experiment's folder, e.g. <c>results/NAME</c>.</param>
    public ResultFolder(string path)
    {
        Path = path;
        points = System.IO.Path.Combine(path, "points");
        Directory.CreateDirectory(points);
    }

    /// <summary>The experiment's folder.</summary>
    public string Path { get; }

    /// <summary>Removes half-written files of a killed run; call it only while no other process works here.</summary>
    public void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(points, ".*.part"))
        {
            File.Delete(leftover);
        }
    }

    /// <summary>The SHA-256 that ties a block to its point.</summary>
    /// <param name="point">The point.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Identity(PlannedPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(point.Canonical)));
    }

    /// <summary>Whether a block of a point is finished.</summary>
    /// <param name="point">The point.</param>
    /// <param name="block">Drop-block index.</param>
    /// <returns>Whether its file is there.</returns>
    public bool Has(PlannedPoint point, int block) => File.Exists(BlockPath(point, block));

    /// <summary>Reads a finished block.</summary>
    /// <param name="point">The point.</param>
    /// <param name="block">Drop-block index.</param>
    /// <returns>The block.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another point; delete it to have it made again.</exception>
    public BlockResult Read(PlannedPoint point, int block)
    {
        var path = BlockPath(point, block);
        BlockResult? result;
        try
        {
            result = JsonSerializer.Deserialize<BlockResult>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"{path} is damaged ({damage.Message}); delete it and run again.", damage);
        }
        return result is not null && result.Point == Identity(point)
            ? result
            : throw new InvalidDataException($"{path} belongs to another point; delete it and run again.");
    }

    /// <summary>Keeps a finished block.</summary>
    /// <param name="point">The point.</param>
    /// <param name="result">Its block.</param>
    public void Write(PlannedPoint point, BlockResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        AtomicFile.Write(BlockPath(point, result.Block), stream => JsonSerializer.Serialize(stream, result, Json));
    }

    /// <summary>Writes the reason why a point failed beside its results.</summary>
    /// <param name="point">The point.</param>
    /// <param name="error">What happened.</param>
    public void WriteError(PlannedPoint point, Exception error) =>
        AtomicFile.Write(ErrorPath(point), stream => stream.Write(Encoding.UTF8.GetBytes(error.ToString() + "\n")));

    /// <summary>The first line of why a point failed.</summary>
    /// <param name="point">The point.</param>
    /// <returns>The reason; empty if it did not fail.</returns>
    public string ReadError(PlannedPoint point) =>
        File.Exists(ErrorPath(point)) ? File.ReadLines(ErrorPath(point)).FirstOrDefault("") : "";

    /// <summary>Forgets an earlier failure, so that the point is tried again.</summary>
    /// <param name="point">The point.</param>
    public void ClearError(PlannedPoint point) => File.Delete(ErrorPath(point));

    private string BlockPath(PlannedPoint point, int block) => System.IO.Path.Combine(
        points, string.Create(CultureInfo.InvariantCulture, $"{Identity(point)[..NameDigits]}-{block:D4}.json"));

    private string ErrorPath(PlannedPoint point) => System.IO.Path.Combine(points, Identity(point)[..NameDigits] + ".error.txt");
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Reporting;

/// <summary>How results came about: enough to repeat them and to notice when something differs.</summary>
public sealed record Manifest
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The input file as the user named it.</summary>
    public string InputFile { get; init; } = "experiments.yaml";

    /// <summary>The input as resolved, one JSON document.</summary>
    public required string ResolvedInput { get; init; }

    /// <summary>The root seeds by the name of what they are drawn for, e.g. the scenario's.</summary>
    public required IReadOnlyDictionary<string, ulong> Seeds { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>The git commit that the program was built from; empty if it is not known.</summary>
    public string GitCommit { get; init; } = "";

    /// <summary>Operating system, processor and runtime.</summary>
    public string Machine { get; init; } = ThisMachine();

    /// <summary>Version of libtorch; empty if it is not known.</summary>
    public string Libtorch { get; init; } = "";

    /// <summary>Where tensors are computed, e.g. <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>SHA-256 of the input as resolved, in lower-case hexadecimal digits.</summary>
    public string InputSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ResolvedInput)));

    /// <summary>Describes the machine that this runs on.</summary>
    /// <returns>Operating system, processor and runtime, e.g. <c>Debian GNU/Linux 12 (bookworm), X64, 2 processors, .NET 10.0.0</c>.</returns>
    public static string ThisMachine() =>
        FormattableString.Invariant($"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
}

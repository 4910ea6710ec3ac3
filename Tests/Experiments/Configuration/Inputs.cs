using Experiments.Configuration;
using Experiments.Planning;

namespace Tests.Experiments.Configuration;

/// <summary>Input files from text.</summary>
internal static class Inputs
{
    /// <summary>A valid file that tests break or extend.</summary>
    public const string Valid = """
        seed: 7
        scenarios:
          rich: { channel: rayleigh, subcarriers: 64, bandwidth: 20 MHz, array: { columns: 8 } }
        feedback:
          taps: { scheme: strongest-taps, taps: [4, 8], value-bits: 4 }
        links:
          single: { users: 1, snr: 10 dB }
        experiments:
          first: { scenario: rich, link: single, feedback: [uncompressed, taps], drops: 64 }

        """;

    public static IReadOnlyList<ExperimentPlan> Read(string yaml, params string[] set) =>
        Read(yaml, new InputOverrides { Set = set });

    public static IReadOnlyList<ExperimentPlan> Read(string yaml, InputOverrides overrides)
    {
        var folder = Directory.CreateTempSubdirectory("sim-input-");
        try
        {
            var file = Path.Combine(folder.FullName, "input.yaml");
            File.WriteAllText(file, yaml);
            return InputFile.Read(file, overrides);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>All errors of a file as they are shown, without the folder's name.</summary>
    public static string Errors(string yaml, InputOverrides? overrides = null)
    {
        var exception = Assert.Throws<BadInputException>(() => Read(yaml, overrides ?? new InputOverrides()));
        return string.Join('\n', exception.Errors.Select(error => (error with
        {
            File = error.Line > 0 ? Path.GetFileName(error.File) : error.File,
            Message = error.Message.Split(" (looked for in ")[0],
        }).ToString()));
    }
}

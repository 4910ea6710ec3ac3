using Tests.Support;

namespace Tests.Experiments.Commands;

public sealed class RunCommandTests
{
    private const string Input = """
        seed: 3
        scenarios:
          rich: { channel: rayleigh, subcarriers: 32, bandwidth: 1 MHz, array: { columns: 8 } }
        feedback:
          taps: { scheme: strongest-taps, taps: [2, 4, 8], value-bits: 4, delay-rows: 16 }
        links:
          pair: { users: 2, precoder: zero-forcing, snr: [0 dB, 10 dB], estimator: { name: noisy, snr: 10 dB }, delay-rows: 16 }
        experiments:
          small: { scenario: rich, link: pair, feedback: [uncompressed, taps, dft-codebook], drops: 256, block: 8 }
        """;

    [Fact]
    public void Run_KilledThreeTimes_ResumesToTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["small.yaml"], Input);
        ToolProcess.Run("run", folder["small.yaml"], "--out", folder["whole"], "--workers", "1");

        for (var kill = 0; kill < 3; kill++)
        {
            using var process = ToolProcess.Start("run", folder["small.yaml"], "--out", folder["killed"], "--workers", "2");
            var before = Blocks(folder["killed"]);
            SpinWait.SpinUntil(() => process.HasExited || Blocks(folder["killed"]) > before + 10, TimeSpan.FromMinutes(2));
            process.Kill();
            process.WaitForExit();
        }
        Assert.False(File.Exists(Path.Combine(folder["killed"], "small", "results.csv")), "The run ended before it was killed.");
        ToolProcess.Run("run", folder["small.yaml"], "--out", folder["killed"]);

        Assert.Equal(Results(folder["whole"]), Results(folder["killed"]));
    }

    private static int Blocks(string folder)
    {
        var points = Path.Combine(folder, "small", "points");
        return Directory.Exists(points) ? Directory.GetFiles(points, "*.json").Length : 0;
    }

    private static byte[] Results(string folder) => File.ReadAllBytes(Path.Combine(folder, "small", "results.csv"));
}

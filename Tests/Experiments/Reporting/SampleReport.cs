using Experiments.Reporting;

namespace Tests.Experiments.Reporting;

/// <summary>A small report with everything that is awkward to write.</summary>
internal static class SampleReport
{
    public static PointResult Point(string scheme, string setting, double bits, double efficiency, string scenario = "indoor", int users = 1) => new()
    {
        Experiment = "se-vs-bits",
        Scenario = scenario,
        Scheme = scheme,
        Setting = setting,
        Users = users,
        Precoder = "maximum-ratio",
        SnrDecibels = 10,
        Drops = 96,
        BitsMean = bits,
        BitsMinimum = Math.Floor(bits),
        BitsMaximum = Math.Ceiling(bits),
        NmseDecibels = new(-3.5 - bits / 64),
        NmseCropDecibels = new(-4.25 - bits / 64, -4.5 - bits / 64, -4 - bits / 64),
        Rho = new(1 - 1 / bits),
        Sgcs = new(1.0 / 3),
        SpectralEfficiency = new(efficiency, efficiency - 0.125, efficiency + 0.125),
        PerfectSpectralEfficiency = 8.304,
        NetSpectralEfficiency = efficiency - bits / 100000,
        UserQuantile = 0.1 + 0.2,
    };

    public static ExperimentReport Create() => new()
    {
        Name = "se-vs-bits",
        Points =
        [
            Point("strongest-taps", "taps=16", 272, 7.5),
            Point("strongest-taps", "taps=4", 80, 6.25),
            Point("strongest-taps", "taps=8", 144, 7) with { Further = new Dictionary<string, double> { ["uci_bits"] = 144, ["pmi_bits"] = 139.5 } },
            Point("a \"quoted\", <one>", "x=1,y=2", 33.3, 5.5),
            Point("dft-codebook", "", 10, 4.5) with { NmseDecibels = Estimate.Undefined, NmseCropDecibels = Estimate.Undefined },
            new()
            {
                Experiment = "se-vs-bits", Scenario = "indoor", Scheme = "csinet", Setting = "ratio=4", Users = 1, Precoder = "maximum-ratio", SnrDecibels = 10, Drops = 0,
                Error = "models/csinet.safetensors: the checksum is wrong.",
            },
        ],
        Timings = [new(Point("strongest-taps", "taps=16", 272, 7.5), 1.5), new(Point("strongest-taps", "taps=4", 80, 6.25), 0)],
        Manifest = new()
        {
            Experiment = "se-vs-bits",
            ResolvedInput = """{ "scenarios": { "indoor": { "channel": "cost2100/indoor-hall-5ghz", "bandwidth": 2e7 } }, "note": "a < b & ü" }""",
            Seeds = new Dictionary<string, ulong> { ["outdoor"] = ulong.MaxValue, ["indoor"] = 7 },
            Version = "0.1.0",
            GitCommit = "0123456789abcdef0123456789abcdef01234567",
            Machine = "Debian GNU/Linux 12, X64, 2 processors, .NET 10",
            Libtorch = "1.13.1",
        },
    };
}

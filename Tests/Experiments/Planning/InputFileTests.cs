using System.Text.Json.Nodes;
using Tests.Experiments.Configuration;
using Tests.Support;

namespace Tests.Experiments.Planning;

public sealed class InputFileTests
{
    [Fact]
    public void Read_Sweeps_ExpandInTheOrderOfTheFile()
    {
        var yaml = Inputs.Valid
            .Replace("value-bits: 4", "value-bits: [3, 4]", StringComparison.Ordinal)
            .Replace("snr: 10 dB", "snr: [0 dB, 10 dB]", StringComparison.Ordinal);
        var plan = Inputs.Read(yaml)[0];
        Assert.Equal(Enumerable.Range(1, 10), plan.Points.Select(point => point.Number));
        Assert.Equal(
            ["", "taps=4; value-bits=3", "taps=4; value-bits=4", "taps=8; value-bits=3", "taps=8; value-bits=4"],
            plan.Points.Take(5).Select(point => point.Scheme.Setting));
        Assert.Equal([0, 0, 0, 0, 0, 10, 10, 10, 10, 10], plan.Points.Select(point => point.SnrDecibels));
        Assert.Equal(["uncompressed", "taps"], plan.Points.Select(point => point.Scheme.Name).Distinct());
    }

    [Fact]
    public void Read_Canonical_HasSortedKeysAndNoDrops()
    {
        var point = Inputs.Read(Inputs.Valid)[0].Points[1];
        Assert.Equal(
            """{"array":{"columns":8,"polarisations":1,"rows":1},"bandwidth":20000000,"channel":"rayleigh","normalise":"drop","options":{},"receive-antennas":1,"slot-duration":0.001,"slots":1,"subcarriers":64,"users":1}""",
            point.Group.Canonical);
        var keys = JsonNode.Parse(point.Canonical)!.AsObject().Select(pair => pair.Key).ToList();
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.DoesNotContain("drops", point.Canonical, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', point.Canonical);
    }

    [Fact]
    public void Read_NamesAndDropsAndSchemes_DoNotChangeTheChannels()
    {
        var plain = Inputs.Read(Inputs.Valid)[0].Points[0].Group.Canonical;
        var renamed = Inputs.Valid.Replace("rich", "poor", StringComparison.Ordinal).Replace("drops: 64", "drops: 32", StringComparison.Ordinal);
        Assert.Equal(plain, Inputs.Read(renamed, "links.single.snr=3 dB", "links.single.precoder=eigen")[0].Points[0].Group.Canonical);
    }

    [Fact]
    public void Read_Defaults_AreResolved()
    {
        var resolved = JsonNode.Parse(Inputs.Read(Inputs.Valid)[0].ResolvedInput)!;
        Assert.Equal(0.005, (double)resolved["links"]![0]!["period"]!);
        Assert.Equal("maximum-ratio", (string?)resolved["links"]![0]!["precoder"]!["name"]);
        Assert.Equal(64, (int)resolved["drops"]!);
        Assert.Equal(32, (int)resolved["block"]!);
        Assert.Equal(7, (int)resolved["seed"]!);
        Assert.Equal(3, resolved["feedback"]!.AsArray().Count);
    }

    [Fact]
    public void Read_InlineBlocks_TakeTheirPluginsNames()
    {
        var plan = Inputs.Read("""
            experiments:
              inline:
                scenario: { channel: rayleigh, subcarriers: 64, array: { columns: 4, rows: 2, polarisations: 2 } }
                link: { users: 2, precoder: zero-forcing, estimator: [perfect, { name: noisy, snr: 3 dB }] }
                feedback: [{ scheme: strongest-taps, rate: { budget: [64 b, 128 b] } }, dft-codebook]
            """)[0];
        Assert.Equal(6, plan.Points.Count);
        Assert.Equal(["strongest-taps", "dft-codebook"], plan.Points.Select(point => point.Scheme.Name).Distinct());
        Assert.Equal(["budget=64 b", "budget=128 b", ""], plan.Points.Take(3).Select(point => point.Scheme.Setting));
        Assert.Equal(["perfect", "noisy 3 dB"], plan.Points.Select(point => point.EstimatorName).Distinct());
        Assert.All(plan.Points, point => Assert.Equal("rayleigh", point.Group.Scenario));
        Assert.All(plan.Points, point => Assert.Equal(16, point.Group.Transform.Array.Ports));
    }

    [Fact]
    public void Read_ScenarioSweep_IsNamedByItsValues()
    {
        var plan = Inputs.Read(Inputs.Valid, "scenarios.rich.bandwidth=[10 MHz, 20 MHz]")[0];
        Assert.Equal(["rich (bandwidth=10 MHz)", "rich (bandwidth=20 MHz)"], plan.Points.Select(point => point.Group.Scenario).Distinct());
    }

    [Theory]
    [InlineData("experiments.yaml")]
    [InlineData("docs/examples/quick.yaml")]
    [InlineData("docs/examples/movement.yaml")]
    [InlineData("docs/examples/impairments.yaml")]
    [InlineData("docs/examples/paths.yaml")]
    [InlineData("docs/examples/rate-distortion.yaml")]
    [InlineData("benchmarks/codecs.yaml")]
    public void Read_ShippedInput_IsValid(string file) => Assert.NotEmpty(global::Experiments.Planning.InputFile.Read(
        Path.Combine(RepositoryRoot.Path, file), new global::Experiments.Planning.InputOverrides()));
}

using System.Globalization;
using System.Text.Json.Nodes;
using Channels;
using Experiments;
using Experiments.Commands;
using Simulator;
using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Experiments.Commands;

/// <summary><c>sim channels draw</c> and <c>sim channels stats</c>.</summary>
public sealed class ChannelsCommandTests : IDisposable
{
    private const string Indoor = "cost2100/indoor-hall-5ghz";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Draw_NpyAndMat_SameDropsOfTheRightShape()
    {
        using var scope = NewDisposeScope();
        string[] same = ["--channel", Indoor, "--drops", "35", "--users", "2", "--subcarriers", "40", "--columns", "4", "--set", "receive-antennas=2"];
        Succeed(["channels", "draw", .. same, "--out", folder["a.npy"]]);
        Succeed(["channels", "draw", .. same, "--out", folder["a.mat"]]);
        var npy = NpyFile.Open(folder["a.npy"]);
        var mat = MatFile.Read(folder["a.mat"], "H");
        Assert.Equal([35, 1, 2, 40, 2, 4], npy.Shape);
        Assert.Equal(npy.Shape, mat.Shape);
        var drops = npy.Rows(0, 35);
        Assert.True(mat.Rows(0, 35).Equals(drops));
        Assert.Equal(1, drops.abs().square().mean([1L, 3L, 4L, 5L])[34, 1].item<float>(), 1e-4);
        Assert.Equal(["a.mat", "a.npy"], folder.Files);
    }

    [Fact]
    public void Draw_FewerDropsOtherSeed_PrefixAndOthers()
    {
        using var scope = NewDisposeScope();
        Tensor Drawn(params string[] more)
        {
            Succeed(["channels", "draw", "--channel", "rayleigh", "--subcarriers", "8", "--columns", "4", .. more, "--out", folder["a.npy"]]);
            var file = NpyFile.Open(folder["a.npy"]);
            return file.Rows(0, (int)file.Count);
        }
        var many = Drawn("--drops", "40");
        Assert.True(Drawn("--drops", "33").Equals(many.narrow(0, 0, 33)));
        Assert.False(Drawn("--drops", "40", "--seed", "2").Equals(many));
    }

    [Fact]
    public void Draw_ScenarioOfAFile_DropsOfTheRun()
    {
        using var scope = NewDisposeScope();
        File.WriteAllText(folder["a.yaml"], "seed: 7\nscenarios:\n  small: { channel: rayleigh, subcarriers: 8, array: { columns: 4 } }\n");
        Succeed("channels", "draw", "--channel", folder["a.yaml"] + ":small", "--drops", "40", "--out", folder["a.npy"]);
        Succeed("channels", "draw", "--channel", "rayleigh", "--subcarriers", "8", "--columns", "4", "--seed", "7", "--drops", "40", "--out", folder["b.npy"]);
        Assert.Equal(File.ReadAllBytes(folder["b.npy"]), File.ReadAllBytes(folder["a.npy"]));
    }

    [Theory]
    [InlineData("npy")]
    [InlineData("mat")]
    public void Draw_CsiNetLayout_RecordedAgainGivesTheCrops(string format)
    {
        using var scope = NewDisposeScope();
        string[] same = ["--channel", Indoor, "--drops", "33", "--subcarriers", "128", "--columns", "8"];
        Succeed(["channels", "draw", .. same, "--out", folder["h.npy"]]);
        Succeed(["channels", "draw", .. same, "--layout", "csinet", "--out", folder["ht." + format]]);
        Succeed(["channels", "draw", .. same, "--layout", "csinet-frequency", "--out", folder["hf." + format]]);
        var card = JsonNode.Parse(File.ReadAllText(folder[$"ht.{format}.json"]))!;
        var scale = card["scale"]!.GetValue<double>();
        var options = new RecordedOptions { Array = new AntennaArray(8), Layout = RecordedLayout.Csinet, Normalisation = Normalisation.Model };
        var crops = new RecordedChannel(options with { Path = folder["ht." + format] }).Read(0, 33, new ResourceGrid(257, 20e6)).Channel;
        var frequency = new RecordedChannel(options with { Path = folder["hf." + format] }).Read(0, 33, new ResourceGrid(125, 20e6)).Channel;

        var drawn = new AngularDelayTransform(new AntennaArray(8), 128, 32).Crop(NpyFile.Open(folder["h.npy"]).Rows(0, 33));
        var restored = new AngularDelayTransform(new AntennaArray(8), 257, 32).Crop(crops) / scale;
        // Values around 0.5 in single precision are 3e-8 apart; the scale brings that to the largest entry.
        Assert.True((restored - drawn).abs().max().item<float>() < 1e-6 / scale);
        Assert.True((crops.narrow(3, 0, 125) - frequency).abs().max().item<float>() < 1e-6);
        Assert.Equal(0.5, scale * view_as_real(drawn).abs().max().item<float>(), 1e-6);
        Assert.DoesNotContain(folder.Files, name => name.Contains("crops", StringComparison.Ordinal) || name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_CsiNetLayoutFromOneLine_PublishedConditions()
    {
        Succeed("channels", "draw", "--channel", Indoor, "--drops", "40", "--subcarriers", "257", "--layout", "csinet", "--out", folder["data.mat"]);
        File.WriteAllText(folder["a.yaml"], """
            scenarios:
              published: { channel: recorded, path: data.mat, variable: HT, layout: csinet, subcarriers: 257, bandwidth: 20.078125 MHz }
            feedback:
              taps: { scheme: strongest-taps, taps: 1024, value-bits: 16 }
            links:
              one: { users: 1 }
            experiments:
              a: { scenario: published, link: one, feedback: taps, drops: 40 }
            """);
        Succeed("run", folder["a.yaml"], "--out", folder["results"]);
        var lines = File.ReadAllLines(Directory.EnumerateFiles(folder["results"], "results.csv", SearchOption.AllDirectories).Single());
        var row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal("40", row["drops"]);
        // All energy is in the crop, so that both errors are the same.
        Assert.Equal(double.Parse(row["nmse_crop_db"], CultureInfo.InvariantCulture), double.Parse(row["nmse_db"], CultureInfo.InvariantCulture), 0.01);
    }

    [Theory]
    [InlineData(Indoor, "indoor-hall-5ghz", 300)]
    [InlineData("cost2100/semi-urban-300mhz-los", "semi-urban-300mhz-los", 60)]
    public void Stats_Cost2100_MeansNearTheReference(string channel, string reference, int drops)
    {
        var text = Succeed("channels", "stats", "--channel", channel, "--drops", drops.ToString(CultureInfo.InvariantCulture), "--per-drop", folder["a.csv"], "--json");
        var statistics = JsonNode.Parse(text)!["statistics"]!.AsObject();
        var theirs = DropTable.Read(reference);
        string[] compared = ["dist_m", "n_mpc", "total_gain_dB", "excess_gain_dB", "ds_ns", "asd_BS_deg", "asa_MS_deg", "esd_BS_deg", "esa_MS_deg", "frac32_abs", "frac32_aligned", "N90", "N95", "N99", "N90_aligned", "N95_aligned", "N99_aligned", "eff_num_mpc"];
        foreach (var name in compared)
        {
            var values = theirs[name];
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            // Five standard errors of the difference of both means.
            Assert.Equal(mean, statistics[name]!["mean"]!.GetValue<double>(), 5 * deviation * Math.Sqrt(1.0 / drops + 1.0 / values.Length));
        }
        var lines = File.ReadAllLines(folder["a.csv"]);
        Assert.Equal(drops + 1, lines.Length);
        Assert.StartsWith("drop,user,dist_m,n_mpc,K_dB,pathgain_dB,", lines[0], StringComparison.Ordinal);
        Assert.Subset(theirs.Keys.Append("drop").Append("user").ToHashSet(), lines[0].Split(',').ToHashSet());
    }

    [Fact]
    public void Stats_Figures_AreDrawnBesideTheReference()
    {
        var text = Succeed("channels", "stats", "--channel", Indoor, "--drops", "32", "--users", "2", "--subcarriers", "64", "--figures", folder["figures"], "--reference", ReferenceFile.Cost2100("indoor-hall-5ghz"));
        Assert.StartsWith($"{Indoor}: 32 drops of 2 users, seed 1", text, StringComparison.Ordinal);
        Assert.Equal(["angular-delay.svg", "azimuth-spread.svg", "delay-spread.svg", "power-delay-profile.svg"], Directory.EnumerateFiles(folder["figures"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("reference", File.ReadAllText(Path.Combine(folder["figures"], "delay-spread.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_MovingUsers_FiguresOverTheSlots()
    {
        Succeed("channels", "stats", "--channel", Indoor, "--drops", "8", "--subcarriers", "16", "--columns", "4", "--set", "slots=6", "--set", "speed=3 km/h", "--figures", folder["moving"]);
        Assert.Contains("J₀(2πf_D t)", File.ReadAllText(Path.Combine(folder["moving"], "slot-correlation.svg")), StringComparison.Ordinal);
        Assert.Contains("|h| [dB]", File.ReadAllText(Path.Combine(folder["moving"], "slot-magnitude.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_ModelWithoutPaths_HasTheColumnsOfH()
    {
        var statistics = JsonNode.Parse(Succeed("channels", "stats", "--channel", "rayleigh", "--drops", "64", "--subcarriers", "64", "--columns", "4", "--json"))!["statistics"]!.AsObject();
        Assert.Equal(["total_gain_dB", "frac32", "N90", "N95", "N99"], statistics.Select(pair => pair.Key));
        // Half of the delay rows hold half of the energy: 64 drops of 256 entries, deviation sqrt(1/4/256/64).
        Assert.Equal(0.5, statistics["frac32"]!["mean"]!.GetValue<double>(), 4 * Math.Sqrt(0.25 / 256 / 64));
    }

    [Theory]
    [InlineData("'raylegh' is not a channel model; did you mean 'rayleigh'?", "draw", "--channel", "raylegh", "--out", "@a.npy")]
    [InlineData("--out '", "draw", "--channel", "rayleigh", "--out", "@a.csv")]
    [InlineData("its folder does not exist", "draw", "--channel", "rayleigh", "--out", "@none/a.npy")]
    [InlineData("--layout 'csnet' is not a layout; did you mean 'csinet'?", "draw", "--channel", "rayleigh", "--layout", "csnet", "--out", "@a.npy")]
    [InlineData("the key 'tming' is not known", "draw", "--channel", Indoor, "--set", "tming=los", "--out", "@a.npy")]
    [InlineData("'20' lacks a unit", "draw", "--channel", "rayleigh", "--bandwidth", "20", "--out", "@a.npy")]
    [InlineData("is a sweep of 2 scenarios", "draw", "--channel", "rayleigh", "--subcarriers", "[8, 16]", "--out", "@a.npy")]
    [InlineData("--drops 0 is out of range; permitted: 1 to 10000000.", "stats", "--channel", "rayleigh", "--drops", "0")]
    [InlineData("--users 65 is out of range; permitted: 1 to 64.", "stats", "--channel", "rayleigh", "--users", "65")]
    [InlineData("the scenario has 1, 1 and 8.", "draw", "--channel", "rayleigh", "--subcarriers", "8", "--layout", "csinet", "--out", "@a.npy")]
    [InlineData("a variable of a .mat file of level 5 has less than 2147483648: write .npy or fewer rows.", "draw", "--channel", "rayleigh", "--drops", "9000", "--out", "@a.mat")]
    [InlineData("has no variable 'HT'", "stats", "--channel", "recorded", "--set", "path=@@plain.mat", "--set", "variable=HT")]
    [InlineData("See 'sim channels draw --help'.", "draw", "--channel", "rayleigh", "--figures", "x", "--out", "@a.npy")]
    [InlineData("does not exist", "stats", "--channel", "rayleigh", "--reference", "@none.csv")]
    public void BadInput_OneSentence_LeavesNothing(string sentence, params string[] args)
    {
        var (code, text) = Invoke(["channels", .. args.Select(arg => arg.Replace("@@", ReferenceFile.Mat("./"), StringComparison.Ordinal).Replace("@", folder["./"], StringComparison.Ordinal))]);
        Assert.Equal(2, code);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    private static string Succeed(params string[] args)
    {
        var (code, text) = Invoke(args);
        Assert.True(code == 0, text);
        return text;
    }

    private static (int Code, string Text) Invoke(params string[] args)
    {
        using var text = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Invoke(Program.CreateRoot(), args, text, error);
        return (code, code == 0 ? text.ToString() : error.ToString());
    }
}

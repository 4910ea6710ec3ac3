using System.Globalization;
using System.Text.Json.Nodes;
using Experiments;
using Experiments.Commands;
using Experiments.Reporting;
using Tests.Experiments.Reporting;
using Tests.Support;

namespace Tests.Experiments.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Compare_TwoFolders_IsTheExpectedTable(string culture)
    {
        Write("first", [.. Curve("beams", 1.5), .. Curve("taps", 1), .. Curve("transform", 0.8, bent: true), Point("uncompressed", 65536, -120)]);
        Write("second", [.. Curve("taps", 0.5), .. Curve("transform", 0.8, bent: true)]);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            var (code, output, error) = Invoke("compare", root["first"], root["second"], "--reference", "taps", "--quality", "nmse_crop_db", "--quality", "se");

            Assert.Equal((CommandLine.Done, ""), (code, error));
            Assert.Equal(
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expected", "Reporting", "compare.txt")),
                string.Join('\n', output.Replace(root[""] + "/", "", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Compare_AsJson_GivesTheNumbersOfTheClosedForm()
    {
        Write("first", [.. Curve("taps", 1), .. Curve("half", 0.5)]);

        var (_, output, _) = Invoke("compare", root["first"], "--json", "--quality", "nmse_db");

        var row = Assert.Single(JsonNode.Parse(output)!.AsArray())!;
        Assert.Equal(("taps", "half", "nmse_db"), ((string)row["reference"]!, (string)row["scheme"]!, (string)row["quality"]!));
        // 3 dB an octave: half of the bits at equal error, 3 dB less error at equal bits.
        Assert.Equal(-50, (double)row["bd_rate_percent"]!, 9);
        Assert.Equal(-3, (double)row["bd_quality"]!, 9);
        Assert.Equal((32.0, 128.0), ((double)row["bits_low"]!, (double)row["bits_high"]!));
    }

    [Fact]
    public void Compare_WithManifest_TakesTheFirstStrongestTaps()
    {
        Write("first", [.. Curve("a", 2), .. Curve("b", 1)]);
        File.WriteAllText(
            Path.Combine(root["first"], "manifest.json"),
            """{"input":{"feedback":[{"name":"a","resolved":{"scheme":"transform"}},{"name":"b","resolved":{"scheme":"strongest-taps"}}]}}""");

        var (_, output, _) = Invoke("compare", root["first"], "--json", "--quality", "nmse_db");

        Assert.Equal("b", (string)JsonNode.Parse(output)!.AsArray().Single()!["reference"]!);
    }

    [Fact]
    public void Compare_FolderOfExperiments_ReadsAllOfThem()
    {
        Write(Path.Combine("all", "x"), [.. Curve("taps", 2), .. Curve("b", 1)]);
        Write(Path.Combine("all", "y"), [.. Curve("taps", 2), .. Curve("c", 1)]);
        Directory.CreateDirectory(Path.Combine(root["all"], "unfinished"));

        var (_, output, _) = Invoke("compare", root["all"], "--json", "--quality", "rho");

        Assert.Equal(["b", "c"], JsonNode.Parse(output)!.AsArray().Select(row => (string)row!["scheme"]!));
    }

    [Fact]
    public void Compare_OtherSnrOrEstimator_DoesNotMeet()
    {
        Write("first", [.. Curve("taps", 1), .. Curve("b", 1).Select(point => point with { SnrDecibels = 0 }), .. Curve("c", 1).Select(point => point with { Estimator = "noisy 10 dB" })]);

        var (code, output, _) = Invoke("compare", root["first"], "--quality", "rho");

        Assert.Equal(CommandLine.Done, code);
        Assert.Equal(2, output.Split("0 points of the reference, at least 3 are needed").Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Compare_AtBits_IsTheClosedFormAndNothingBeyondTheCurve(string culture)
    {
        Write("first", [.. Curve("taps", 1), .. Curve("half", 0.5), Point("alone", 64, -5)]);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            var (code, output, error) = Invoke("compare", root["first"], "--at", "32,90.509667991878082,200", "--quality", "nmse_db", "--markdown");

            Assert.Equal((CommandLine.Done, ""), (code, error));
            // 3 dB an octave: -3 log2(bits), 3 dB less for the curve of half the bits, which ends at 128.
            Assert.Equal(
                """
                se-vs-bits: indoor, 1 user, maximum-ratio, SNR 10 dB; nmse_db [dB] at equal mean bits

                | scheme | 32 b | 90.5 b | 200 b | finest |
                | taps | −15.0 | −19.5 | −22.9 | −24.0 at 256 b |
                | half | −18.0 | −22.5 | – | −24.0 at 128 b |
                | alone | – | – | – | −5.0 at 64 b |
                """,
                string.Join('\n', output.Split('\n').Where(line => !line.Contains("---", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))).TrimEnd());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Compare_AtBitsAsJson_HasARowForEachNumberOfBits()
    {
        Write("first", Curve("taps", 1));

        var (_, output, _) = Invoke("compare", root["first"], "--json", "--at", "64,512", "--quality", "nmse_db");

        var rows = JsonNode.Parse(output)!.AsArray();
        Assert.Equal([64.0, 512.0], rows.Select(row => (double)row!["bits"]!));
        Assert.Equal(-18, (double)rows[0]!["value"]!, 9);
        Assert.Null(rows[1]!["value"]);
    }

    [Fact]
    public void Compare_BadInput_IsOneSentence()
    {
        Write("first", Curve("taps", 1));
        Directory.CreateDirectory(root["empty"]);
        Directory.CreateDirectory(root["half"]);
        File.WriteAllText(Path.Combine(root["half"], "manifest.json"), "{}");
        Directory.CreateDirectory(root["odd"]);
        File.WriteAllText(Path.Combine(root["odd"], "results.csv"), "experiment,scenario\na,b\n");
        Directory.CreateDirectory(root["text"]);
        var header = string.Join(',', ResultColumns.For([]).Select(column => column.Name));
        File.WriteAllText(Path.Combine(root["text"], "results.csv"), header + "\na,b,c,,1,d,ten" + new string(',', header.Count(letter => letter == ',') - 6) + "\n");

        Refused($"{root["frist"]}: there is no such folder. Did you mean 'first'?", root["frist"]);
        Refused($"{root["empty"]}: there is no results.csv in it nor in a folder of it; 'sim run FILE' writes them.", root["empty"]);
        Refused($"{root["half"]}: there is no results.csv yet; the run is not finished, and running it again resumes it.", root["half"]);
        Refused($"{Path.Combine(root["odd"], "results.csv")}: the column 'scheme' is missing; it is not a table of results of this version.", root["odd"]);
        Refused($"{Path.Combine(root["text"], "results.csv")}:2: 'ten' in column 'snr_db' is not a number.", root["text"]);
        Refused("--at 64,many: 'many' is no number of bits; write numbers above 0 with commas between them, e.g. 64,128,256.", root["first"], "--at", "64,many");
        Refused("--reference tpas: there is no such scheme in these results; did you mean 'taps'? (permitted: taps)", root["first"], "--reference", "tpas");
        Refused("--quality ser: there is no such quality; did you mean 'se'? (permitted: net_se, nmse_crop_db, nmse_db, rho, se, sgcs)", root["first"], "--quality", "ser");
    }

    private static void Refused(string message, params string[] args) =>
        Assert.Equal((CommandLine.BadInput, "", message + "\n"), Invoke(["compare", .. args]));

    private void Write(string folder, IReadOnlyList<PointResult> points)
    {
        Directory.CreateDirectory(root[folder]);
        using var stream = File.Create(Path.Combine(root[folder], "results.csv"));
        new CsvExporter().Export(new ExperimentReport { Name = "e", Points = points }, stream);
    }

    // An error of -3 dB an octave of bits, from 32·factor to 256·factor bits; the bent one loses half of it at the last point.
    private static List<PointResult> Curve(string scheme, double factor, bool bent = false) =>
    [
        .. new[] { 32, 64, 128, 256 }.Select(bits => Point(scheme, bits * factor, -3 * Math.Log2(bits) * (bent && bits == 256 ? 0.5 : 1))),
    ];

    private static PointResult Point(string scheme, double bits, double error) => SampleReport.Point(scheme, "", bits, -error / 3) with
    {
        NmseDecibels = new(error),
        NmseCropDecibels = new(error),
    };

    private static (int Code, string Output, string Error) Invoke(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Invoke(Program.CreateRoot(), args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}

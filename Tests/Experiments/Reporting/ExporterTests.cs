using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Reporting;
using Spectre.Console;

namespace Tests.Experiments.Reporting;

/// <summary>The contract of exporters: the same bytes in every culture, and a stream left open.</summary>
public sealed partial class ExporterTests
{
    public static TheoryData<string, string> FilesAndCultures()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in new[] { "results.csv", "timing.csv", "manifest.json", "report.html", "table.txt" })
        {
            foreach (var culture in new[] { "", "de-DE", "tr-TR" })
            {
                data.Add(file, culture);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(FilesAndCultures))]
    public void Export_SampleReport_IsTheExpectedFile(string file, string culture)
    {
        var actual = InCulture(culture, () => file switch
        {
            "results.csv" => Export(new CsvExporter()),
            "timing.csv" => Export(new TimingExporter()),
            "manifest.json" => Export(new ManifestExporter()),
            // Figures depend on the library that draws them; what is in them has its own tests.
            "report.html" => Figures().Replace(Export(new HtmlExporter()), "<svg/>"),
            _ => Table(),
        });

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expected", "Reporting", file)), actual);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Export_FigureInOtherCulture_SameText(string culture)
    {
        var figure = FigureExporter.For(SampleReport.Create())[0];
        Assert.Equal(InCulture("", () => Export(figure)), InCulture(culture, () => Export(figure)));
    }

    [Fact]
    public void Export_AnyExporter_LeavesTheStreamOpenAndWritesNoCarriageReturn()
    {
        IExporter[] exporters = [new CsvExporter(), new TimingExporter(), new ManifestExporter(), new HtmlExporter(), .. FigureExporter.For(SampleReport.Create())];
        foreach (var exporter in exporters)
        {
            using var stream = new MemoryStream();
            exporter.Export(SampleReport.Create(), stream);
            Assert.True(stream.CanWrite, exporter.GetType().Name);
            Assert.DoesNotContain((byte)'\r', stream.ToArray());
            Assert.NotEqual(0xEF, stream.ToArray()[0]);
        }
    }

    [Fact]
    public void Export_DoublesInCsv_ReadBackAsTheSame()
    {
        double[] values = [1.0 / 3, 0.1 + 0.2, double.Epsilon, double.MaxValue, -1e-5, 123456789.123456789, Math.PI * 1e-300, double.NegativeInfinity];
        var points = values.Select(value => SampleReport.Point("s", "", 8, 1) with { NmseDecibels = new(value) }).ToList();

        var lines = Export(new CsvExporter(), SampleReport.Create() with { Points = points }).Split('\n');

        var column = lines[0].Split(',').ToList().IndexOf("nmse_db");
        Assert.Equal(values, lines.Skip(1).SkipLast(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Export_CsvHeader_BeginsAsPromised()
    {
        const string Promised = "experiment,scenario,scheme,setting,users,precoder,snr_db,drops,bits_mean,bits_min,bits_max,nmse_db,nmse_crop_db,rho,sgcs,se,se_low,se_high,se_perfect,net_se,";
        Assert.StartsWith(Promised, Export(new CsvExporter()), StringComparison.Ordinal);
        Assert.StartsWith(Promised, Export(new CsvExporter(), SampleReport.Create() with { Points = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ManifestMissing_IsRefused()
    {
        using var stream = new MemoryStream();
        Assert.Throws<ArgumentException>(() => new ManifestExporter().Export(SampleReport.Create() with { Manifest = null }, stream));
    }

    [Fact]
    public void InputSha256_KnownText_IsItsHash()
    {
        // The hash of three letters is in FIPS 180-4's examples.
        var manifest = SampleReport.Create().Manifest! with { ResolvedInput = "abc" };
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", manifest.InputSha256);
    }

    private static string Export(IExporter exporter) => Export(exporter, SampleReport.Create());

    private static string Export(IExporter exporter, ExperimentReport report)
    {
        using var stream = new MemoryStream();
        exporter.Export(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Table()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 180;
        console.Profile.Capabilities.Unicode = true;
        console.Write(ResultTable.Create(SampleReport.Create()));
        return writer.ToString();
    }

    private static string InCulture(string name, Func<string> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [GeneratedRegex("<svg .*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Figures();
}

using System.Globalization;
using System.Xml.Linq;
using Experiments.Reporting;

namespace Tests.Experiments.Reporting;

/// <summary>What stands in the figures, read from their SVG.</summary>
public sealed class FigureExporterTests
{
    [Fact]
    public void For_OneGroup_FileNamesArePlain()
    {
        Assert.Equal(["se-vs-bits", "nmse-vs-bits", "nmse-crop-vs-bits", "rho-vs-bits"], FigureExporter.For(SampleReport.Create()).Select(figure => figure.Name));
    }

    [Fact]
    public void For_SeveralGroups_FileNamesSayWhatVaries()
    {
        var report = With(
            SampleReport.Point("s", "", 8, 1) with { SnrDecibels = -5 },
            SampleReport.Point("s", "", 8, 1, users: 4),
            SampleReport.Point("s", "", 8, 1, scenario: "Ünder ground/2"));

        Assert.Equal(
            ["se-vs-bits-indoor-1-user-minus-5-db", "se-vs-bits-indoor-4-users-10-db", "se-vs-bits-nder-ground-2-1-user-10-db"],
            FigureExporter.For(report).Where(figure => figure.Quantity.Name == "se").Select(figure => figure.Name));
    }

    [Fact]
    public void For_GroupsOfSimilarNames_FileNamesDiffer()
    {
        var report = With(SampleReport.Point("s", "", 8, 1, scenario: "a b"), SampleReport.Point("s", "", 8, 1, scenario: "a/b"), SampleReport.Point("s", "", 8, 1, scenario: "A-b"));

        Assert.Equal(["se-vs-bits-a-b", "se-vs-bits-a-b-2", "se-vs-bits-a-b-3"], FigureExporter.For(report).Where(figure => figure.Quantity.Name == "se").Select(figure => figure.Name));
    }

    [Fact]
    public void For_QuantityThatNoPointHas_IsLeftOut()
    {
        var report = With(SampleReport.Point("dft-codebook", "", 10, 4) with { NmseDecibels = Estimate.Undefined, NmseCropDecibels = Estimate.Undefined });

        Assert.Equal(["se-vs-bits", "rho-vs-bits"], FigureExporter.For(report).Select(figure => figure.Name));
        Assert.Empty(FigureExporter.For(With()));
    }

    [Fact]
    public void Draw_SampleReport_SaysWhatIsShown()
    {
        var svg = FigureExporter.For(SampleReport.Create())[0].Draw(SampleReport.Create());

        var texts = Texts(svg);
        Assert.All(
            new[] { "indoor, 1 user, maximum-ratio, SNR 10 dB", "Spectral efficiency [bit/s/Hz]", "Feedback per report [bit]", "perfect CSI", "a \"quoted\", <one>" },
            text => Assert.Contains(text, texts));
        Assert.DoesNotContain("csinet", texts);
    }

    [Fact]
    public void Draw_PointsInAnyOrder_LineRunsAlongBits()
    {
        var svg = FigureExporter.For(SampleReport.Create())[0].Draw(SampleReport.Create());

        // Lines of three points: strongest-taps, whose points come unsorted.
        var line = Assert.Single(Polylines(svg), points => points.Count == 3);
        Assert.True(line[0].X < line[1].X && line[1].X < line[2].X);
        Assert.True(line[0].Y > line[1].Y && line[1].Y > line[2].Y);
    }

    [Fact]
    public void Draw_BitsOverMoreThanADecade_AxisIsLogarithmic()
    {
        var wide = Texts(Draw(With(SampleReport.Point("s", "", 16, 1), SampleReport.Point("s", "", 512, 2))));
        var narrow = Texts(Draw(With(SampleReport.Point("s", "", 100, 1), SampleReport.Point("s", "", 300, 2))));

        Assert.All(new[] { "16", "32", "64", "128", "256", "512" }, label => Assert.Contains(label, wide));
        Assert.All(new[] { "100", "150", "200", "250", "300" }, label => Assert.Contains(label, narrow));
    }

    [Fact]
    public void Draw_ErrorFarBelowAllOthers_IsNamedButNotShown()
    {
        var report = With(
            SampleReport.Point("taps", "1", 64, 1) with { NmseDecibels = new(-3) },
            SampleReport.Point("taps", "2", 128, 1) with { NmseDecibels = new(-6) },
            SampleReport.Point("uncompressed", "", 65536, 1) with { NmseDecibels = new(-140) });

        var texts = Texts(FigureExporter.For(report).Single(figure => figure.Name == "nmse-vs-bits").Draw(report));

        Assert.Contains("uncompressed (below −40 dB)", texts);
        Assert.Contains("−4", texts);
        Assert.DoesNotContain("65536", texts);
    }

    [Fact]
    public void Draw_ReferenceLines_StandInTheErrorOfTheCropOnly()
    {
        var report = SampleReport.Create() with
        {
            ReferenceLines = [new("indoor", "gaussian", "Gaussian R(D), no bound", "of a test", 10, [(40, -5.0), (100, -6.0), (1e5, -90)]), new("elsewhere", "genie", "genie", "of a test", 10, [(40, -5.0), (100, -6.0)])],
        };

        var figures = FigureExporter.For(report).ToDictionary(figure => figure.Name, figure => Texts(figure.Draw(report)));

        Assert.Equal(["nmse-crop-vs-bits"], figures.Where(figure => figure.Value.Contains("Gaussian R(D), no bound")).Select(figure => figure.Key));
        Assert.DoesNotContain("genie", figures["nmse-crop-vs-bits"]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 4096)]
    [InlineData(1e6, 1e6 + 1)]
    public void Draw_UnusualBits_IsWellFormed(double first, double second)
    {
        var svg = Draw(With(SampleReport.Point("s", "", first, 0) with { Rho = new(0) }, SampleReport.Point("s", "", second, 0) with { Rho = new(0) }));

        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_TwoFiguresOnAPage_IdentifiersDiffer()
    {
        var report = SampleReport.Create();
        var ids = FigureExporter.For(report).SelectMany(figure => figure.Draw(report).Descendants().Attributes("id")).Select(attribute => attribute.Value).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static ExperimentReport With(params PointResult[] points) => SampleReport.Create() with { Points = points };

    private static XElement Draw(ExperimentReport report) => FigureExporter.For(report)[0].Draw(report);

    private static List<string> Texts(XElement svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static List<List<(double X, double Y)>> Polylines(XElement svg) =>
    [
        .. svg.Descendants().Where(element => element.Name.LocalName == "polyline" && element.Attribute("style")!.Value.Contains("stroke:rgb", StringComparison.Ordinal)).Select(element => element.Attribute("points")!.Value.Split(' ')
            .Select(pair => pair.Split(',')).Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))).ToList()),
    ];
}

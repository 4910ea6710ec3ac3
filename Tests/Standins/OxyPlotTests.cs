using System.Globalization;
using System.Text;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Tests.Standins;

/// <summary>What the figures rely on, in the stand-in as in the package.</summary>
public sealed class OxyPlotTests
{
    [Fact]
    public void Export_TitlesWithMarkup_AreEscapedText()
    {
        var model = Plot(new LineSeries { Title = "a & b", Points = { new(1, 1), new(2, 3) } });
        model.Title = "R < 1 & \"SNR\" > 10";
        model.Axes[0].Title = "bits <per> report";

        var texts = Texts(Svg(model));

        Assert.Contains("R < 1 & \"SNR\" > 10", texts);
        Assert.Contains("bits <per> report", texts);
        Assert.Contains("a & b", texts);
    }

    [Fact]
    public void Export_SeriesWithoutTitle_IsNotInLegend()
    {
        var without = Svg(Plot(new LineSeries { Points = { new(1, 1), new(2, 3) } }));
        var with = Svg(Plot(new LineSeries { Title = "one", Points = { new(1, 1), new(2, 3) } }));

        Assert.DoesNotContain("one", Texts(without));
        Assert.Contains("one", Texts(with));
    }

    [Fact]
    public void Export_RisingPoints_MoveRightAndUp()
    {
        var series = new LineSeries { Color = OxyColor.FromRgb(1, 2, 3), Points = { new(10, 1), new(20, 2), new(300, 5), new(4000, 5.5) } };

        var drawn = Assert.Single(Lines(Svg(Plot(series)), "rgb(1,2,3)"));

        Assert.Equal(4, drawn.Count);
        Assert.All(drawn.Zip(drawn.Skip(1)), pair => Assert.True(pair.First.X < pair.Second.X && pair.First.Y > pair.Second.Y));
    }

    [Fact]
    public void Export_LogarithmicAxis_EqualRatiosAreEqualDistances()
    {
        var model = Plot(new LineSeries { Color = OxyColor.FromRgb(1, 2, 3), Points = { new(32, 1), new(64, 2), new(128, 3), new(512, 4) } });
        model.Axes[0] = new LogarithmicAxis { Position = AxisPosition.Bottom, Base = 2, Minimum = 16, Maximum = 1024 };

        var drawn = Assert.Single(Lines(Svg(model), "rgb(1,2,3)"));

        // Coordinates are written with four decimals.
        Assert.Equal(drawn[1].X - drawn[0].X, drawn[2].X - drawn[1].X, 3);
        Assert.Equal(2 * (drawn[1].X - drawn[0].X), drawn[3].X - drawn[2].X, 3);
    }

    [Fact]
    public void Export_LogarithmicAxisOfBaseTwo_LabelsPowersOfTwo()
    {
        var model = Plot(new LineSeries { Points = { new(32, 1), new(512, 4) } });
        model.Axes[0] = new LogarithmicAxis { Position = AxisPosition.Bottom, Base = 2, Minimum = 20, Maximum = 800, IntervalLength = 70 };

        var texts = Texts(Svg(model));

        Assert.All(new[] { "32", "64", "128", "256", "512" }, label => Assert.Contains(label, texts));
        Assert.DoesNotContain("16", texts);
        Assert.DoesNotContain("1024", texts);
    }

    [Fact]
    public void Export_GivenRangeAndStep_LabelsThem()
    {
        var model = Plot(new LineSeries { Points = { new(0, 0), new(10, -20) } });
        model.Axes[1] = new LinearAxis { Position = AxisPosition.Left, Minimum = -20, Maximum = 0, MajorStep = 5, LabelFormatter = value => $"<{value.ToString(CultureInfo.InvariantCulture)}>" };

        var texts = Texts(Svg(model));

        Assert.All(new[] { "<-20>", "<-15>", "<-10>", "<-5>", "<0>" }, label => Assert.Contains(label, texts));
    }

    [Fact]
    public void Export_PointThatIsNotANumber_BreaksTheLine()
    {
        var series = new LineSeries { Color = OxyColor.FromRgb(1, 2, 3), Points = { new(1, 1), new(2, 2), new(3, double.NaN), new(4, 3), new(5, 4) } };

        Assert.Equal([2, 2], Lines(Svg(Plot(series)), "rgb(1,2,3)").Select(line => line.Count));
    }

    [Fact]
    public void Export_EmptySeriesAndOnlyNaN_AreWellFormed()
    {
        Assert.Empty(Lines(Svg(Plot(new LineSeries { Color = OxyColor.FromRgb(1, 2, 3) })), "rgb(1,2,3)"));
        Assert.Empty(Lines(Svg(Plot(new LineSeries { Color = OxyColor.FromRgb(1, 2, 3), Points = { new(double.NaN, 1) } })), "rgb(1,2,3)"));
        Assert.Empty(Lines(Svg(Plot(new AreaSeries())), "rgb(1,2,3)"));
    }

    [Fact]
    public void Export_Area_HasBothEdges()
    {
        var area = new AreaSeries { Fill = OxyColor.FromAColor(60, OxyColor.FromRgb(9, 8, 7)), StrokeThickness = 0 };
        area.Points.AddRange([new(1, 2), new(2, 3), new(3, 4)]);
        area.Points2.AddRange([new(1, 1), new(2, 2), new(3, 3)]);

        var polygon = Assert.Single(Svg(Plot(area)).Descendants(), element => element.Name.LocalName == "polygon" && Style(element).Contains("fill:rgb(9,8,7)", StringComparison.Ordinal));

        Assert.Equal(6, Points(polygon).Count);
        Assert.Contains("fill-opacity:0.235", Style(polygon), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MarkerType.Circle, "ellipse")]
    [InlineData(MarkerType.Diamond, "polygon")]
    [InlineData(MarkerType.Triangle, "polygon")]
    public void Export_Markers_StandAtThePoints(MarkerType type, string element)
    {
        var series = new LineSeries { LineStyle = LineStyle.None, StrokeThickness = 0, MarkerType = type, MarkerFill = OxyColor.FromRgb(1, 2, 3), MarkerStroke = OxyColors.Black };
        series.Points.AddRange([new(1, 1), new(2, 2), new(3, double.NaN), new(4, 2)]);

        Assert.Equal(3, Svg(Plot(series)).Descendants().Count(shape => shape.Name.LocalName == element && Style(shape).Contains("fill:rgb(1,2,3)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Export_OtherCulture_SameBytes(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var invariant = Bytes(Sample());
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(invariant, Bytes(Sample()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Export_Stream_StaysOpen()
    {
        using var stream = new MemoryStream();
        new SvgExporter().Export(Sample(), stream);
        Assert.True(stream.CanWrite);
        Assert.True(stream.Length > 0);
    }

    [Fact]
    public void Export_SizeAndBackground_AreThoseGiven()
    {
        var model = Sample();
        model.Background = OxyColor.FromRgb(250, 251, 252);

        var svg = Svg(model);

        Assert.Equal(("500", "300"), (svg.Root!.Attribute("width")!.Value, svg.Root.Attribute("height")!.Value));
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "rect" && Style(element).Contains("fill:rgb(250,251,252)", StringComparison.Ordinal));
    }

    [Fact]
    public void Colors_UnsetAndAutomatic_AreInvisibleAndDifferent()
    {
        Assert.True(OxyColors.Undefined.IsInvisible() && OxyColors.Automatic.IsInvisible() && OxyColors.Transparent.IsInvisible());
        Assert.NotEqual(OxyColors.Undefined, OxyColors.Automatic);
        Assert.Equal(OxyColor.FromArgb(7, 1, 2, 3), OxyColor.FromAColor(7, OxyColor.FromRgb(1, 2, 3)));
    }

    private static PlotModel Sample() => Plot(new LineSeries { Title = "I i ı İ", MarkerType = MarkerType.Star, Points = { new(0.5, 1.25), new(1.5, -1234567.5), new(2.75, 0.1) } });

    private static PlotModel Plot(Series series)
    {
        var model = new PlotModel { Culture = CultureInfo.InvariantCulture, DefaultFont = "Arial" };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left });
        model.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside });
        model.Series.Add(series);
        return model;
    }

    private static byte[] Bytes(PlotModel model)
    {
        using var stream = new MemoryStream();
        new SvgExporter { Width = 500, Height = 300, IsDocument = false, UseVerticalTextAlignmentWorkaround = true }.Export(model, stream);
        return stream.ToArray();
    }

    private static XDocument Svg(PlotModel model) => XDocument.Parse(Encoding.UTF8.GetString(Bytes(model)).TrimStart('\uFEFF'));

    private static List<string> Texts(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static string Style(XElement element) => element.Attribute("style")?.Value ?? "";

    /// <summary>The lines of a colour, without those of two points that a legend draws.</summary>
    private static List<List<(double X, double Y)>> Lines(XDocument svg, string stroke) =>
        [.. svg.Descendants().Where(element => element.Name.LocalName == "polyline" && Style(element).Contains("stroke:" + stroke, StringComparison.Ordinal)).Select(Points)];

    private static List<(double X, double Y)> Points(XElement element) =>
        [.. element.Attribute("points")!.Value.Split(' ').Select(pair => pair.Split(',')).Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture)))];
}

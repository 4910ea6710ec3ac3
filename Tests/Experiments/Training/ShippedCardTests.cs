using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Experiments.Training;

/// <summary>The cards of the models that ship, and what pages say of them.</summary>
public sealed partial class ShippedCardTests
{
    private static readonly string Models = Path.Combine(RepositoryRoot.Path, "models");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Models, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void Card_EverySetting_HasBitsErrorRhoSpectralEfficiencyAndTimes(string name)
    {
        using var card = Read(name);
        var figures = card.RootElement.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetDouble(), StringComparer.Ordinal);
        var settings = figures.Keys.Where(key => Setting().IsMatch(key)).ToList();
        Assert.NotEmpty(settings);
        foreach (var setting in settings)
        {
            Assert.True(figures[Of("bits")] > 0, setting);
            Assert.InRange(figures[Of("rho")], 0, 1);
            // 32 antennas of mean power 1 at 10 dB: the mean of a concave function of their power is at most log2(1 + 32·10).
            Assert.InRange(figures[Of("se")], 0, Math.Log2(1 + 320));
            Assert.True(figures[Of("encode-milliseconds")] > 0 && figures[Of("decode-milliseconds")] > 0, setting);

            string Of(string figure) => setting.Replace("nmse-crop", figure, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("csinet"), InlineData("csinet-plus"), InlineData("crnet")]
    public void Page_FiguresOfModels_AreThoseOfTheirCards(string scheme)
    {
        var compared = 0;
        string[] head = [];
        foreach (var line in File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "feedback", $"{scheme}.md")))
        {
            var cells = line.StartsWith('|') ? [.. line.Trim('|').Split('|', StringSplitOptions.TrimEntries)] : Array.Empty<string>();
            if (cells.Length == 0)
                head = [];
            else if (head.Length == 0)
                head = cells;
            else if (cells[0].StartsWith('`') && File.Exists(CardOf(cells[0].Trim('`'))))
                compared += Compare(head, cells, scheme);
        }
        // A model of each scenario, without and with a quantiser.
        Assert.InRange(compared, 4, int.MaxValue);
    }

    private static int Compare(string[] head, string[] cells, string scheme)
    {
        using var card = Read(cells[0].Trim('`'));
        var root = card.RootElement;
        var compared = 0;
        foreach (var (column, cell) in head.Zip(cells).Where(pair => pair.Second.Length > 0))
        {
            JsonElement? value = column switch
            {
                "steps" or "drops" => root.GetProperty(column),
                "batch" => root.GetProperty("recipe").GetProperty(column),
                "unquantised" => root.GetProperty("figures").GetProperty("test-nmse-crop"),
                _ when Bits().Match(column) is { Success: true } match => root.GetProperty("figures").GetProperty($"test-nmse-crop-{match.Groups[1].Value}-bits"),
                _ => null,
            };
            if (value is null)
                continue;
            // Errors stand on pages with two decimals.
            Assert.True(
                Math.Abs(double.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture) - value.Value.GetDouble()) <= 0.00501,
                $"{scheme}.md says {cell} of {cells[0]}, {column}; its card says {value}");
            compared++;
        }
        return compared;
    }

    private static string CardOf(string name) => Path.Combine(Models, $"{name}.json");

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(CardOf(name)));

    [GeneratedRegex(@"^(test-nmse-crop-.+|step-\d+-nmse-crop)$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^([2-8])( bits)?( \(\d+ b\))?$")]
    private static partial Regex Bits();
}

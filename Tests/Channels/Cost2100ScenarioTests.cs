using System.Reflection;
using System.Text.Json;
using Channels.Cost2100;
using Tests.Experiments.Configuration;
using Tests.Support;

namespace Tests.Channels;

/// <summary>Scenario files of the user's own, and options outside a scenario's range.</summary>
public sealed class Cost2100ScenarioTests
{
    private static string Shipped(string name)
    {
        using var stream = typeof(Cost2100Scenario).Assembly.GetManifestResourceStream($"Channels.Cost2100.Scenarios.{name}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("\"decayRate\": 16e6,", "\"decayRte\": 16e6,", "own.json is no COST 2100 scenario: the key 'decayRte' is not known (permitted: areaSide, arrivalAzimuthDegrees,")]
    [InlineData("\"decayRate\": 16e6,", "", "own.json is no COST 2100 scenario: the key 'decayRate' is missing.")]
    [InlineData("\"decayRate\": 16e6,", "\"decayRate\": \"fast\",", "own.json is no COST 2100 scenario: decayRate is 'fast' where a number is expected.")]
    [InlineData("\"transitionWidth\": 1,", "\"transitionWidth\": 3,", "own.json is no COST 2100 scenario: transitionWidth is 3; permitted: above 0 and at most 2.71728.")]
    [InlineData("\"components\": 3,", "\"components\": 0,", "own.json is no COST 2100 scenario: components is 0; permitted: 1 or more and at most 100000.")]
    [InlineData("\"delaySpread\": { \"mean\": 3e-9, ", "\"delaySpread\": { \"median\": 1, \"mean\": 3e-9, ", "own.json is no COST 2100 scenario: delaySpread has both a median and a mean; permitted: median with sigmaDecibels, or mean with deviation.")]
    [InlineData("[0, 0, 0, 0, 0],", "[0, 0, 0, 0],", "own.json is no COST 2100 scenario: correlations are rows of 5, 4, 3, 2 and 1 numbers.")]
    [InlineData("\"clusterDistance\": [0, 30],", "\"clusterDistance\": [30, 0],", "own.json is no COST 2100 scenario: clusterDistance is 30 to 0; permitted: two rising numbers, 0 or more.")]
    [InlineData("{", "", "own.json is no JSON: ")]
    [InlineData("*", "", "own.json is empty, 0 bytes long.")]
    public void Load_OneMistake_SaysWhatIsPermitted(string correct, string broken, string message)
    {
        using var folder = new TemporaryFolder();
        var text = Shipped("indoor-hall-5ghz");
        correct = correct == "*" ? text : correct;
        Assert.Contains(correct, text, StringComparison.Ordinal);
        var place = text.IndexOf(correct, StringComparison.Ordinal);
        File.WriteAllText(folder["own.json"], text[..place] + broken + text[(place + correct.Length)..]);
        var error = Assert.Throws<InvalidDataException>(() => Cost2100Scenario.Load(folder["own.json"]));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel: cost2100", "input.yaml:3:9: scenarios.rich: the key 'scenario' is missing; it is the path of a JSON file with the parameters.")]
    [InlineData("channel: cost2100, scenario: nothing.json", "input.yaml:3:40: scenarios.rich.scenario: the file 'nothing.json' does not exist")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, carrier-frequency: 2.6 GHz", "input.yaml:3:66: scenarios.rich.carrier-frequency: 2.6 GHz is outside the range of this scenario; permitted: 5.2 to 5.4 GHz.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, carrier-frequency: -5.3 GHz", "input.yaml:3:66: scenarios.rich.carrier-frequency: -5.3 GHz is outside the range of this scenario; permitted: 5.2 to 5.4 GHz.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, carrier-frequency: 5.3", "input.yaml:3:66: scenarios.rich.carrier-frequency: '5.3' lacks a unit; a frequency is written like '20 MHz' (Hz, kHz, MHz, GHz).")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, user-positions: 4 0; 3 3", "input.yaml:3:63: scenarios.rich.user-positions: there are 2 positions for 1 users; permitted: one each.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, user-positions: nan 0", "input.yaml:3:63: scenarios.rich.user-positions: 'nan' is not a number; positions are written like '10 5; -3 2', metres x and y of each.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, base-stations: 1 2; 3 4 5", "input.yaml:3:62: scenarios.rich.base-stations: '3 4 5' has 3 numbers; positions are written like '10 5; -3 2', metres x and y of each.")]
    [InlineData("channel: cost2100/very-large-array-2600mhz-los, base-stations: 0 0; 4 4", "input.yaml:3:74: scenarios.rich.base-stations: a very large array is the only base station; permitted: 1.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, timing: none", "input.yaml:3:55: scenarios.rich.timing: 'none' is not permitted; permitted: absolute, first-path, los.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, user-positions: 40 0", "input.yaml:3:63: scenarios.rich.user-positions: the user at 40 0 is 40.0 m from the centre of the cell of radius 30 m; permitted: 27.3 m, so that their visibility regions lie in the cell.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, user-positions: 4", "input.yaml:3:63: scenarios.rich.user-positions: '4' has 1 numbers; positions are written like '10 5; -3 2', metres x and y of each.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, area-side: 50 m", "input.yaml:3:58: scenarios.rich.area-side: The side of the users' area is 50 m; permitted: above 0 and at most 38.6 m, so that their visibility regions lie in the cell of radius 30 m.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, base-station: 2", "input.yaml:3:61: scenarios.rich.base-station: 2 is out of range; permitted: 1 to 1, the number of base stations.")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, mode: correct", "input.yaml:3:53: scenarios.rich.mode: 'correct' is not permitted; did you mean 'corrected'? (permitted: corrected, reference)")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, corrections: { cut-of-delay: true }", "input.yaml:3:62: scenarios.rich.corrections.cut-of-delay: the key 'cut-of-delay' is not known; did you mean 'cut-off-delay'?")]
    [InlineData("channel: cost2100/indoor-hall-5ghz, receive-polarisations: 2", "input.yaml:3:70: scenarios.rich.receive-polarisations: 2 is out of range; permitted: 1, or 2 with an even number of receive antennas (there are 1).")]
    public void Read_OptionOutOfRange_ErrorAtItsPlace(string options, string message) =>
        Assert.StartsWith(message, Inputs.Errors(Inputs.Valid.Replace("channel: rayleigh", options, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Documentation_ScenarioKeys_AreAllListed()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "channels.md"));
        Type[] types = [typeof(Cost2100Scenario), typeof(LogNormalParameter), typeof(LineOfSightParameters), typeof(BaseStationRegions)];
        var keys = types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.All(keys, key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
    }
}

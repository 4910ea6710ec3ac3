using System.Text.Json.Nodes;
using Experiments.Configuration;
using Experiments.Planning;
using Feedback.Fitting;
using Feedback.Neural;
using Feedback.Neural.Training;

namespace Experiments.Training;

/// <summary>Reads a file of training recipes and checks all of it.</summary>
/// <remarks>
/// <code>
/// scenarios: { indoor: { channel: cost2100/indoor-hall-5ghz, subcarriers: 1024, bandwidth: 20 MHz } }
/// models: { csinet-indoor-4: { scheme: csinet, scenario: indoor, network: { codeword: 512 }, recipe: { steps: 10000 } } }
/// </code>
/// </remarks>
public static class TrainingFile
{
    /// <summary>Whether a file has recipes of models rather than experiments.</summary>
    /// <param name="file">The file as the user named it; it need not exist.</param>
    /// <returns>Whether it names models and no experiments.</returns>
    public static bool Is(string file) =>
        YamlInput.ReadFile(file, new ErrorCollector()) is { } root && root.Find("models") is not null && root.Find("experiments") is null;

    /// <summary>Reads the jobs of a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="only">Names of the wanted models; empty for all.</param>
    /// <returns>The jobs in the order of the file.</returns>
    /// <exception cref="BadInputException">With everything that is wrong.</exception>
    public static IReadOnlyList<TrainingJob> Read(string file, IReadOnlyCollection<string> only)
    {
        ArgumentNullException.ThrowIfNull(only);
        var errors = new ErrorCollector();
        var root = YamlInput.ReadFile(file, errors);
        if (root is null)
        {
            errors.ThrowIfAny();
        }
        var reader = new BlockReader(root!, errors);
        var binder = new OptionsBinder(new InputFiles(file));
        var scenarios = Scenarios(reader.Require("scenarios", "{ indoor: { channel: … } }"), binder, errors);
        var models = reader.Require("models", "{ NAME: { scheme: csinet, scenario: indoor } }")?.Entries ?? [];
        reader.Finish();
        var jobs = models.Select(entry => Job(entry.Key.Text, entry.Value, scenarios, binder, errors)).ToList();
        foreach (var name in only.Where(name => models.All(entry => entry.Key.Text != name)))
        {
            errors.Add(new ConfigurationError("--only", 0, 0, "", $"there is no model '{name}'; {NearestName.Advise(name, [.. models.Select(entry => entry.Key.Text)])}"));
        }
        errors.ThrowIfAny();
        return [.. jobs.OfType<TrainingJob>().Where(job => only.Count == 0 || only.Contains(job.Name))];
    }

    private static Dictionary<string, ScenarioDraft?> Scenarios(InputNode? node, OptionsBinder binder, ErrorCollector errors)
    {
        var blocks = new BlockReaders(new PluginReader(binder, errors), errors);
        return (node?.Entries ?? []).ToDictionary(
            entry => entry.Key.Text, entry => blocks.Scenario(entry.Key.Text, new SweepPoint(entry.Value, "")), StringComparer.Ordinal);
    }

    private static TrainingJob? Job(
        string name, InputNode node, Dictionary<string, ScenarioDraft?> scenarios, OptionsBinder binder, ErrorCollector errors)
    {
        var before = errors.Count;
        if (name.Length == 0 || name[0] == '.' || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            errors.Add(node, $"the name '{name}' is that of a file; permitted are letters, digits, '-', '_' and '.', the last not in front.");
        }
        var block = new BlockReader(node, errors);
        string[] schemes = [.. Catalogues.Networks.Names, .. Catalogues.Fits.Names];
        block.Require("scheme", schemes[0]);
        var scheme = block.Choice("scheme", schemes, schemes[0]);
        var wanted = block.Require("scenario", scenarios.Keys.FirstOrDefault() ?? "NAME");
        var scenario = wanted is null ? null : scenarios.GetValueOrDefault(wanted.Text);
        if (wanted is not null && !scenarios.ContainsKey(wanted.Text))
        {
            errors.Add(wanted, $"'{wanted.Text}' is not a scenario; {NearestName.Advise(wanted.Text, [.. scenarios.Keys])}");
        }
        if (Catalogues.Fits.Find(scheme) is { } fit)
        {
            return Fit(name, node, block, fit, scenario, binder, errors, before);
        }
        var entry = Catalogues.Networks.Find(scheme)!;
        var architecture = ((INetworkArchitecture)entry.DefaultOptions()).ForAntennas(scenario?.Dimensions.TransmitAntennas ?? 1);
        var recipe = new TrainingRecipe();
        Bind(architecture, block.Find("network"), binder, errors);
        Bind(recipe, block.Find("recipe"), binder, errors);
        block.Finish();
        var kind = Construction.Try(block.Find("network") ?? node, errors, () => entry.Create(architecture, new NoOptions()));
        Construction.Try(block.Find("recipe") ?? node, errors, recipe.Validate);
        if (recipe.Align && kind is not (null or IFramedKind))
        {
            errors.Add(block.Find("recipe") ?? node, $"align is not possible with '{scheme}', whose messages have no room for a delay.");
        }
        if (scenario is null || kind is null || errors.Count > before)
        {
            return null;
        }
        if (architecture.Antennas != scenario.Dimensions.TransmitAntennas || architecture.Delays > scenario.Grid.Subcarriers)
        {
            errors.Add(node, $"the network is for {architecture.Antennas} antennas and {architecture.Delays} delay rows; the scenario has {scenario.Dimensions.TransmitAntennas} antennas and {scenario.Grid.Subcarriers} subcarriers.");
            return null;
        }
        var described = scenario.Describe(users: 1);
        var canonical = new JsonObject
        {
            ["scenario"] = described.DeepClone(),
            ["network"] = binder.Describe(architecture),
            ["recipe"] = binder.Describe(recipe),
        };
        return new TrainingJob
        {
            Name = name,
            Network = new NetworkPlan(scheme, architecture, kind),
            Recipe = recipe,
            Dimensions = scenario.Dimensions,
            Grid = scenario.Grid,
            Channel = () => scenario.Channel.Create(scenario.Setup),
            Canonical = CanonicalJson.Write(canonical),
            Scenario = CanonicalJson.Write(described),
        };
    }

    private static TrainingJob? Fit(
        string name, InputNode node, BlockReader block, CatalogueEntry<NoOptions, IModelFit> fit, ScenarioDraft? scenario, OptionsBinder binder, ErrorCollector errors, int before)
    {
        var (recipe, options) = (new FitRecipe(), fit.DefaultOptions());
        if (block.Find("fit") is { } given)
        {
            var reader = new BlockReader(given, errors);
            binder.Bind(recipe, reader);
            binder.Bind(options, reader);
            reader.Finish();
        }
        block.Finish();
        Construction.Try(block.Find("fit") ?? node, errors, recipe.Validate);
        var learner = Construction.Try(block.Find("fit") ?? node, errors, () => fit.Create(options, new NoOptions()));
        if (scenario is null || learner is null || errors.Count > before)
        {
            return null;
        }
        if (recipe.Delays > scenario.Grid.Subcarriers)
        {
            errors.Add(node, $"the fit keeps {recipe.Delays} delay rows; the scenario has {scenario.Grid.Subcarriers} subcarriers.");
            return null;
        }
        var described = scenario.Describe(users: 1);
        return new TrainingJob
        {
            Name = name,
            Fit = new FitPlan(fit.Name, learner, recipe, CanonicalJson.Write(binder.Describe(options))),
            Dimensions = scenario.Dimensions,
            Grid = scenario.Grid,
            Channel = () => scenario.Channel.Create(scenario.Setup),
            Canonical = CanonicalJson.Write(new JsonObject { ["scenario"] = described.DeepClone(), ["fit"] = binder.Describe(recipe), ["options"] = binder.Describe(options) }),
            Scenario = CanonicalJson.Write(described),
        };
    }

    private static void Bind(object options, InputNode? node, OptionsBinder binder, ErrorCollector errors)
    {
        if (node is null)
        {
            return;
        }
        var block = new BlockReader(node, errors);
        binder.Bind(options, block);
        block.Finish();
    }
}

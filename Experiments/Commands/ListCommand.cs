using System.CommandLine;
using System.Text.Json.Nodes;
using Experiments.Configuration;
using Experiments.Planning;

namespace Experiments.Commands;

/// <summary><c>sim list</c>: what can be named in an input file, a line each.</summary>
public static class ListCommand
{
    private static readonly OptionsBinder Binder = new(new InputFiles("input.yaml"));

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var kinds = Kinds();
        var kind = new Argument<string?>("KIND") { Description = $"One of {string.Join(", ", kinds.Keys)}; all if not given.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Print JSON with the options of each entry and their defaults in SI units." };
        var command = new Command("list", "Lists what can be named in an input file, with the options of each.\n\nExample: sim list feedback") { kind, json };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(kind);
            if (wanted is not null && !kinds.ContainsKey(wanted))
            {
                throw new BadInputException($"there is no list '{wanted}'; {NearestName.Advise(wanted, kinds.Keys)}");
            }
            var chosen = kinds.Where(pair => wanted is null || pair.Key == wanted).ToDictionary(pair => pair.Key, pair => pair.Value());
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(CanonicalJson.WriteIndented(new JsonObject(chosen.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))));
                return CommandLine.Done;
            }
            foreach (var (name, entries) in chosen)
            {
                Show(name, entries, wanted is null, output);
            }
            return CommandLine.Done;
        });
        return command;
    }

    private static Dictionary<string, Func<JsonArray>> Kinds() => new()
    {
        ["channels"] = () => Entries(Catalogues.Channels),
        ["estimators"] = () => Entries(Catalogues.Estimators),
        ["feedback"] = () => Entries(Catalogues.Feedback),
        ["precoders"] = () => Entries(Catalogues.Precoders),
        ["metrics"] = () => Entries(Catalogues.Metrics),
        ["models"] = () => [.. new InputFiles("input.yaml").DescribeModels()],
    };

    private static JsonArray Entries<TContext, TPlugin>(Catalogue<TContext, TPlugin> catalogue) => [.. catalogue.Entries.Select(entry => new JsonObject
    {
        ["name"] = entry.Name,
        ["description"] = entry.Description,
        ["options"] = Binder.Describe(entry.DefaultOptions(), complete: true),
    })];

    private static void Show(string kind, JsonArray entries, bool withHeading, TextWriter output)
    {
        if (withHeading)
        {
            output.WriteLine($"{kind}:");
        }
        var width = entries.Select(entry => entry!["name"]!.ToString().Length).DefaultIfEmpty().Max();
        foreach (var entry in entries)
        {
            var options = entry!["options"] is JsonObject { Count: > 0 } keys ? $" [{string.Join(", ", keys.Select(option => option.Key))}]" : "";
            output.WriteLine($"{(withHeading ? "  " : "")}{entry["name"]!.ToString().PadRight(width)}  {entry["description"]}{options}");
        }
    }
}

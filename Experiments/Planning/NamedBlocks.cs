using Experiments.Configuration;

namespace Experiments.Planning;

/// <summary>An input file cut into its named blocks.</summary>
internal sealed class NamedBlocks
{
    private readonly Dictionary<string, InputNode> scenarios;
    private readonly Dictionary<string, InputNode> links;
    private readonly Dictionary<string, InputNode> feedback;
    private readonly ErrorCollector errors;

    public NamedBlocks(InputNode root, ErrorCollector errors)
    {
        this.errors = errors;
        var reader = new BlockReader(root, errors);
        Seed = (ulong)reader.WholeNumber("seed", 1, 0, long.MaxValue);
        scenarios = Named(reader, "scenarios");
        feedback = Named(reader, "feedback");
        links = Named(reader, "links");
        Experiments = Named(reader, "experiments");
        reader.Finish();
        if (root.Kind == InputKind.Mapping && root.Find("experiments") is null)
        {
            errors.Add(root, "the key 'experiments' is missing; it holds at least one named experiment.");
        }
    }

    public ulong Seed { get; }

    public IReadOnlyDictionary<string, InputNode> Experiments { get; }

    public IReadOnlyDictionary<string, InputNode> ScenarioBlocks => scenarios;

    public IReadOnlyDictionary<string, InputNode> LinkBlocks => links;

    public IReadOnlyDictionary<string, InputNode> FeedbackBlocks => feedback;

    /// <summary>The scenario that a name or an inline block means.</summary>
    public (string Name, InputNode Block)? Scenario(InputNode node) =>
        Resolve(node, scenarios, "a scenario", "channel", Catalogues.Channels.Names);

    /// <summary>The feedback that a name or an inline block means.</summary>
    public (string Name, InputNode Block)? Feedback(InputNode node) =>
        Resolve(node, feedback, "a feedback block", "scheme", Catalogues.Feedback.Names);

    /// <summary>The link that a name or an inline block means.</summary>
    public (string Name, InputNode Block)? Link(InputNode node) => Resolve(node, links, "a link", "", []);

    private (string Name, InputNode Block)? Resolve(
        InputNode node, Dictionary<string, InputNode> named, string kind, string key, IReadOnlyList<string> catalogue)
    {
        if (node.Kind == InputKind.Mapping)
        {
            return (node.Find(key)?.Text ?? "inline", node);
        }
        if (node.Kind != InputKind.Scalar || node.Text.Length == 0)
        {
            errors.Add(node, $"found {node.Describe()} where the name of {kind} is expected.");
            return null;
        }
        if (named.TryGetValue(node.Text, out var block))
        {
            return (node.Text, block);
        }
        if (catalogue.Contains(node.Text))
        {
            var name = new InputEntry(node with { Text = key }, node);
            return (node.Text, node with { Kind = InputKind.Mapping, Text = "", Entries = [name] });
        }
        errors.Add(node, $"'{node.Text}' is not {kind}; {NearestName.Advise(node.Text, [.. named.Keys, .. catalogue])}");
        return null;
    }

    private Dictionary<string, InputNode> Named(BlockReader reader, string key)
    {
        var blocks = new Dictionary<string, InputNode>(StringComparer.Ordinal);
        if (reader.Find(key) is not { } node)
        {
            return blocks;
        }
        if (node.Kind != InputKind.Mapping || node.Entries.Count == 0)
        {
            errors.Add(node, $"found {node.Describe()} where named blocks are expected.");
            return blocks;
        }
        foreach (var entry in node.Entries)
        {
            blocks.Add(entry.Key.Text, entry.Value);
        }
        return blocks;
    }
}

using System.Text.Json.Nodes;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Planning;

/// <summary>Expands experiments: every scenario with every link and every operating point of every feedback block.</summary>
internal sealed class Expansion
{
    private readonly NamedBlocks input;
    private readonly OptionsBinder binder;
    private readonly BlockReaders readers;
    private readonly ErrorCollector errors;
    private readonly Dictionary<string, ChannelGroup> groups = [];
    private readonly Dictionary<(InputNode, string), SchemeSetting?> schemes = [];

    public Expansion(NamedBlocks input, OptionsBinder binder, ErrorCollector errors)
    {
        this.input = input;
        this.binder = binder;
        this.errors = errors;
        readers = new BlockReaders(new PluginReader(binder, errors), errors);
    }

    /// <summary>Reads every named block, used or not.</summary>
    public void CheckUnused()
    {
        _ = input.ScenarioBlocks.SelectMany(pair => Scenarios((pair.Key, pair.Value))).ToList();
        _ = input.LinkBlocks.SelectMany(pair => Links((pair.Key, pair.Value))).ToList();
        _ = input.FeedbackBlocks.SelectMany(pair => Schemes((pair.Key, pair.Value))).ToList();
    }

    /// <summary>The points of one experiment; what they were made of is added to <paramref name="resolved"/>.</summary>
    public IReadOnlyList<PlannedPoint> Points(BlockReader experiment, ulong seed, int blockSize, JsonObject resolved)
    {
        var scenarios = Listed(experiment, "scenario", "indoor").Select(input.Scenario).OfType<(string, InputNode)>().SelectMany(Scenarios).ToList();
        var links = Listed(experiment, "link", "single-user").Select(input.Link).OfType<(string, InputNode)>().SelectMany(Links).ToList();
        var feedback = Listed(experiment, "feedback", "[uncompressed]").Select(input.Feedback).OfType<(string, InputNode)>().SelectMany(Schemes).ToList();
        resolved["scenarios"] = new JsonObject(scenarios.DistinctBy(scenario => scenario.Name).Select(scenario => KeyValuePair.Create(scenario.Name, (JsonNode?)scenario.Resolved.DeepClone())));
        resolved["links"] = new JsonArray([.. links.Select(link => link.Describe(binder))]);
        var described = new JsonArray();
        resolved["feedback"] = described;
        var points = new List<PlannedPoint>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scenario in scenarios)
        {
            foreach (var link in links.Where(link => Fits(scenario, link)))
            {
                var group = Group(scenario, link, seed);
                foreach (var draft in feedback)
                {
                    if (group is null || Setting(draft, scenario.Dimensions) is not { } scheme)
                    {
                        continue;
                    }
                    var point = Point(points.Count + 1, group, scheme, link, blockSize);
                    if (!known.Add(Label(point)))
                    {
                        errors.Add(experiment.Block, $"two points would have the same name in the results: {Label(point)}; name the blocks differently or leave one out.");
                    }
                    points.Add(point);
                }
            }
        }
        foreach (var scheme in points.Select(point => point.Scheme).DistinctBy(scheme => (scheme.Name, scheme.Setting, scheme.Canonical)))
        {
            described.Add(new JsonObject { ["name"] = scheme.Name, ["setting"] = scheme.Setting, ["resolved"] = JsonNode.Parse(scheme.Canonical) });
        }
        return points;
    }

    /// <summary>Recorded channels have a finite stock, and of given dimensions.</summary>
    public void CheckRecorded(IReadOnlyList<PlannedPoint> points, int drops, InputNode place)
    {
        foreach (var group in points.Select(point => point.Group).DistinctBy(group => group.Canonical))
        {
            if (group.Channel() is not IRecordedChannelModel recorded)
            {
                continue;
            }
            Construction.Try(place, errors, () => Read(recorded, group.Grid));
            if (drops > recorded.Count)
            {
                errors.Add(place.Find("drops") ?? place, $"{drops} drops are asked for, but the recording of scenario '{group.Scenario}' has {recorded.Count}.");
            }
        }
    }

    /// <summary>Lines of theory need drops of their own and a covariance of moderate size.</summary>
    public void CheckReferenceLines(IReadOnlyList<PlannedPoint> points, InputNode place)
    {
        foreach (var group in points.Select(point => point.Group).DistinctBy(group => group.Canonical))
        {
            var coefficients = (long)group.Transform.Delays * group.ReceiveAntennas * group.Transform.Array.Ports;
            if (group.Channel() is IRecordedChannelModel)
            {
                errors.Add(place.Find("reference-lines")!, $"the recording of scenario '{group.Scenario}' has no drops beside those of the experiment; permitted for models that draw.");
            }
            else if (coefficients > Running.ReferenceLines.MostCoefficients)
            {
                errors.Add(place.Find("reference-lines")!, $"the crop of scenario '{group.Scenario}' has {coefficients} coefficients; permitted are at most {Running.ReferenceLines.MostCoefficients}.");
            }
        }
    }

    private static bool Read(IRecordedChannelModel recorded, ResourceGrid grid)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        recorded.Read(0, 1, grid);
        return true;
    }

    private IEnumerable<InputNode> Listed(BlockReader experiment, string key, string example)
    {
        if (experiment.Require(key, example) is not { } node)
        {
            return [];
        }
        if (node.Kind != InputKind.Sequence)
        {
            return [node];
        }
        if (node.Items.Count == 0)
        {
            errors.Add(node, "found an empty list; at least one name is expected.");
        }
        foreach (var again in node.Items.Where(item => item.Kind == InputKind.Scalar).GroupBy(item => item.Text).SelectMany(group => group.Skip(1)))
        {
            errors.Add(again, $"the value '{again.Text}' stands in this list twice.");
        }
        return node.Items;
    }

    private IEnumerable<ScenarioDraft> Scenarios((string Name, InputNode Block) found) =>
        Sweep.Expand(found.Block, errors).Select(point => readers.Scenario(found.Name, point)).OfType<ScenarioDraft>();

    private IEnumerable<LinkDraft> Links((string Name, InputNode Block) found) =>
        Sweep.Expand(found.Block, errors).Select(readers.Link).OfType<LinkDraft>();

    private IEnumerable<SchemeDraft> Schemes((string Name, InputNode Block) found) =>
        Sweep.Expand(found.Block, errors).Select(point => readers.Scheme(found.Name, point)).OfType<SchemeDraft>();

    private bool Fits(ScenarioDraft scenario, LinkDraft link)
    {
        var before = errors.Count;
        var place = link.Block.Find("streams") ?? link.Block;
        if (link.Streams > scenario.Setup.ReceiveAntennas)
        {
            errors.Add(place, $"{link.Streams} streams a user are more than the {scenario.Setup.ReceiveAntennas} receive antennas of scenario '{scenario.Name}'.");
        }
        if (link.Streams * link.Users > scenario.Setup.Array.Ports)
        {
            errors.Add(place, $"{link.Users * link.Streams} streams in all (users x streams) are more than the {scenario.Setup.Array.Ports} transmit antennas of scenario '{scenario.Name}'.");
        }
        if (link.DelayRows > scenario.Grid.Subcarriers)
        {
            errors.Add(link.Block.Find("delay-rows") ?? link.Block, $"{link.DelayRows} delay rows are more than the {scenario.Grid.Subcarriers} subcarriers of scenario '{scenario.Name}'.");
        }
        return errors.Count == before;
    }

    private ChannelGroup? Group(ScenarioDraft scenario, LinkDraft link, ulong seed)
    {
        var canonical = CanonicalJson.Write(scenario.Describe(link.Users));
        var key = $"{scenario.Name} {link.DelayRows} {canonical}";
        if (groups.TryGetValue(key, out var known))
        {
            return known;
        }
        var setup = scenario.Setup with { Users = link.Users };
        if (scenario.Channel.Try(setup, errors) is not { } channel)
        {
            return null;
        }
        return groups[key] = new ChannelGroup
        {
            Scenario = scenario.Name,
            Canonical = canonical,
            Seed = seed,
            Users = link.Users,
            ReceiveAntennas = setup.ReceiveAntennas,
            Grid = scenario.Grid,
            Transform = new AngularDelayTransform(scenario.Setup.Array, scenario.Grid.Subcarriers, link.DelayRows),
            Channel = () => channel,
        };
    }

    private SchemeSetting? Setting(SchemeDraft draft, CsiDimensions dimensions)
    {
        var key = (draft.Scheme.Place, $"{draft.Name} {draft.Setting} {dimensions}");
        if (!schemes.TryGetValue(key, out var setting))
        {
            schemes[key] = setting = draft.For(dimensions, binder, errors);
        }
        return setting;
    }

    private PlannedPoint Point(int number, ChannelGroup group, SchemeSetting scheme, LinkDraft link, int blockSize)
    {
        var text = link.Describe(binder);
        text["seed"] = group.Seed;
        text["block"] = blockSize;
        text["channel"] = JsonNode.Parse(group.Canonical);
        text["feedback"] = JsonNode.Parse(scheme.Canonical);
        return new PlannedPoint
        {
            Number = number,
            Group = group,
            Scheme = scheme,
            EstimatorName = EstimatorLabel.Of(link.Estimator.Entry.Name, link.Estimator.Options, binder),
            Estimator = () => link.Estimator.Create(new NoOptions()),
            PrecoderName = link.Precoder.Entry.Name,
            Precoder = link.Precoder.Create(new NoOptions()),
            Streams = link.Streams,
            SnrDecibels = link.SnrDecibels,
            ReportPeriod = link.ReportPeriod,
            UplinkEfficiency = link.UplinkEfficiency,
            Canonical = CanonicalJson.Write(text),
        };
    }

    private static string Label(PlannedPoint point) => string.Join(", ", new[]
    {
        point.Group.Scenario,
        point.Scheme.Name,
        point.Scheme.Setting,
        FormattableString.Invariant($"{point.Group.Users} users"),
        FormattableString.Invariant($"{point.Streams} streams"),
        point.EstimatorName,
        point.PrecoderName,
        FormattableString.Invariant($"{point.SnrDecibels} dB"),
        FormattableString.Invariant($"{point.ReportPeriod} s"),
        FormattableString.Invariant($"{point.UplinkEfficiency} bit/s/Hz"),
        FormattableString.Invariant($"{point.Group.Transform.Delays} delay rows"),
    }.Where(part => part.Length > 0));
}

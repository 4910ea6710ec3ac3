using System.Text.Json.Nodes;
using Channels.Impairments;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Planning;

/// <summary>Reads scenario, link and feedback blocks in which every sweep is expanded already.</summary>
internal sealed class BlockReaders
{
    private const int MostUsers = 64;
    private const int MostAntennas = 4096;
    private const int MostSubcarriers = 65536;
    private readonly PluginReader plugins;
    private readonly ErrorCollector errors;

    public BlockReaders(PluginReader plugins, ErrorCollector errors)
    {
        this.plugins = plugins;
        this.errors = errors;
    }

    public ScenarioDraft? Scenario(string name, SweepPoint point)
    {
        var before = errors.Count;
        var block = new BlockReader(point.Block, errors);
        var channel = plugins.ReadBlock(Catalogues.Channels, block, "channel");
        var grid = new ResourceGrid(
            (int)block.WholeNumber("subcarriers", 1024, 1, MostSubcarriers),
            block.Positive("bandwidth", PhysicalDimension.Frequency, 20e6),
            (int)block.WholeNumber("slots", 1, 1, 10_000),
            block.Positive("slot-duration", PhysicalDimension.Time, 1e-3));
        var array = Array(block);
        var receive = (int)block.WholeNumber("receive-antennas", 1, 1, MostAntennas);
        var normalise = block.Choice("normalise", ["drop", "model"], "drop");
        var impairments = Impairments(block);
        block.FinishUnless(channel is null);
        if (channel is null || errors.Count > before)
        {
            return null;
        }
        var resolved = new JsonObject
        {
            ["channel"] = channel.Entry.Name,
            ["options"] = plugins.Binder.Describe(channel.Options),
            ["subcarriers"] = grid.Subcarriers,
            ["bandwidth"] = grid.Bandwidth,
            ["slots"] = grid.Slots,
            ["slot-duration"] = grid.SlotDuration,
            ["array"] = DescribedArray.Of(array),
            ["receive-antennas"] = receive,
            ["normalise"] = normalise,
        };
        if (impairments is not null)
        {
            // Only where there are any, so that results of scenarios without stay those of before.
            resolved["impairments"] = plugins.Binder.Describe(impairments);
            channel = channel with { Entry = Impaired(channel.Entry, impairments) };
        }
        var setup = new ChannelSetup(1, receive, array, normalise == "drop" ? Normalisation.Drop : Normalisation.Model, grid);
        var label = point.Setting.Length > 0 ? $"{name} ({point.Setting})" : name;
        return new ScenarioDraft(label, channel, grid, setup, resolved);
    }

    public LinkDraft? Link(SweepPoint point)
    {
        var before = errors.Count;
        var block = new BlockReader(point.Block, errors);
        var users = (int)block.WholeNumber("users", 1, 1, MostUsers);
        var streams = (int)block.WholeNumber("streams", 1, 1, MostUsers);
        var estimator = plugins.Read(Catalogues.Estimators, block.Find("estimator"), "perfect", point.Block);
        var precoder = plugins.Read(Catalogues.Precoders, block.Find("precoder"), "maximum-ratio", point.Block);
        var link = new LinkDraft(
            point.Block,
            users,
            streams,
            estimator!,
            precoder!,
            block.Quantity("snr", PhysicalDimension.Decibels, 10),
            block.Positive("period", PhysicalDimension.Time, 5e-3),
            block.Positive("uplink-efficiency", PhysicalDimension.None, 1),
            (int)block.WholeNumber("delay-rows", 32, 1, MostSubcarriers));
        block.Finish();
        estimator?.Try(new NoOptions(), errors);
        precoder?.Try(new NoOptions(), errors);
        return errors.Count > before ? null : link;
    }

    public SchemeDraft? Scheme(string name, SweepPoint point)
    {
        var before = errors.Count;
        var rate = Rate(point.Block, out var knobs);
        var flat = point.Block with { Entries = [.. point.Block.Entries, .. knobs] };
        var block = new BlockReader(flat, errors);
        block.Find("rate");
        var scheme = plugins.ReadBlock(Catalogues.Feedback, block, "scheme");
        block.FinishUnless(scheme is null);
        return scheme is null || errors.Count > before ? null : new SchemeDraft(name, point.Setting, scheme, rate);
    }

    private ChannelImpairments? Impairments(BlockReader block)
    {
        if (block.Find("impairments") is not { } node)
        {
            return null;
        }
        var (impairments, reader) = (new ChannelImpairments(), new BlockReader(node, errors));
        plugins.Binder.Bind(impairments, reader);
        reader.Finish();
        Construction.Try(node, errors, impairments.Validate);
        return impairments;
    }

    private static CatalogueEntry<ChannelSetup, IChannelModel> Impaired(CatalogueEntry<ChannelSetup, IChannelModel> entry, ChannelImpairments impairments) =>
        entry with { Create = (options, setup) => Catalogues.Impaired(entry.Create(options, setup), impairments, setup) };

    private AntennaArray Array(BlockReader block)
    {
        if (block.Find("array") is not { } node)
        {
            return new AntennaArray(32);
        }
        var reader = new BlockReader(node, errors);
        var array = new AntennaArray(
            (int)reader.WholeNumber("columns", node.Find("rows") is null ? 32 : 1, 1, MostAntennas),
            (int)reader.WholeNumber("rows", 1, 1, MostAntennas),
            (int)reader.WholeNumber("polarisations", 1, 1, 2));
        reader.Finish();
        return array;
    }

    /// <summary>Reads the reserved key <c>rate</c>: a limit, a mean, or the scheme's own knobs.</summary>
    private WantedRate? Rate(InputNode block, out IEnumerable<InputEntry> knobs)
    {
        knobs = [];
        if (block.Find("rate") is not { } node)
        {
            return null;
        }
        var reader = new BlockReader(node, errors);
        knobs = node.Entries.Where(entry => entry.Key.Text is not ("budget" or "mean")).ToList();
        var (budget, mean) = (node.Find("budget"), node.Find("mean"));
        if (budget is null && mean is null)
        {
            return null;
        }
        if (budget is not null && mean is not null)
        {
            errors.Add(mean, "a rate is either a budget, which no report exceeds, or a mean; leave one of the two out.");
        }
        var bits = reader.Positive(budget is null ? "mean" : "budget", PhysicalDimension.Information, 1);
        if (budget is not null && (bits % 1 != 0 || bits > int.MaxValue))
        {
            errors.Add(budget, $"'{budget.Text}' is not a whole number of bits.");
        }
        return new WantedRate(budget is null, Math.Min(bits, int.MaxValue));
    }
}

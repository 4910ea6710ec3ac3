using System.Globalization;
using Channels.Cost2100;
using Channels.Multipath;
using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Running;
using Simulator;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>The one scenario that <c>--channel</c> means, with its users and its seed; its blocks of drops are those of a run.</summary>
public sealed class ChosenChannel
{
    /// <summary>As the code of COST 2100 has it [m/s].</summary>
    internal const double SpeedOfLight = 3e8;

    private const int MostUsers = 64;
    private readonly PluginChoice<ChannelSetup, IChannelModel> choice;
    private readonly ChannelSetup setup;
    private readonly IChannelModel model;
    private readonly string canonical;
    private readonly string environment;

    private ChosenChannel(ScenarioDraft draft, IChannelModel model, ChannelSetup setup, ulong seed)
    {
        choice = draft.Channel;
        this.setup = setup;
        this.model = model;
        Seed = seed;
        Name = draft.Name;
        Grid = draft.Grid;
        canonical = CanonicalJson.Write(draft.Describe(setup.Users));
        environment = ScenarioDraft.Environment(canonical);
    }

    /// <summary>B, drops of a block, that of experiments that say nothing else.</summary>
    public const int BlockSize = 32;

    /// <summary>The scenario's name, or the channel model's.</summary>
    public string Name { get; }

    /// <summary>The root seed.</summary>
    public ulong Seed { get; }

    /// <summary>Slots and subcarriers.</summary>
    public ResourceGrid Grid { get; }

    /// <summary>U, users of a drop.</summary>
    public int Users => setup.Users;

    /// <summary>R, receive antennas of a user.</summary>
    public int ReceiveAntennas => setup.ReceiveAntennas;

    /// <summary>The transmit array.</summary>
    public AntennaArray Array => setup.Array;

    /// <summary>The scenario with all defaults and its users as one line of JSON with sorted keys: what seeds are derived from.</summary>
    public string Canonical => canonical;

    /// <summary>The number of drops in stock; null if there is no end of them.</summary>
    public int? Stock => (model as IRecordedChannelModel)?.Count;

    /// <summary>v/λ of the users, the largest Doppler shift [Hz]; null where they have no common speed.</summary>
    public double? DopplerFrequency => model is Cost2100Channel moving && choice.Options is Cost2100Options { Speed: > 0 } options
        ? options.Speed * moving.CarrierFrequency / SpeedOfLight
        : null;

    /// <summary>The path gain of a distance without fading; null if the model has none.</summary>
    /// <param name="distances">Metres, float64 <c>[...]</c>.</param>
    /// <returns>Decibels, float64 <c>[...]</c>, owned by the caller's dispose scope.</returns>
    public Tensor? PathGainDecibels(Tensor distances) => (model as Cost2100Channel)?.PathGainDecibels(distances);

    /// <summary>Resolves the scenario.</summary>
    /// <param name="text">A catalogue name, or a file and the name of a scenario in it: <c>FILE.yaml:NAME</c>.</param>
    /// <param name="overrides">Keys over the scenario's, each <c>KEY=VALUE</c>.</param>
    /// <param name="users">U, users of a drop.</param>
    /// <param name="seed">The root seed; null for that of the file, or 1.</param>
    /// <returns>The scenario, built.</returns>
    /// <exception cref="BadInputException">With everything that is wrong.</exception>
    public static ChosenChannel Resolve(string text, IReadOnlyList<string> overrides, int users, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (users is < 1 or > MostUsers)
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"--users {users} is out of range; permitted: 1 to {MostUsers}."));
        var errors = new ErrorCollector();
        var colon = text.LastIndexOf(':');
        var (file, name) = colon < 0 ? ("--channel", text) : (text[..colon], text[(colon + 1)..]);
        var (block, fileSeed) = colon < 0 ? (InCatalogue(name), 1UL) : InFile(file, name, errors);
        errors.ThrowIfAny();
        var binder = new OptionsBinder(new InputFiles(file));
        var points = Sweep.Expand(Overrides.Apply(block!, overrides, errors), errors);
        errors.ThrowIfAny();
        if (points.Count > 1)
            throw new BadInputException($"--channel {text} is a sweep of {points.Count} scenarios ({string.Join(" | ", points.Select(point => point.Setting))}); choose one with --set KEY=VALUE.");
        var draft = new BlockReaders(new PluginReader(binder, errors), errors).Scenario(name, points[0]);
        errors.ThrowIfAny();
        var setup = draft!.Setup with { Users = users };
        var model = draft.Channel.Try(setup, errors);
        errors.ThrowIfAny();
        return new ChosenChannel(draft, model!, setup, seed ?? fileSeed);
    }

    /// <summary>The drops of a block as a run draws them; the last block of a recording may be short.</summary>
    /// <param name="block">Drop-block index, from 0.</param>
    /// <returns>H <c>[B, T, U, S, R, A]</c> with its removed gain <c>[B, U]</c>, owned by the caller's dispose scope.</returns>
    public ChannelDrop Draw(int block) => Draw(model, block);

    /// <summary>The paths behind the drops of a block.</summary>
    /// <param name="block">Drop-block index, from 0.</param>
    /// <returns>The paths, owned by the caller's dispose scope; null if the model has none.</returns>
    public Paths? DrawPaths(int block) => DrawPaths(model, block);

    /// <summary>The same drops with another delay reference.</summary>
    /// <param name="timing">Which instant has delay 0.</param>
    /// <returns>The scenario, its drops still from the seeds of this one; null if the model has no choice of timing.</returns>
    public TimedDrops? With(DelayReference timing)
    {
        if (choice.Options is not Cost2100Options options)
            return null;
        var timed = choice.Entry.Create(options with { Timing = timing }, setup);
        return new TimedDrops(block => Draw(timed, block), block => DrawPaths(timed, block)!);
    }

    private ChannelDrop Draw(IChannelModel source, int block)
    {
        using var random = Random(block);
        return BlockRunner.Draw(source, Grid, block, BlockSize, random);
    }

    private Paths? DrawPaths(IChannelModel source, int block)
    {
        using var random = Random(block);
        return (source as IPathModel)?.DrawPaths(BlockSize, Grid, random);
    }

    private Generator Random(int block) => new(SeedSequence.Derive(Seed, environment, block, "channel"));

    private static InputNode InCatalogue(string name)
    {
        if (Catalogues.Channels.Find(name) is null)
            throw new BadInputException($"--channel: '{name}' is not a channel model; {NearestName.Advise(name, Catalogues.Channels.Names)} A scenario of an input file is written FILE.yaml:NAME.");
        var place = new InputNode { File = "--channel", Line = 0, Column = 0, Path = "", Kind = InputKind.Scalar };
        var entry = new InputEntry(place with { Path = "channel", Text = "channel" }, place with { Path = "channel", Text = name });
        return place with { Kind = InputKind.Mapping, Entries = [entry] };
    }

    private static (InputNode? Block, ulong Seed) InFile(string file, string name, ErrorCollector errors)
    {
        if (YamlInput.ReadFile(file, errors) is not { } root)
            return (null, 1);
        var seed = (ulong)new BlockReader(root, errors).WholeNumber("seed", 1, 0, long.MaxValue);
        var blocks = root.Kind == InputKind.Mapping ? root.Find("scenarios") : null;
        if (blocks?.Find(name) is { Kind: InputKind.Mapping } block)
            return (block with { Path = "" }, seed);
        var names = blocks?.Entries.Select(entry => entry.Key.Text).ToArray() ?? [];
        errors.Add(blocks ?? root, $"there is no scenario '{name}'; {NearestName.Advise(name, names)}");
        return (null, seed);
    }
}

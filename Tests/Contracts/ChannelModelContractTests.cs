using Channels.Cost2100;
using Experiments;
using Experiments.Configuration;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every channel model of the catalogue promises; recorded channels and scenarios of the user's own, which need a file, have tests of their own.</summary>
[DisposesItsTensors]
public sealed class ChannelModelContractTests
{
    private const string Corrected = ", corrected";
    private static readonly ResourceGrid Grid = new(24, 20e6, slots: 2);

    public static TheoryData<string> Names => [.. Catalogues.Channels.Names.Where(name => name is not ("recorded" or "cost2100")).SelectMany(Modes)];

    [Theory, MemberData(nameof(Names))]
    public void Draw_SeveralUsers_AxesOfTheContract(string name)
    {
        using var scope = NewDisposeScope();
        var drop = Model(name, users: 3).Draw(4, Grid, new Generator(1));
        Assert.Equal([4, 2, 3, 24, 2, 8], drop.Channel.shape);
        Assert.Equal(ScalarType.ComplexFloat32, drop.Channel.dtype);
        Assert.Equal([4, 3], drop.PowerGain.shape);
        Assert.Equal(ScalarType.Float64, drop.PowerGain.dtype);
        Assert.True(drop.Channel.abs().isfinite().all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_DropNormalisation_UnitMeanPowerOfEveryUser(string name)
    {
        using var scope = NewDisposeScope();
        var drop = Model(name, users: 3).Draw(4, Grid, new Generator(1));
        // Scaled in float32: a few of its roundings.
        Assert.All(Dense.Values(drop.Channel.abs().square().mean([1, 3, 4, 5])), power => Assert.Equal(1, power, 1e-5));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_ModelNormalisation_GainTimesNormalisedDrop(string name)
    {
        using var scope = NewDisposeScope();
        var normalised = Model(name, users: 2).Draw(3, Grid, new Generator(1));
        var model = Model(name, users: 2, Normalisation.Model).Draw(3, Grid, new Generator(1));
        var power = Dense.Values(model.Channel.abs().square().mean([1, 3, 4, 5]));
        Assert.All(Dense.Values(normalised.PowerGain).Zip(power), pair => Assert.Equal(1, pair.First / pair.Second, 1e-5));
        Assert.All(Dense.Values(model.PowerGain), gain => Assert.Equal(1, gain));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_SameSeed_SameBits(string name)
    {
        using var scope = NewDisposeScope();
        var model = Model(name, users: 2);
        Assert.True(model.Draw(3, Grid, new Generator(7)).Channel.Equals(Model(name, users: 2).Draw(3, Grid, new Generator(7)).Channel));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_BlocksOnSeveralThreads_SameBitsAsInOrder(string name)
    {
        var model = Model(name, users: 3);
        float[] Block(int index)
        {
            using var scope = NewDisposeScope();
            using var random = new Generator((ulong)index);
            return view_as_real(model.Draw(2, Grid, random).Channel).cpu().data<float>().ToArray();
        }
        const int Blocks = 4;
        float[][] inOrder = [.. Enumerable.Range(0, Blocks).Select(Block)];
        var together = new float[Blocks][];
        Parallel.For(0, Blocks, index => together[Blocks - 1 - index] = Block(Blocks - 1 - index));
        Assert.All(Enumerable.Range(0, Blocks), index => Assert.Equal(inOrder[index], together[index]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_OtherSeed_OtherDrops(string name)
    {
        using var scope = NewDisposeScope();
        var model = Model(name, users: 1);
        Assert.False(model.Draw(3, Grid, new Generator(7)).Channel.Equals(model.Draw(3, Grid, new Generator(8)).Channel));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_SameGenerator_GoesOn(string name)
    {
        using var scope = NewDisposeScope();
        var model = Model(name, users: 1);
        using var random = new Generator(7);
        Assert.False(model.Draw(3, Grid, random).Channel.Equals(model.Draw(3, Grid, random).Channel));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_GlobalGenerator_Untouched(string name)
    {
        using var scope = NewDisposeScope();
        var before = get_rng_state();
        Model(name, users: 2).Draw(3, Grid, new Generator(1));
        Assert.True(before.Equals(get_rng_state()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Draw_NoDrops_Refused(string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Model(name, users: 1).Draw(0, Grid, new Generator(1)));

    private static IEnumerable<string> Modes(string name) =>
        Catalogues.Channels.Find(name)!.DefaultOptions() is Cost2100Options ? [name, name + Corrected] : [name];

    private static IChannelModel Model(string name, int users, Normalisation normalisation = Normalisation.Drop)
    {
        var entry = Catalogues.Channels.Find(name.Replace(Corrected, "", StringComparison.Ordinal))!;
        var options = entry.DefaultOptions();
        if (options is Cost2100Options cost && name.EndsWith(Corrected, StringComparison.Ordinal))
            options = cost with { Mode = Cost2100Mode.Corrected };
        return entry.Create(options, new ChannelSetup(users, 2, new AntennaArray(8), normalisation));
    }
}

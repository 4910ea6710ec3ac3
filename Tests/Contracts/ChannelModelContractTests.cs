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
    private static readonly ResourceGrid Grid = new(24, 20e6, slots: 2);

    public static TheoryData<string> Names => [.. Catalogues.Channels.Names.Where(name => name is not ("recorded" or "cost2100"))];

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

    private static IChannelModel Model(string name, int users, Normalisation normalisation = Normalisation.Drop)
    {
        var entry = Catalogues.Channels.Find(name)!;
        return entry.Create(entry.DefaultOptions(), new ChannelSetup(users, 2, new AntennaArray(8), normalisation));
    }
}

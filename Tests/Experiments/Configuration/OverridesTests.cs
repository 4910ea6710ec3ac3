using Experiments.Planning;

namespace Tests.Experiments.Configuration;

public sealed class OverridesTests
{
    [Fact]
    public void Read_SetValue_ReplacesIt() =>
        Assert.All(Inputs.Read(Inputs.Valid, "links.single.snr=20 dB")[0].Points, point => Assert.Equal(20, point.SnrDecibels));

    [Fact]
    public void Read_SetList_Sweeps() =>
        Assert.Equal([0, 5], Inputs.Read(Inputs.Valid, "links.single.snr=[0 dB, 5 dB]")[0].Points.Select(point => point.SnrDecibels).Distinct());

    [Fact]
    public void Read_SetKeyLeftToItsDefault_AddsIt() =>
        Assert.All(Inputs.Read(Inputs.Valid, "links.single.precoder=eigen")[0].Points, point => Assert.Equal("eigen", point.PrecoderName));

    [Fact]
    public void Read_Drops_HoldForAll() =>
        Assert.Equal(48, Inputs.Read(Inputs.Valid, new InputOverrides { Drops = 48 })[0].Drops);

    [Theory]
    [InlineData("links.singel.snr=20 dB", "--set links.singel.snr=20 dB: links.singel.snr: there is no 'links.singel'; did you mean 'single'? (permitted: single)")]
    [InlineData("links.single.snrr=20 dB", "--set links.single.snrr=20 dB: links.single.snrr: the key 'snrr' is not known; did you mean 'snr'? (permitted: delay-rows, estimator, period, precoder, snr, streams, uplink-efficiency, users)")]
    [InlineData("experiments.first.link.snr=1 dB", "--set experiments.first.link.snr=1 dB: experiments.first.link.snr: 'experiments.first.link' is 'single' and has no key 'snr'; name the block that it refers to.")]
    [InlineData("links.single.snr=20", "--set links.single.snr=20: links.single.snr: '20' lacks a unit; a power ratio is written like '10 dB' (dB).")]
    [InlineData("snr", "--set snr: an override is written PATH=VALUE, e.g. links.single-user.snr=20 dB.")]
    public void Read_BadOverride(string set, string message) =>
        Assert.Equal(message, Inputs.Errors(Inputs.Valid, new InputOverrides { Set = [set] }));

    [Fact]
    public void Read_UnknownExperiment() => Assert.Equal(
        "--only: there is no experiment 'frist'; did you mean 'first'? (permitted: first)",
        Inputs.Errors(Inputs.Valid, new InputOverrides { Only = ["frist"] }));

    [Fact]
    public void Read_NoDrops() => Assert.Equal(
        "--drops: 0 is out of range; permitted: 1 to 10000000.",
        Inputs.Errors(Inputs.Valid, new InputOverrides { Drops = 0 }));
}

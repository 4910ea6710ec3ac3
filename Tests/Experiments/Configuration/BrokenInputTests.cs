using Experiments;
namespace Tests.Experiments.Configuration;

/// <summary>Each broken input, with the whole of its message.</summary>
public sealed class BrokenInputTests
{
    [Theory]
    [InlineData("subcarriers: 64,", "subcarriers: 64.5,", "input.yaml:3:43: scenarios.rich.subcarriers: '64.5' is not a whole number; permitted: 1 to 65536.")]
    [InlineData("subcarriers: 64,", "subcarriers: 0,", "input.yaml:3:43: scenarios.rich.subcarriers: 0 is out of range; permitted: 1 to 65536.")]
    [InlineData("20 MHz", "20", "input.yaml:3:58: scenarios.rich.bandwidth: '20' lacks a unit; a frequency is written like '20 MHz' (Hz, kHz, MHz, GHz).")]
    [InlineData("20 MHz", "20 m", "input.yaml:3:58: scenarios.rich.bandwidth: '20 m' has the unit 'm', but a frequency is measured in Hz, kHz, MHz, GHz.")]
    [InlineData("20 MHz", "wide", "input.yaml:3:58: scenarios.rich.bandwidth: 'wide' is not a frequency; write it like '20 MHz'.")]
    [InlineData("20 MHz", "-1 Hz", "input.yaml:3:58: scenarios.rich.bandwidth: '-1 Hz' is out of range; permitted: greater than zero.")]
    [InlineData("bandwidth: 20 MHz", "bandwith: 20 MHz", "input.yaml:3:47: scenarios.rich.bandwith: the key 'bandwith' is not known; did you mean 'bandwidth'? (permitted: array, bandwidth, channel, impairments, normalise, receive-antennas, slot-duration, slots, subcarriers)")]
    [InlineData("array: { columns: 8 }", "array: 8", "input.yaml:3:73: scenarios.rich.array: found '8' where a block of keys is expected.")]
    [InlineData("array: { columns: 8 }", "normalise: drops", "input.yaml:3:77: scenarios.rich.normalise: 'drops' is not permitted; did you mean 'drop'? (permitted: drop, model)")]
    [InlineData("channel: rayleigh, ", "", "input.yaml:3:9: scenarios.rich: the key 'channel' is missing; it is written like 'channel: rayleigh'.")]
    [InlineData("taps: [4, 8]", "taps: [4, 4]", "input.yaml:5:45: feedback.taps.taps: the value '4' stands in this list twice.")]
    [InlineData("taps: [4, 8]", "taps: []", "input.yaml:5:41: feedback.taps.taps: found an empty list; a sweep has at least one value.")]
    [InlineData("taps: [4, 8]", "taps: [[4], 8]", "input.yaml:5:42: feedback.taps.taps: found a list within a list; a sweep is one list of values.")]
    [InlineData("taps: [4, 8]", "quantizer: mulaw", "input.yaml:5:46: feedback.taps.quantizer: 'mulaw' is not permitted; did you mean 'mu-law'? (permitted: mu-law, uniform)")]
    [InlineData("taps: [4, 8], value-bits: 4", "rate: { budget: 3 b }", "input.yaml:5:51: feedback.taps.rate.budget: budget is 3 b; strongest-taps with these options takes at least 26 b (one tap).")]
    [InlineData("scheme: strongest-taps, taps: [4, 8], value-bits: 4", "scheme: dft-codebook, subbands: 7", "input.yaml:5:43: feedback.taps.subbands: subbands is 7; permitted is a divisor of the 64 subcarriers.")]
    [InlineData("scheme: strongest-taps, taps: [4, 8], value-bits: 4", "scheme: dft-codebook, rate: { budget: 128 b }", "input.yaml:5:49: feedback.taps.rate.budget: dft-codebook cannot be held to a budget; permitted are its own options: oversampling, subbands.")]
    [InlineData("scheme: strongest-taps, taps: [4, 8], value-bits: 4", "scheme: csinet, model: nothing-like-it", "input.yaml:5:34: feedback.taps.model: there is no model 'nothing-like-it'")]
    [InlineData("snr: 10 dB", "snr: 10", "input.yaml:7:28: links.single.snr: '10' lacks a unit; a power ratio is written like '10 dB' (dB).")]
    [InlineData("snr: 10 dB", "precoder: zero-forcng", "input.yaml:7:33: links.single.precoder: 'zero-forcng' is not a precoder; did you mean 'zero-forcing'? (permitted: eigen, maximum-ratio, regularized-zero-forcing, zero-forcing)")]
    [InlineData("snr: 10 dB", "streams: 2", "input.yaml:7:32: links.single.streams: 2 streams a user are more than the 1 receive antennas of scenario 'rich'.")]
    [InlineData("users: 1,", "users: 9,", "input.yaml:7:11: links.single: 9 streams in all (users x streams) are more than the 8 transmit antennas of scenario 'rich'.")]
    [InlineData("snr: 10 dB", "delay-rows: 65", "input.yaml:7:35: links.single.delay-rows: 65 delay rows are more than the 64 subcarriers of scenario 'rich'.")]
    [InlineData("link: single", "link: singel", "input.yaml:9:34: experiments.first.link: 'singel' is not a link; did you mean 'single'? (permitted: single)")]
    [InlineData("[uncompressed, taps]", "[uncompressed, tapz]", "input.yaml:9:67: experiments.first.feedback: 'tapz' is not a feedback block; did you mean 'taps'? (permitted: {blocks})")]
    [InlineData("drops: 64", "dropz: 64", "input.yaml:9:74: experiments.first.dropz: the key 'dropz' is not known; did you mean 'drops'? (permitted: block, drops, feedback, link, reference-lines, scenario)")]
    [InlineData("seed: 7", "seed: one", "input.yaml:1:7: seed: 'one' is not a whole number; permitted: 0 or more.")]
    [InlineData("seed: 7", "sed: 7", "input.yaml:1:1: sed: the key 'sed' is not known; did you mean 'seed'? (permitted: experiments, feedback, links, scenarios, seed)")]
    [InlineData("  first:", "  a/b:", "input.yaml:9:8: experiments.a/b: the name 'a/b' is that of a folder of results; permitted are letters, digits, '-', '_' and '.', the last not in front.")]
    [InlineData("channel: rayleigh,", "channel: recorded, path: nothing.npy,", "input.yaml:3:36: scenarios.rich.path: the file 'nothing.npy' does not exist")]
    public void Read_OneMistake(string correct, string broken, string message)
    {
        Assert.Contains(correct, Inputs.Valid, StringComparison.Ordinal);
        var errors = Inputs.Errors(Inputs.Valid.Replace(correct, broken, StringComparison.Ordinal));
        var blocks = Catalogues.Feedback.Names.Append("taps").Order(StringComparer.Ordinal);
        Assert.Equal(message.Replace("{blocks}", string.Join(", ", blocks), StringComparison.Ordinal), errors.Split("; did you mean 'csinet").First().Split("; permitted: c").First().Split("; there are none").First());
    }

    [Theory]
    [InlineData("slots: 5, speed: -3 km/h", "64: scenarios.rich.speed: -0.8333333333333334 m/s is out of range; permitted: 0 or more.")]
    [InlineData("slots: 5, speed: 3", "64: scenarios.rich.speed: '3' lacks a unit; a speed is written like '3 km/h' (km/h, m/s).")]
    [InlineData("slots: 5, direction: 90 deg", "68: scenarios.rich.direction: a direction without a speed has no effect; permitted: both, or neither.")]
    [InlineData("slots: 5, trajectory: way.csv", "69: scenarios.rich.trajectory: the file 'way.csv' does not exist")]
    [InlineData("slots: 5, slot-duration: 1 s, speed: 10 m/s", "84: scenarios.rich.speed: users who travel 50 m in 5 slots come 64.1 m from the centre of the cell of radius 30 m; permitted: 27.3 m, so that their visibility regions lie in the cell (slower, fewer slots, or a smaller area to start in).")]
    public void Read_MistakenMovement(string options, string message)
    {
        var moving = Inputs.Valid.Replace("channel: rayleigh,", $"channel: cost2100/indoor-hall-5ghz, {options},", StringComparison.Ordinal);
        Assert.Equal($"input.yaml:3:{message}", Inputs.Errors(moving));
    }

    [Fact]
    public void Read_DuplicateKeys() => Assert.Equal(
        "input.yaml:10:1: seed: the key 'seed' stands here a second time; it was given in line 1 already.",
        Inputs.Errors(Inputs.Valid + "seed: 8\n"));

    [Fact]
    public void Read_ManyMistakes_AllInTheOrderOfTheFile() => Assert.Equal(
        """
        input.yaml:3:20: scenarios.rich.channel: 'raylegh' is not a channel model; did you mean 'rayleigh'? (permitted: cost2100, cost2100/closely-spaced-indoor-2600mhz, cost2100/closely-spaced-semi-urban-2600mhz-los, cost2100/closely-spaced-semi-urban-2600mhz-nlos, cost2100/indoor-hall-5ghz, cost2100/semi-urban-300mhz-los, cost2100/semi-urban-300mhz-nlos, cost2100/very-large-array-2600mhz-los, cost2100/very-large-array-2600mhz-nlos, rayleigh, recorded)
        input.yaml:5:61: feedback.taps.value-bits: 'x' is not a whole number.
        input.yaml:7:28: links.single.snr: '10' lacks a unit; a power ratio is written like '10 dB' (dB).
        """,
        Inputs.Errors(Inputs.Valid
            .Replace("rayleigh", "raylegh", StringComparison.Ordinal)
            .Replace("value-bits: 4", "value-bits: x", StringComparison.Ordinal)
            .Replace("10 dB", "10", StringComparison.Ordinal)));

    [Fact]
    public void Read_SamePointTwice() => Assert.Equal(
        "input.yaml:9:10: experiments.first: two points would have the same name in the results: rich, uncompressed, 1 users, 1 streams, perfect, maximum-ratio, 10 dB, 0.005 s, 1 bit/s/Hz, 32 delay rows; name the blocks differently or leave one out.",
        Inputs.Errors(Inputs.Valid.Replace("[uncompressed, taps]", "[uncompressed, { scheme: uncompressed }]", StringComparison.Ordinal)));

    [Fact]
    public void Read_NamesThatDifferInCase() => Assert.Equal(
        "input.yaml:10:10: experiments.First: 'First' and 'first' differ in case only; their results would share a folder.",
        Inputs.Errors(Inputs.Valid + "  First: { scenario: rich, link: single, feedback: uncompressed }\n"));

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("a: [1, 2", "this is not YAML: ")]
    [InlineData("- 1\n", "found a list where a block of keys is expected.")]
    public void Read_NoInput(string yaml, string message) =>
        Assert.Contains(message, Inputs.Errors(yaml), StringComparison.Ordinal);
}

using System.Diagnostics;
using Simulator;
using Tests.Support;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What damaged messages may do to a base station: nothing but a refusal or a valid report, soon and in little memory.</summary>
/// <remarks>
/// <para>
/// <em>Time.</em> A decoder does a bounded amount of work a symbol and a report has a bounded number of symbols, so no message may take much longer than
/// one that was sent: 100 times the slowest of those, and never less than two seconds, which a busy machine may pause for.
/// </para>
/// <para>
/// <em>Memory.</em> What the decoder allocates for numbers is a report as float32 and a few copies of it, and a few bytes a bit of the message: 8 times the report, 64 bytes a bit, and
/// 64 KiB for tensors' handles and an exception with its trace; what is made once for all messages is not counted. Counted is the memory of the runtime on the decoding thread, not libtorch's.
/// </para>
/// </remarks>
public sealed class MutatedMessageTests(ITestOutputHelper output)
{
    private const int All = 1_000_000;
    private const int Sent = 48;
    private const int Portion = 500;

    public static TheoryData<string> Names => FeedbackCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void Decode_TenThousandMutatedMessages_AreRefusedOrValid(string name) => Throw(name, All / 100);

    [Theory, MemberData(nameof(Names))]
    [Trait("Category", "slow")]
    public void Decode_AMillionMutatedMessages_AreRefusedOrValid(string name) => Throw(name, All);

    private void Throw(string name, int overAllCases)
    {
        var found = FeedbackCases.Named(name);
        var count = (overAllCases + FeedbackCases.All.Count - 1) / FeedbackCases.All.Count;
        var scheme = found.Create();
        var messages = Messages(found, scheme);
        var longest = messages.Max(message => message.Length);
        var sent = messages.ConvertAll(message => Bits(message.Bytes, message.Length));
        var tally = new Tally(Bound: 8L * 8 * found.Dimensions.Subcarriers * found.Dimensions.ReceiveAntennas * found.Dimensions.TransmitAntennas + (64 << 10));
        foreach (var message in messages)
            Decode(found, scheme, message, tally);
        // The first decodings compile code and fill pools.
        tally.Begin(messages.Skip(Sent / 2).Max(message => Decode(found, scheme, message, tally)));
        for (var first = 0; first < count; first += Portion)
        {
            var random = new Random(first);
            var mutated = Enumerable.Range(0, Math.Min(Portion, count - first)).Select(_ => Mutated(sent, longest, random)).ToList();
            // On a thread of its own, so that a decoder that never ends does not take the test with it.
            var work = new Thread(() => mutated.ForEach(message => tally.Watch(() => Decode(found, scheme, message, tally))));
            work.Start();
            Assert.True(work.Join(tally.Limit * 10 + TimeSpan.FromMinutes(1)), $"The portion from {first} hangs.");
            Assert.True(tally.Failure is null, $"A message of the portion from {first}: {tally.Failure}");
        }
        output.WriteLine($"{name}: {tally.Refused} refused, {tally.Valid} valid; most {tally.MostBytes} of {tally.Bound} bytes and 64 a bit, {tally.Longest.TotalMilliseconds:F1} of {tally.Limit.TotalMilliseconds:F0} ms");
        Assert.True(tally.Valid > 0 && tally.Refused > 0);
    }

    private static List<BitString> Messages(FeedbackCase found, IFeedbackScheme scheme)
    {
        using var scope = NewDisposeScope();
        var usual = TestMeasurements.Draw(found.Dimensions, Sent - 2, seed: 77);
        var faint = TestMeasurements.Draw(found.Dimensions, 1, seed: 78, scale: 1e-18);
        var zero = faint with { Channel = zeros_like(faint.Channel) };
        return [.. new[] { zero, faint, usual }.SelectMany(scheme.Encode)];
    }

    private static BitString Mutated(List<bool[]> messages, int longest, Random random)
    {
        bool[] bits = [.. Pick()];
        switch (random.Next(6))
        {
            case 0:
                for (var flips = random.Next(1, 9); flips > 0 && bits.Length > 0; flips--)
                    bits[random.Next(bits.Length)] ^= true;
                break;
            case 1:
                bits = bits[..random.Next(bits.Length + 1)];
                break;
            case 2:
                var other = Pick();
                bits = [.. bits[..random.Next(bits.Length + 1)], .. other[random.Next(other.Length + 1)..]];
                break;
            case 3:
                bits = Noise(random.Next(2 * longest + 1));
                break;
            case 4:
                // Behind a sound beginning everything is noise.
                bits = [.. bits[..random.Next(bits.Length + 1)], .. Noise(random.Next(longest + 1))];
                break;
            default:
                bits = [.. bits[..random.Next(bits.Length + 1)], .. Enumerable.Repeat(random.Next(2) == 0, random.Next(longest + 1))];
                break;
        }
        return Packed(bits);

        bool[] Pick() => messages[random.Next(messages.Count)];

        bool[] Noise(int length)
        {
            var bytes = new byte[(length + 7) / 8];
            random.NextBytes(bytes);
            return Bits(bytes, length);
        }
    }

    private static bool[] Bits(ReadOnlySpan<byte> bytes, int length)
    {
        var bits = new bool[length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (bytes[i >> 3] >> (7 - (i & 7)) & 1) != 0;
        return bits;
    }

    private static BitString Packed(bool[] bits)
    {
        var bytes = new byte[(bits.Length + 7) / 8];
        for (var i = 0; i < bits.Length; i++)
        {
            if (bits[i])
                bytes[i >> 3] |= (byte)(0x80 >> (i & 7));
        }
        return new BitString(bytes, bits.Length);
    }

    private static TimeSpan Decode(FeedbackCase found, IFeedbackScheme scheme, BitString message, Tally tally)
    {
        using var scope = NewDisposeScope();
        var (report, elapsed, bytes) = Measured(scheme, message);
        // Tables of a step are made when a message first asks for it, once for all messages: what this one takes by itself shows when it is decoded again.
        if (bytes > tally.MostOf(message.Length))
            (report, elapsed, bytes) = Measured(scheme, message);
        tally.Count(report is not null, elapsed, bytes, message.Length);
        if (report is not null)
            AssertValid(report, found.Dimensions);
        return elapsed;
    }

    private static (Report? Report, TimeSpan Elapsed, long Bytes) Measured(IFeedbackScheme scheme, BitString message)
    {
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        Report? report = null;
        try
        {
            report = scheme.Decode([message]);
        }
        catch (InvalidMessageException)
        {
            // Refusing is as good as decoding.
        }
        return (report, watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertValid(Report report, CsiDimensions dimensions)
    {
        var shape = report.Rows.shape;
        Assert.Equal([1, dimensions.Subcarriers, shape[2], dimensions.TransmitAntennas], shape);
        Assert.InRange(report.Rank.ToInt64(), 0, shape[2]);
        var power = view_as_real(report.Rows).to(ScalarType.Float64).square().sum().ToDouble();
        Assert.True(double.IsFinite(power));
        if (report.Kind == ReportKind.Channel)
            Assert.Equal(dimensions.ReceiveAntennas, shape[2]);
        else
            // Every meaningful row has norm √A; sums of float32 squares, a few units of 2^-24 each.
            Assert.Equal(1, (power + 1) / (report.Rank.ToInt64() * dimensions.Subcarriers * dimensions.TransmitAntennas + 1.0), 1e-5);
    }

    private sealed record Tally(long Bound)
    {
        private bool begun;

        public int Valid { get; private set; }

        public int Refused { get; private set; }

        public long MostBytes { get; private set; }

        public TimeSpan Longest { get; private set; }

        public TimeSpan Limit { get; private set; }

        public Exception? Failure { get; private set; }

        public void Begin(TimeSpan slowest)
        {
            (begun, Valid, Refused, MostBytes, Longest) = (true, 0, 0, 0, default);
            Limit = slowest * 100 > TimeSpan.FromSeconds(2) ? slowest * 100 : TimeSpan.FromSeconds(2);
        }

        public long MostOf(int bits) => Bound + 64L * bits;

        public void Count(bool valid, TimeSpan elapsed, long bytes, int bits)
        {
            (Valid, Refused) = valid ? (Valid + 1, Refused) : (Valid, Refused + 1);
            MostBytes = Math.Max(MostBytes, bytes);
            Longest = elapsed > Longest ? elapsed : Longest;
            if (begun)
            {
                Assert.InRange(bytes, 0, MostOf(bits));
                Assert.InRange(elapsed, TimeSpan.Zero, Limit);
            }
        }

        public void Watch(Action decode)
        {
            try
            {
                if (Failure is null)
                    decode();
            }
            catch (Exception error)
            {
                Failure = error;
            }
        }
    }
}

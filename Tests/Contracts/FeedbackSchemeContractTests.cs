using Experiments;
using Simulator;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Contracts;

/// <summary>What every feedback scheme promises, whatever it reports.</summary>
public sealed class FeedbackSchemeContractTests
{
    public static TheoryData<string> Names => FeedbackCases.Names;

    [Fact]
    public void Cases_CoverTheCatalogue() =>
        Assert.All(Catalogues.Feedback.Names, name => Assert.Contains(FeedbackCases.All, found => found.Name.StartsWith(name, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FreshInstanceOneByOne_GivesTheBatch(string name) =>
        EncodeInBatchesDecodeOneByOne(name, reports: FeedbackCases.SearchesForPaths(name) ? 50 : 200);

    [Theory]
    [Trait("Category", "slow")]
    [MemberData(nameof(Names))]
    public void Decode_ThousandsOneByOne_GivesTheBatch(string name) =>
        EncodeInBatchesDecodeOneByOne(name, reports: FeedbackCases.SearchesForPaths(name) ? 1000 : 5000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_RowAlone_GivesTheBitsOfTheBatch(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: FeedbackCases.SearchesForPaths(name) ? 13 : 37);

        var batch = scheme.Encode(measurement);

        for (var n = 0; n < batch.Count; n++)
            Assert.Equal(batch[n], Assert.Single(scheme.Encode(measurement.Part(n))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_OlderSlots_AreNotNeeded(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 3);
        var older = cat([measurement.Channel * 0.5, measurement.Channel], 1);

        var messages = scheme.Encode(new Measurement(older, measurement.NoiseVariance));

        Assert.Equal(scheme.Encode(measurement), messages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AppendedRandomBits_ChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 8);
        var messages = scheme.Encode(measurement);
        var random = new Random(5);

        var longer = messages.Select(message => Appended(message, random)).ToArray();

        Assert.Equal(scheme.Decode(messages).Numbers(), scheme.Decode(longer).Numbers());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_TruncatedMessage_IsRefusedUnlessNothingIsMissing(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 1);
        var message = scheme.Encode(measurement)[0];
        var complete = scheme.Decode([message]).Numbers();
        var refused = 0;
        var step = 1 + message.Length / 400;
        for (var length = 0; length < message.Length; length += step)
        {
            using var inner = NewDisposeScope();
            try
            {
                Assert.Equal(complete, scheme.Decode([new BitString(message.Bytes, length)]).Numbers());
            }
            catch (InvalidMessageException)
            {
                Assert.Equal(length, refused * step);
                refused++;
            }
        }
        Assert.NotEqual(0, refused);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FlippedBit_IsRefusedOrGivesAValidReport(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 1);
        var message = scheme.Encode(measurement)[0];
        for (var position = 0; position < message.Length; position += 1 + message.Length / 400)
        {
            using var inner = NewDisposeScope();
            var bytes = message.Bytes.ToArray();
            bytes[position >> 3] ^= (byte)(0x80 >> (position & 7));
            DecodeIfPossible(scheme, FeedbackCases.Named(name).Dimensions, new BitString(bytes, message.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_RandomMessage_IsRefusedOrGivesAValidReport(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 1);
        var length = scheme.Encode(measurement)[0].Length;
        var random = new Random(7);
        for (var trial = 0; trial < 50; trial++)
        {
            using var inner = NewDisposeScope();
            var bytes = new byte[(length + 7) / 8];
            random.NextBytes(bytes);
            DecodeIfPossible(scheme, FeedbackCases.Named(name).Dimensions, new BitString(bytes, length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_ZeroChannel_GivesAValidReport(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 2);

        var report = scheme.Decode(scheme.Encode(measurement with { Channel = zeros_like(measurement.Channel) }));

        AssertValid(report, FeedbackCases.Named(name).Dimensions, 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_TinyAndHugeChannels_AreReportedAsWell(string name)
    {
        using var scope = NewDisposeScope();
        var dimensions = FeedbackCases.Named(name).Dimensions;
        var (scheme, measurement) = Prepare(name, reports: 8);
        var report = scheme.Decode(scheme.Encode(measurement));
        foreach (var scale in new[] { 1e-20, 1e20 })
        {
            var scaled = TestMeasurements.Draw(dimensions, 8, scale: scale);
            var found = scheme.Decode(scheme.Encode(scaled));
            AssertValid(found, dimensions, 8);
            if (found.Kind == ReportKind.Channel)
            {
                // The steps of a quantised scale lie elsewhere; that moves the error by less than a third.
                var ratio = (TestMeasurements.NormalisedError(scaled, found) + 1e-6) / (TestMeasurements.NormalisedError(measurement, report) + 1e-6);
                Assert.InRange(ratio, 0.75, 1.33);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EncodeDecode_InAScope_LeaveNothingBehindButTheReport(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 3);

        using var encoding = NewDisposeScope();
        var messages = scheme.Encode(measurement);
        Assert.Equal(0, encoding.DisposablesCount);

        using var decoding = NewDisposeScope();
        scheme.Decode(messages);
        Assert.Equal(2, decoding.DisposablesCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_OtherDimensionsOrNoNumbers_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        var (scheme, measurement) = Prepare(name, reports: 2);
        var narrow = measurement with { Channel = measurement.Channel.narrow(2, 0, 8) };
        var undefined = measurement with { Channel = measurement.Channel * double.NaN };

        Assert.Throws<ArgumentException>(() => scheme.Encode(narrow));
        Assert.Throws<ArgumentException>(() => scheme.Encode(undefined));
    }

    private static void EncodeInBatchesDecodeOneByOne(string name, int reports)
    {
        var batch = Math.Min(reports, 200);
        var found = FeedbackCases.Named(name);
        var threads = get_num_threads();
        try
        {
            var encoder = found.Create();
            for (var first = 0; first < reports; first += batch)
            {
                using var scope = NewDisposeScope();
                var measurement = TestMeasurements.Draw(found.Dimensions, batch, seed: 100 + (ulong)first);
                set_num_threads(2);
                var messages = encoder.Encode(measurement);
                var together = encoder.Decode(messages);
                AssertValid(together, found.Dimensions, batch);
                var numbers = together.Numbers();
                var ranks = together.Rank.data<long>().ToArray();

                set_num_threads(1);
                var decoder = found.Create();
                var length = numbers.Length / batch;
                for (var n = 0; n < batch; n++)
                {
                    using var inner = NewDisposeScope();
                    var alone = decoder.Decode([messages[n]]);
                    Assert.True(numbers.AsSpan(n * length, length).SequenceEqual(alone.Numbers()), $"Report {n} differs.");
                    Assert.Equal(ranks[n], alone.Rank.ToInt64());
                }
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static (IFeedbackScheme Scheme, Measurement Measurement) Prepare(string name, int reports)
    {
        var found = FeedbackCases.Named(name);
        return (found.Create(), TestMeasurements.Draw(found.Dimensions, reports));
    }

    private static BitString Appended(BitString message, Random random)
    {
        var extra = random.Next(1, 100);
        var bytes = new byte[(message.Length + extra + 7) / 8];
        random.NextBytes(bytes);
        for (var i = 0; i < message.Length; i++)
        {
            var mask = (byte)(0x80 >> (i & 7));
            bytes[i >> 3] = (byte)(message[i] ? bytes[i >> 3] | mask : bytes[i >> 3] & ~mask);
        }
        return new BitString(bytes, message.Length + extra);
    }

    private static void DecodeIfPossible(IFeedbackScheme scheme, CsiDimensions dimensions, BitString message)
    {
        try
        {
            AssertValid(scheme.Decode([message]), dimensions, 1);
        }
        catch (InvalidMessageException)
        {
            // Refusing is as good as decoding.
        }
    }

    private static void AssertValid(Report report, CsiDimensions dimensions, int reports)
    {
        using var scope = NewDisposeScope();
        var shape = report.Rows.shape;
        Assert.Equal(ScalarType.ComplexFloat32, report.Rows.dtype);
        Assert.Equal(ScalarType.Int64, report.Rank.dtype);
        Assert.Equal([reports, dimensions.Subcarriers, shape[2], dimensions.TransmitAntennas], shape);
        Assert.True(Array.TrueForAll(report.Numbers(), float.IsFinite));
        var ranks = report.Rank.data<long>().ToArray();
        Assert.All(ranks, rank => Assert.InRange(rank, 0, shape[2]));
        if (report.Kind == ReportKind.Channel)
        {
            Assert.Equal(dimensions.ReceiveAntennas, shape[2]);
            return;
        }
        var powers = view_as_real(report.Rows).to(ScalarType.Float64).square().sum([-2, -1]);   // [N, S, K]
        for (var n = 0; n < reports; n++)
        {
            for (var k = 0; k < shape[2]; k++)
            {
                // A sum of A squares of float32 numbers: a few units of 2^-24 each.
                var expected = k < ranks[n] ? dimensions.TransmitAntennas : 0;
                Assert.True((powers[n].select(-1, k) - expected).abs().max().ToDouble() <= 1e-5 * expected);
            }
        }
    }
}

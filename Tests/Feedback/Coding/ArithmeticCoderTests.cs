using Feedback.Coding;
using Simulator;

namespace Tests.Feedback.Coding;

public sealed class ArithmeticCoderTests
{
    [Fact]
    public void Finish_RandomMessagesUnderRandomModels_CostsLessThanTwoBitsMore()
    {
        var random = new Random(1);
        var worst = 0.0;
        for (var trial = 0; trial < 100_000; trial++)
        {
            var table = RandomTable(random);
            // Mostly short messages: the bound must hold however few bits there are.
            var symbols = Draw(random, table, trial % 1000 == 0 ? 5000 : random.Next(0, 40));
            var message = Encode(table, symbols);
            var ideal = symbols.Sum(table.Bits);
            Assert.True(message.Length < ideal + 2 + 1e-3, $"{message.Length} bits for {ideal}");
            worst = Math.Max(worst, message.Length - ideal);
            Assert.Equal(symbols, Decode(table, message, symbols.Length));
        }
        // A coder that wasted nothing at all would be a broken test.
        Assert.InRange(worst, 0.5, 2.001);
    }

    [Fact]
    public void Decode_RandomBitsAppendedAndFieldsAround_ChangesNothing()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 500; trial++)
        {
            var table = RandomTable(random);
            var symbols = Draw(random, table, random.Next(1, 60));
            var writer = new BitWriter();
            writer.Write(5, 3);
            Encode(table, symbols, writer);
            var length = writer.Length;
            writer.Write((ulong)random.NextInt64(), 64);
            var reader = new BitReader(writer.ToBitString());
            Assert.Equal(5UL, reader.Read(3));
            Assert.Equal(symbols, Decode(table, reader, symbols.Length));
            Assert.Equal(length, reader.Position);
        }
    }

    [Fact]
    public void IsCertain_EveryTruncation_TellsWhatAllContinuationsShare()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 20; trial++)
        {
            var table = RandomTable(random);
            var symbols = Draw(random, table, 30);
            var message = Encode(table, symbols);
            for (var length = 0; length < message.Length; length++)
            {
                var certain = 0;
                var decoder = new ArithmeticDecoder(new BitReader(new BitString(message.Bytes, length)));
                var found = new List<int>();
                for (; certain < symbols.Length; certain++)
                {
                    found.Add(decoder.Decode(table));
                    if (!decoder.IsCertain)
                        break;
                }
                // Code values are ordered, so what zeros and ones behind the cut share is shared by everything between them.
                var shared = Continued(table, message, length, ones: false, symbols.Length)
                    .Zip(Continued(table, message, length, ones: true, symbols.Length)).TakeWhile(pair => pair.First == pair.Second).Count();
                Assert.Equal(shared, certain);
                Assert.Equal(symbols[..certain], found[..certain]);
            }
        }
    }

    [Fact]
    public void Finish_EveryTruncation_IsRefused()
    {
        var random = new Random(3);
        var table = RandomTable(random);
        var symbols = Draw(random, table, 30);
        var message = Encode(table, symbols);
        for (var length = 0; length < message.Length; length++)
        {
            var cut = new BitString(message.Bytes, length);
            var decoded = Record.Exception(() => Decode(table, cut, symbols.Length));
            Assert.True(decoded is InvalidMessageException, $"cut to {length} of {message.Length} bits: {decoded?.GetType().Name ?? "accepted"}");
        }
    }

    [Fact]
    public void Decode_FlippedMessages_EndInSymbolsOrInvalidMessage()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var table = RandomTable(random);
            var bytes = new byte[random.Next(0, 20)];
            random.NextBytes(bytes);
            var error = Record.Exception(() => Decode(table, new BitString(bytes, bytes.Length * 8), 50));
            Assert.True(error is null or InvalidMessageException, error?.ToString());
        }
    }

    [Fact]
    public void Encode_RunsOfTheLikeliestSymbol_CarryThroughManyBytes()
    {
        // The last symbol of a skewed table keeps low close to the top of the window, where carries ripple.
        var table = new FrequencyTable([1, 1, 65534]);
        for (var length = 0; length < 3000; length += 7)
        {
            var symbols = Enumerable.Repeat(2, length).Append(0).Append(2).Append(1).ToArray();
            Assert.Equal(symbols, Decode(table, Encode(table, symbols), symbols.Length));
        }
    }

    [Fact]
    public void AdaptiveFrequencies_SkewedSource_ApproachesItsEntropy()
    {
        var random = new Random(5);
        var table = FrequencyTable.FromWeights([80, 10, 5, 3, 1, 0.5, 0.3, 0.2]);
        var symbols = Draw(random, table, 20_000);
        var encoder = new ArithmeticEncoder();
        var model = new AdaptiveFrequencies(table.Count);
        foreach (var symbol in symbols)
        {
            model.Encode(encoder, symbol);
        }
        var writer = new BitWriter();
        encoder.Finish(writer);
        // Learning K-1 frequencies from n symbols costs about (K-1)/2·log2 n bits, and halving counts keeps some more unlearnt.
        Assert.InRange(writer.Length, symbols.Sum(table.Bits) * 0.98, symbols.Sum(table.Bits) * 1.02 + 3.5 * Math.Log2(symbols.Length));

        var decoder = new ArithmeticDecoder(new BitReader(writer.ToBitString()));
        var mirror = new AdaptiveFrequencies(table.Count);
        Assert.Equal(symbols, symbols.Select(_ => mirror.Decode(decoder)).ToArray());
    }

    [Fact]
    public void EncodeUniform_AnyWidth_CostsItsWidth()
    {
        var encoder = new ArithmeticEncoder();
        for (var width = 1; width <= 16; width++)
        {
            encoder.EncodeUniform((1u << width) - 1, width);
        }
        var writer = new BitWriter();
        encoder.Finish(writer);
        Assert.InRange(writer.Length, 136, 138);
        var decoder = new ArithmeticDecoder(new BitReader(writer.ToBitString()));
        Assert.All(Enumerable.Range(1, 16), width => Assert.Equal((1u << width) - 1, decoder.DecodeUniform(width)));
        decoder.Finish();
    }

    [Theory]
    [InlineData(new[] { 65535 })]
    [InlineData(new[] { 65536, 0 })]
    [InlineData(new int[0])]
    public void FrequencyTable_FrequenciesThatAreNone_AreRefused(int[] frequencies) =>
        Assert.Throws<ArgumentException>(() => new FrequencyTable(frequencies));

    private static FrequencyTable RandomTable(Random random)
    {
        var skew = random.NextDouble() * 8;
        return FrequencyTable.FromWeights([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Math.Exp(skew * random.NextDouble()))]);
    }

    private static int[] Draw(Random random, FrequencyTable table, int count)
    {
        var symbols = new int[count];
        for (var index = 0; index < count; index++)
        {
            var target = random.Next(1 << 16);
            while (table.Below(symbols[index]) + table.Of(symbols[index]) <= target)
            {
                symbols[index]++;
            }
        }
        return symbols;
    }

    private static BitString Encode(FrequencyTable table, int[] symbols)
    {
        var writer = new BitWriter();
        Encode(table, symbols, writer);
        return writer.ToBitString();
    }

    private static void Encode(FrequencyTable table, int[] symbols, BitWriter writer)
    {
        var encoder = new ArithmeticEncoder();
        foreach (var symbol in symbols)
        {
            encoder.Encode(table, symbol);
        }
        encoder.Finish(writer);
    }

    private static int[] Decode(FrequencyTable table, BitString message, int count) => Decode(table, new BitReader(message), count);

    private static List<int> Continued(FrequencyTable table, BitString message, int length, bool ones, int count)
    {
        var writer = new BitWriter();
        for (var bit = 0; bit < length; bit++)
            writer.Write(message[bit] ? 1u : 0, 1);
        for (var word = 0; word < 40; word++)
            writer.Write(ones ? ulong.MaxValue : 0, 64);
        var decoder = new ArithmeticDecoder(new BitReader(writer.ToBitString()));
        var symbols = new List<int>();
        try
        {
            while (symbols.Count < count)
                symbols.Add(decoder.Decode(table));
        }
        catch (InvalidMessageException)
        {
            // The ends of the code's range belong to no symbol.
        }
        return symbols;
    }

    private static int[] Decode(FrequencyTable table, BitReader reader, int count)
    {
        var decoder = new ArithmeticDecoder(reader);
        var symbols = new int[count];
        for (var index = 0; index < count; index++)
        {
            symbols[index] = decoder.Decode(table);
        }
        decoder.Finish();
        return symbols;
    }
}

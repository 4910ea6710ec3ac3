using System.Numerics;
using Feedback.Coding;
using Simulator;

namespace Tests.Feedback.Coding;

public sealed class CombinationCoderTests
{
    // All subsets in the order of the combinatorial number system: compared by their largest member first.
    [Fact]
    public void Write_AllSubsetsOfSmallSets_AreNumberedAsBruteForceOrdersThem()
    {
        for (var total = 1; total <= 9; total++)
        {
            for (var chosen = 1; chosen <= total; chosen++)
            {
                var coder = new CombinationCoder(total, chosen);
                var subsets = Enumerable.Range(0, 1 << total).Where(mask => BitOperations.PopCount((uint)mask) == chosen).Order().ToArray();
                Assert.Equal((int)Math.Ceiling(Math.Log2(subsets.Length)), coder.Bits);
                for (var number = 0; number < subsets.Length; number++)
                {
                    var positions = Enumerable.Range(0, total).Where(bit => (subsets[number] >> bit & 1) != 0).ToArray();
                    var message = Message(coder, positions);
                    Assert.Equal(coder.Bits, message.Length);
                    Assert.Equal((ulong)number, coder.Bits == 0 ? 0 : new BitReader(message).Read(coder.Bits));
                    Assert.Equal(positions, Positions(coder, message));
                }
            }
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(7, 2)]
    [InlineData(9, 4)]
    public void Read_NumberOfNoSubset_IsRefused(int total, int chosen)
    {
        var coder = new CombinationCoder(total, chosen);
        var subsets = (ulong)CombinationCoder.Binomial(total, chosen);
        for (var number = subsets; number < 1UL << coder.Bits; number++)
        {
            var writer = new BitWriter();
            writer.Write(number, coder.Bits);
            Assert.Throws<InvalidMessageException>(() => Positions(coder, writer.ToBitString()));
        }
    }

    [Theory]
    [InlineData(1024, 32)]
    [InlineData(1024, 512)]
    [InlineData(1024, 1024)]
    [InlineData(4096, 128)]
    [InlineData(65536, 3)]
    public void Read_RandomAndExtremeSubsets_ReturnsWhatWasWritten(int total, int chosen)
    {
        var coder = new CombinationCoder(total, chosen);
        var random = new Random(total + chosen);
        var drawn = Enumerable.Range(0, total).ToArray();
        random.Shuffle(drawn);
        foreach (var subset in new[] { drawn[..chosen], [.. Enumerable.Range(0, chosen)], [.. Enumerable.Range(total - chosen, chosen)] })
        {
            var positions = subset.Order().ToArray();
            var message = Message(coder, positions);
            Assert.Equal(coder.Bits, message.Length);
            Assert.Equal(positions, Positions(coder, message));
        }
    }

    [Fact]
    public void Bits_StrongestOfACrop_IsTheLogarithmOfTheBinomial()
    {
        // log2 C(1024, 32) = 201.1 by Stirling's series.
        Assert.Equal(202, new CombinationCoder(1024, 32).Bits);
        Assert.Equal(BigInteger.Parse("2598960", System.Globalization.CultureInfo.InvariantCulture), CombinationCoder.Binomial(52, 5));
        Assert.Equal(BigInteger.Zero, CombinationCoder.Binomial(3, 4));
    }

    private static BitString Message(CombinationCoder coder, int[] positions)
    {
        var writer = new BitWriter();
        coder.Write(writer, Array.ConvertAll(positions, position => (long)position));
        return writer.ToBitString();
    }

    private static int[] Positions(CombinationCoder coder, BitString message)
    {
        var positions = new int[coder.Chosen];
        coder.Read(new BitReader(message), positions);
        return positions;
    }
}

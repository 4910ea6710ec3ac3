using Feedback.Coding;
using Simulator;

namespace Experiments.Benchmarks;

/// <summary>Times the arithmetic coder on one core: symbols of a static table of 32, messages of 1,000 symbols.</summary>
internal static class CoderBenchmark
{
    private const int Symbols = 1000;
    private const int Messages = 200;

    public static IEnumerable<BenchmarkResult> Run()
    {
        var table = FrequencyTable.FromWeights([.. Enumerable.Range(0, 32).Select(symbol => Math.Exp(-0.3 * symbol))]);
        // Any sequence will do; this one visits every symbol about as often as the table says.
        var symbols = Enumerable.Range(0, Symbols).Select(index => table.Find((uint)(index * 40503) & 0xFFFF)).ToArray();
        var message = Encode(table, symbols);
        yield return Stopwatches.Time("coder", "arithmetic, static table: encode", "symbols", Symbols * Messages, () => Repeat(() => Encode(table, symbols)));
        yield return Stopwatches.Time("coder", "arithmetic, static table: decode", "symbols", Symbols * Messages, () => Repeat(() => Decode(table, message)));
    }

    private static void Repeat(Action work)
    {
        for (var message = 0; message < Messages; message++)
        {
            work();
        }
    }

    private static BitString Encode(FrequencyTable table, int[] symbols)
    {
        var encoder = new ArithmeticEncoder();
        foreach (var symbol in symbols)
        {
            encoder.Encode(table, symbol);
        }
        var writer = new BitWriter();
        encoder.Finish(writer);
        return writer.ToBitString();
    }

    private static void Decode(FrequencyTable table, BitString message)
    {
        var decoder = new ArithmeticDecoder(new BitReader(message));
        for (var index = 0; index < Symbols; index++)
        {
            decoder.Decode(table);
        }
        decoder.Finish();
    }
}

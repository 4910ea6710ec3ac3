using Feedback.Neural.Latents;
using Feedback.Neural.StqNet;
using Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

public sealed class StqNetTests
{
    [Fact]
    public void Forward_Attention_IsTheSumOverTokensAsWritten()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var random = new Generator(3);
        const int delays = 16, antennas = 8;
        var block = new SeparableAttention(antennas);
        foreach (var parameter in block.parameters())
            parameter.copy_(randn([Math.Max(16, parameter.numel())], dtype: ScalarType.Float64, generator: random).narrow(0, 0, parameter.numel()).reshape(parameter.shape) * 0.4);
        var weights = block.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.to(ScalarType.Float64).data<double>().ToArray());
        var input = randn([2, 2, delays, antennas], dtype: ScalarType.Float64, generator: random);

        block.to(ScalarType.Float64);
        var found = block.call(input).data<double>().ToArray();

        // Float32 weights in double precision on both sides: rounding of some hundred terms.
        var expected = new SlowBlock(weights, delays, antennas);
        for (var n = 0; n < 2; n++)
        {
            var image = input[n].reshape(2 * delays, antennas).data<double>().ToArray().Chunk(antennas).ToArray();
            var rows = expected.Run(image).SelectMany(row => row).ToArray();
            for (var place = 0; place < rows.Length; place++)
                Assert.Equal(rows[place], found[n * rows.Length + place], 1e-9);
        }
    }

    [Fact]
    public void Quantise_TwoBits_HasTheLevelsOfTheMuLaw()
    {
        using var scope = NewDisposeScope();
        var model = FeedbackCases.Untrained<LatentModel>(new StqNetArchitecture { Delays = 8, Antennas = 8, Codeword = 5 });
        var quantizer = ((StqNetNetwork)model.Network).Quantizer();
        var symbols = new int[7];
        var decoded = new double[5];
        // Extremes -1 and 1 are sent exactly: a distance of 2 is a whole octave, and -1 is 32 of 64 below.
        quantizer.Quantise([-1, 1, 0.1, -0.1, 0.2], 0, symbols);
        quantizer.Dequantise(symbols, 0, decoded);
        Assert.Equal([8, -32, 0, 3, 2, 1, 3], symbols);
        // (256^(1/3) - 1)/255.
        var inner = (Math.Pow(256, 1 / 3.0) - 1) / 255;
        Assert.Equal([-1, 1, inner, -inner, 1], decoded.Select(value => Math.Round(value, 12)).ToArray(), (a, b) => Math.Abs(a - b) < 1e-11);
    }

    [Fact]
    public void Of_KnownCounts_IsHuffmansLength()
    {
        // The textbook's 45, 13, 12, 16, 9, 5: 224 bits.
        Assert.Equal(224, HuffmanLength.Of([45, 13, 12, 16, 9, 5]));
        Assert.Equal(7, HuffmanLength.Of([7]));
        // Two bits a symbol for four equal ones.
        Assert.Equal(80, HuffmanLength.Of([10, 10, 10, 10]));
    }

    /// <summary>The block with loops over tokens, heads and values.</summary>
    private sealed class SlowBlock(Dictionary<string, double[]> weights, int delays, int antennas)
    {
        private const int Heads = 4;

        public double[][] Run(double[][] x)
        {
            x = Sum(x, Local(Normalise(x, "localNormalisation")));
            x = Sum(x, Perceptron(Normalise(x, "firstNormalisation"), "first"));
            x = Sum(x, Global(Normalise(x, "globalNormalisation")));
            return Sum(x, Perceptron(Normalise(x, "secondNormalisation"), "second"));
        }

        private double[][] Local(double[][] x)
        {
            var projected = x.Select(row => Dense(row, "localInput")).ToArray();
            var mixed = x.Select((_, token) => Enumerable.Range(0, antennas).Select(_ => 0.0).ToArray()).ToArray();
            for (var token = 0; token < x.Length; token++)
            {
                var window = Enumerable.Range(token / 8 * 8, 8).ToArray();
                Attend(mixed[token], projected[token][..antennas], [.. window.Select(other => projected[other][antennas..(2 * antennas)])], [.. window.Select(other => projected[other][(2 * antennas)..])]);
            }
            return [.. mixed.Select(row => Dense(row, "localOutput"))];
        }

        private double[][] Global(double[][] x)
        {
            var kernels = weights["subsample.weight"];
            var map = new List<double[]>();
            for (var plane = 0; plane < 2; plane++)
            {
                for (var row = 0; row < delays / 8; row++)
                {
                    var cells = new double[antennas / 8];
                    for (var column = 0; column < cells.Length; column++)
                    {
                        cells[column] = weights["subsample.bias"][plane];
                        for (var (from, index) = (0, plane * 128); from < 2; from++)
                        {
                            for (var inner = 0; inner < 64; inner++, index++)
                                cells[column] += kernels[index] * x[from * delays + row * 8 + inner / 8][column * 8 + inner % 8];
                        }
                    }
                    map.Add(cells);
                }
            }
            var keys = Normalise([.. map], "mapNormalisation").Select(cells => Dense(cells, "globalMap")).Select(key => Enumerable.Repeat(key, Heads).SelectMany(part => part).ToArray()).ToArray();
            return
            [
                .. x.Select(row =>
                {
                    var mixed = new double[antennas];
                    Attend(mixed, Dense(row, "globalQuery"), keys, keys);
                    return Dense(mixed, "globalOutput");
                }),
            ];
        }

        private void Attend(double[] mixed, double[] query, double[][] keys, double[][] values)
        {
            var width = antennas / Heads;
            for (var head = 0; head < Heads; head++)
            {
                var scores = keys.Select(key => Math.Exp(Enumerable.Range(head * width, width).Sum(place => query[place] * key[place]) / Math.Sqrt(width))).ToArray();
                for (var place = head * width; place < (head + 1) * width; place++)
                    mixed[place] = values.Select((value, index) => value[place] * scores[index]).Sum() / scores.Sum();
            }
        }

        private double[][] Perceptron(double[][] x, string name) =>
            [.. x.Select(row => Dense([.. Dense(row, name + "Widen").Select(value => value * MathNet.Numerics.Distributions.Normal.CDF(0, 1, value))], name + "Narrow"))];

        private double[] Dense(double[] row, string name) =>
            [.. weights[name + ".bias"].Select((bias, output) => bias + row.Select((value, input) => value * weights[name + ".weight"][output * row.Length + input]).Sum())];

        private double[][] Normalise(double[][] x, string name) =>
        [
            .. x.Select(row =>
            {
                var mean = row.Average();
                var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + 1e-5);
                return row.Select((value, place) => (value - mean) / deviation * weights[name + ".gain"][place] + weights[name + ".offset"][place]).ToArray();
            }),
        ];

        private static double[][] Sum(double[][] x, double[][] y) => [.. x.Select((row, token) => row.Select((value, place) => value + y[token][place]).ToArray())];
    }
}

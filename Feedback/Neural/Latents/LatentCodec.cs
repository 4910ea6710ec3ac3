using Feedback.Coding;
using Feedback.Fitting;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>Crops to symbols and back by a trained network, and symbols to bits and back under its tables.</summary>
/// <remarks>
/// Both parts run in double precision and in batches of 50 rows, so that a row gives the same symbols alone as in any batch, whatever
/// the number of threads; crops are rounded to 2^-16, which takes the last trace of either out of them. Only whole numbers decide how bits are read.
/// </remarks>
public sealed class LatentCodec : ILatentCoder, ILatentTransform, ICardFigures
{
    private const int Rows = 50;
    private const int FigureCrops = 1_000;
    private const string LowestKey = "latent.lowest";
    private const string FrequenciesKey = "latent.frequencies";
    private readonly Lazy<LatentNetwork> precise;
    private readonly Lazy<ILatentQuantizer> quantizer;
    private readonly Lazy<SymbolTable[]>[] tables;

    /// <summary>Takes a trained network; its weights are copied when they are first used and must not change from then on.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">The tables.</param>
    /// <param name="build">Builds a network of the same size.</param>
    public LatentCodec(LatentNetwork network, FittedTables model, Func<LatentNetwork> build)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(model);
        precise = new(() => PreciseCopy.Of(network, build));
        quantizer = new(() => network.Quantizer());
        var (lowest, frequencies) = (model.Integers(LowestKey), model.Integers(FrequenciesKey));
        var classes = lowest.Length / network.Steps;
        tables =
        [
            .. Enumerable.Range(0, network.Steps).Select(step => new Lazy<SymbolTable[]>(() =>
            [
                .. Enumerable.Range(step * classes, classes)
                    .Select(row => new SymbolTable(lowest[row], frequencies[(row * SymbolTable.Places)..((row + 1) * SymbolTable.Places)])),
            ])),
        ];
    }

    /// <inheritdoc/>
    public int Values => precise.Value.Latents;

    /// <summary>Learns the tables of a network from crops.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="build">Builds a network of the same size.</param>
    /// <param name="model">Tables to which the network's own are added.</param>
    /// <param name="crops">Training crops u, float32 <c>[n, D, A, 2]</c>.</param>
    /// <returns>All tables.</returns>
    public static FittedTables Fit(LatentNetwork network, Func<LatentNetwork> build, FittedTables model, Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(crops);
        using var copy = PreciseCopy.Of(network, build);
        var quantizer = network.Quantizer();
        var latents = Analyse(copy, crops);
        var classes = quantizer.Classes.Max() + 1;
        var lowest = new int[network.Steps * classes];
        var frequencies = new int[lowest.Length * SymbolTable.Places];
        var bits = new float[network.Steps];
        var symbols = new int[quantizer.Classes.Count];
        for (var step = 0; step < network.Steps; step++)
        {
            var counts = Enumerable.Range(0, classes).Select(_ => new Dictionary<int, long>()).ToArray();
            foreach (var row in latents)
            {
                quantizer.Quantise(row, step, symbols);
                for (var place = 0; place < symbols.Length; place++)
                {
                    var found = counts[quantizer.Classes[place]];
                    found[symbols[place]] = found.GetValueOrDefault(symbols[place]) + 1;
                }
            }
            var length = new IdealLength();
            for (var (index, row) = (0, step * classes); index < classes; index++, row++)
            {
                var range = (row * SymbolTable.Places)..((row + 1) * SymbolTable.Places);
                lowest[row] = SymbolTable.Fit(counts[index], frequencies.AsSpan(range));
                var table = new SymbolTable(lowest[row], frequencies[range]);
                foreach (var (symbol, count) in counts[index])
                {
                    var one = new IdealLength();
                    table.Write(one, symbol);
                    bits[step] += (float)(one.Bits * count / latents.Count);
                }
            }
        }
        return model.With(LowestKey, lowest, network.Steps, classes).With(FrequenciesKey, frequencies, network.Steps, classes, SymbolTable.Places).With(RateControl.RateKey, bits);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Analyse(Tensor crops) => Analyse(precise.Value, crops);

    /// <summary>The symbols of a crop.</summary>
    /// <param name="latents">Its latent values.</param>
    /// <param name="step">The rate.</param>
    /// <returns>The symbols.</returns>
    public int[] Quantise(double[] latents, double step)
    {
        var symbols = new int[quantizer.Value.Classes.Count];
        quantizer.Value.Quantise(latents, step, symbols);
        return symbols;
    }

    /// <inheritdoc/>
    public void Write(ISymbolWriter target, double[] latents, double step)
    {
        var found = TablesOf(step);
        foreach (var (place, symbol) in Quantise(latents, step).Index())
            found[quantizer.Value.Classes[place]].Write(target, symbol);
    }

    /// <inheritdoc/>
    public void Read(ArithmeticDecoder source, double step, Span<double> latents)
    {
        var found = TablesOf(step);
        var symbols = quantizer.Value.Classes.Select(index => found[index].Read(source)).ToArray();
        quantizer.Value.Dequantise(symbols, step, latents);
    }

    /// <inheritdoc/>
    public Tensor Synthesise(double[] latents, int count)
    {
        ArgumentNullException.ThrowIfNull(latents);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var network = precise.Value;
        var rebuilt = new List<Tensor> { zeros([0, network.Delays, network.Antennas, 2], dtype: ScalarType.Float32) };
        for (var first = 0; first < count; first += Rows)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(Rows, count - first);
            var padded = new double[Rows * network.Latents];
            latents.AsSpan(first * network.Latents, rows * network.Latents).CopyTo(padded);
            var crops = network.Synthesise(tensor(padded, [Rows, network.Latents])).narrow(0, 0, rows);
            rebuilt.Add(((crops * 65_536).round() / 65_536).to(ScalarType.Float32).MoveToOuterDisposeScope());
        }
        return cat(rebuilt, 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Figures(Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        using var scope = NewDisposeScope();
        var first = Analyse(crops.narrow(0, 0, Math.Min(FigureCrops, crops.shape[0])));
        return precise.Value.Figures([.. first.Select(latents => Quantise(latents, 0))]);
    }

    private SymbolTable[] TablesOf(double step) => tables[Math.Clamp((int)Math.Floor(step + 0.5), 0, tables.Length - 1)].Value;

    private static List<double[]> Analyse(LatentNetwork network, Tensor crops)
    {
        using var frozen = no_grad();
        var found = new List<double[]>();
        for (var first = 0L; first < crops.shape[0]; first += Rows)
        {
            using var scope = NewDisposeScope();
            var rows = (int)Math.Min(Rows, crops.shape[0] - first);
            var padded = zeros([Rows, network.Delays, network.Antennas, 2], dtype: ScalarType.Float64);
            padded.narrow(0, 0, rows).copy_(crops.narrow(0, first, rows).cpu());
            var values = network.Analyse(padded).contiguous().data<double>().ToArray();
            found.AddRange(values.Chunk(network.Latents).Take(rows));
        }
        return found;
    }
}

using Feedback.Coding;
using Feedback.Quantization;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>Angular-delay crops to bits and back by a trained autoencoder.</summary>
/// <remarks>
/// The terminal's part and the base station's dense layer run in double precision and everything in batches of 50 rows, so that
/// a row gives the same bits alone as in any batch, whatever the number of threads. Layout of a crop: 11 bits of scale,
/// then the indices of the codeword's values in order; a crop that is all zero is sent as scale 0 and indices 0.
/// </remarks>
public sealed class CropCodec
{
    private const int Rows = 50;
    private readonly ScaleQuantizer scales = new(11);
    private readonly CodewordNetwork network;
    private readonly Lazy<CodewordNetwork> precise;
    private readonly CodewordQuantizer quantizer;

    /// <summary>Takes a trained network; its weights are copied when they are first used and must not change from then on.</summary>
    /// <param name="network">The network; borrowed for the refinement at the base station.</param>
    /// <param name="quantizer">The quantiser of its codeword.</param>
    /// <param name="build">Builds a network of the same size.</param>
    public CropCodec(CodewordNetwork network, CodewordQuantizer quantizer, Func<CodewordNetwork> build)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(quantizer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantizer.Codeword, network.Size.Codeword);
        this.network = network;
        this.quantizer = quantizer;
        precise = new Lazy<CodewordNetwork>(() => PreciseCopy.Of(network, build));
    }

    /// <summary>Bits of one crop.</summary>
    /// <param name="bits">Mean bits per codeword value, 2 … 8.</param>
    /// <returns>The number of bits, the same for every crop.</returns>
    public int Length(int bits) => scales.Bits + bits * quantizer.Codeword;

    /// <summary>Writes each crop into a message.</summary>
    /// <param name="crops">Crops of any scale, complex64 <c>[n, D, A]</c>.</param>
    /// <param name="bits">Mean bits per codeword value, 2 … 8.</param>
    /// <param name="writerOf">The message that crop number i is appended to.</param>
    public void Encode(Tensor crops, int bits, Func<int, BitWriter> writerOf)
    {
        ArgumentNullException.ThrowIfNull(crops);
        ArgumentNullException.ThrowIfNull(writerOf);
        using var frozen = no_grad();
        for (var first = 0; first < crops.shape[0]; first += Rows)
        {
            using var scope = NewDisposeScope();
            var count = (int)Math.Min(Rows, crops.shape[0] - first);
            EncodeRows(view_as_real(crops.narrow(0, first, count)).cpu().to(ScalarType.Float64), bits, first, writerOf);
        }
    }

    /// <summary>Reads crops from messages.</summary>
    /// <param name="readers">The message that each crop is next in.</param>
    /// <param name="bits">Mean bits per codeword value, 2 … 8.</param>
    /// <returns>Crops, complex64 <c>[n, D, A]</c>.</returns>
    public Tensor Decode(IReadOnlyList<BitReader> readers, int bits)
    {
        ArgumentNullException.ThrowIfNull(readers);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var size = network.Size;
        var decoded = new List<Tensor> { zeros([0, size.Delays, size.Antennas, 2], dtype: ScalarType.Float32) };
        for (var first = 0; first < readers.Count; first += Rows)
        {
            decoded.Add(DecodeRows(readers, bits, first, Math.Min(Rows, readers.Count - first)));
        }
        return view_as_complex(cat(decoded, 0)).MoveToOuterDisposeScope();
    }

    private void EncodeRows(Tensor parts, int bits, int first, Func<int, BitWriter> writerOf)
    {
        var size = network.Size;
        var count = (int)parts.shape[0];
        var indices = new int[count];
        var levels = new double[Rows];
        var power = parts.square().mean([1, 2, 3]).data<double>().ToArray();         // [count]
        for (var row = 0; row < count; row++)
        {
            if (!double.IsFinite(power[row]))
                throw new ArgumentException($"The measured channel of crop {first + row} has entries that are not finite; every entry must be a finite number.", nameof(parts));
            indices[row] = scales.Index((float)Math.Sqrt(power[row]));
            levels[row] = scales.Level(indices[row]);
        }
        var reciprocal = levels.Select(level => level > 0 ? 1 / level : 0).ToArray();
        var padded = zeros([Rows, size.Delays, size.Antennas, 2], dtype: ScalarType.Float64);
        padded.narrow(0, 0, count).copy_(parts);
        var codewords = precise.Value.Compress(padded * tensor(reciprocal).reshape(-1, 1, 1, 1)).data<double>().ToArray();
        var allocation = quantizer.Allocation(bits);
        for (var row = 0; row < count; row++)
        {
            var writer = writerOf(first + row);
            writer.Write((ulong)indices[row], scales.Bits);
            for (var position = 0; position < allocation.Length; position++)
            {
                var width = allocation[position];
                if (width > 0)
                    writer.Write(indices[row] == 0 ? 0 : (ulong)quantizer.Index(position, codewords[row * allocation.Length + position], width), width);
            }
        }
    }

    private Tensor DecodeRows(IReadOnlyList<BitReader> readers, int bits, int first, int count)
    {
        using var scope = NewDisposeScope();
        var allocation = quantizer.Allocation(bits);
        var codewords = new double[Rows * allocation.Length];
        var levels = new float[count];
        for (var row = 0; row < count; row++)
        {
            var reader = readers[first + row];
            levels[row] = scales.Level((int)reader.Read(scales.Bits));
            for (var position = 0; position < allocation.Length; position++)
            {
                var width = allocation[position];
                var index = width > 0 ? (int)reader.Read(width) : 0;
                codewords[row * allocation.Length + position] = quantizer.Value(position, index, width);
            }
        }
        var expanded = precise.Value.Expand(tensor(codewords, [Rows, allocation.Length])).to(ScalarType.Float32);
        var refined = network.Refine(expanded).narrow(0, 0, count);
        return (refined * tensor(levels).reshape(-1, 1, 1, 1)).MoveToOuterDisposeScope();
    }
}

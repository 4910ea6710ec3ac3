using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Feedback.Coding;

namespace Feedback.Neural.Hybrid;

/// <summary>An <see cref="AxialAttention"/> along the rows of an image in single precision, all columns alike; sums of a fixed order.</summary>
internal sealed class PlainAttention
{
    // Queries that are computed at once.
    private const int Together = 4;
    private readonly PlainConvolution input;
    private readonly PlainConvolution output;
    private readonly int tokens;
    private readonly int width;
    private readonly PlainImage parts;
    private readonly PlainImage mixed;
    private readonly float[] scores;

    /// <summary>Takes over a block.</summary>
    /// <param name="weights">Its parameters by their names.</param>
    /// <param name="channels">C.</param>
    /// <param name="tokens">T, rows of the image.</param>
    /// <param name="lines">Columns of the image.</param>
    public PlainAttention(Func<string, float[]> weights, int channels, int tokens, int lines)
    {
        (this.tokens, width) = (tokens, channels / AxialAttention.Heads);
        var (kernels, bias, positions) = (weights("input.weight"), weights("input.bias"), weights("positions"));
        // Scores are in octaves: log2(e) and the root of the width stand in the queries.
        var scale = 1 / (Math.Log(2) * Math.Sqrt(width));
        var offsets = new float[tokens][];
        for (var token = 0; token < tokens; token++)
        {
            offsets[token] = new float[3 * channels];
            for (var part = 0; part < 3 * channels; part++)
            {
                var sum = (double)bias[part];
                for (var channel = 0; channel < channels; channel++)
                    sum += (double)kernels[part * channels + channel] * positions[token * channels + channel];
                offsets[token][part] = (float)(part < channels ? sum * scale : sum);
            }
        }
        for (var place = 0; place < channels * channels; place++)
            kernels[place] = (float)(kernels[place] * scale);
        input = new PlainConvolution(kernels, (3 * channels, channels, 1, 1), offsets);
        output = new PlainConvolution(weights("output.weight"), (channels, channels, 1, 1), weights("output.bias"));
        (parts, mixed) = (new PlainImage(3 * channels, tokens, lines), new PlainImage(channels, tokens, lines));
        scores = new float[Together * tokens * PlainImage.Block];
    }

    /// <summary>x + attention(x), in place.</summary>
    public void Apply(PlainImage image)
    {
        input.Apply(image, parts);
        for (var head = 0; head < AxialAttention.Heads; head++)
        {
            for (var query = 0; query < tokens; query += Together)
            {
                for (var line = 0; line < parts.Columns; line += PlainImage.Block)
                {
                    Compare(head * width, query, line);
                    Weigh();
                    Mix(head * width, query, line);
                }
            }
        }
        output.Apply(mixed, image, image);
    }

    // Scores of four queries with all keys.
    private void Compare(int first, int query, int line)
    {
        ref var target = ref MemoryMarshal.GetArrayDataReference(scores);
        for (var key = 0; key < tokens; key++)
        {
            var (low0, low1, low2, low3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            var (high0, high1, high2, high3) = (low0, low1, low2, low3);
            ref var queries = ref Unsafe.Add(ref parts.Start, parts.At(first, query) + line);
            ref var keys = ref Unsafe.Add(ref parts.Start, parts.At(mixed.Planes + first, key) + line);
            for (var channel = 0; channel < width; channel++)
            {
                var (low, high) = (Vector256.LoadUnsafe(ref keys), Vector256.LoadUnsafe(ref keys, PlainImage.Lanes));
                Add(ref queries, low, high, ref low0, ref high0);
                Add(ref Unsafe.Add(ref queries, parts.Stride), low, high, ref low1, ref high1);
                Add(ref Unsafe.Add(ref queries, 2 * parts.Stride), low, high, ref low2, ref high2);
                Add(ref Unsafe.Add(ref queries, 3 * parts.Stride), low, high, ref low3, ref high3);
                queries = ref Unsafe.Add(ref queries, parts.PlaneSize);
                keys = ref Unsafe.Add(ref keys, parts.PlaneSize);
            }
            Put(ref Unsafe.Add(ref target, key * PlainImage.Block), low0, high0);
            Put(ref Unsafe.Add(ref target, (tokens + key) * PlainImage.Block), low1, high1);
            Put(ref Unsafe.Add(ref target, (2 * tokens + key) * PlainImage.Block), low2, high2);
            Put(ref Unsafe.Add(ref target, (3 * tokens + key) * PlainImage.Block), low3, high3);
        }
    }

    // Scores to weights of sum 1.
    private void Weigh()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(scores);
        for (var first = 0; first < scores.Length; first += tokens * PlainImage.Block)
        {
            for (var half = first; half < first + PlainImage.Block; half += PlainImage.Lanes)
            {
                var (end, largest, sum) = (half + tokens * PlainImage.Block, Vector256.LoadUnsafe(ref start, (nuint)half), Vector256<float>.Zero);
                for (var place = half; place < end; place += PlainImage.Block)
                    largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref start, (nuint)place));
                for (var place = half; place < end; place += PlainImage.Block)
                {
                    var weight = PlainArithmetic.PowerOfTwo(Vector256.LoadUnsafe(ref start, (nuint)place) - largest);
                    sum += weight;
                    weight.StoreUnsafe(ref start, (nuint)place);
                }
                var share = Vector256<float>.One / sum;
                for (var place = half; place < end; place += PlainImage.Block)
                    (Vector256.LoadUnsafe(ref start, (nuint)place) * share).StoreUnsafe(ref start, (nuint)place);
            }
        }
    }

    // Values of all tokens, weighed by four queries; those beyond the last one fall into the margin.
    private void Mix(int first, int query, int line)
    {
        for (var channel = first; channel < first + width; channel++)
        {
            var (low0, low1, low2, low3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            var (high0, high1, high2, high3) = (low0, low1, low2, low3);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(scores);
            ref var values = ref Unsafe.Add(ref parts.Start, parts.At(2 * mixed.Planes + channel, 0) + line);
            for (var token = 0; token < tokens; token++)
            {
                var (low, high) = (Vector256.LoadUnsafe(ref values), Vector256.LoadUnsafe(ref values, PlainImage.Lanes));
                Add(ref weights, low, high, ref low0, ref high0);
                Add(ref Unsafe.Add(ref weights, tokens * PlainImage.Block), low, high, ref low1, ref high1);
                Add(ref Unsafe.Add(ref weights, 2 * tokens * PlainImage.Block), low, high, ref low2, ref high2);
                Add(ref Unsafe.Add(ref weights, 3 * tokens * PlainImage.Block), low, high, ref low3, ref high3);
                weights = ref Unsafe.Add(ref weights, PlainImage.Block);
                values = ref Unsafe.Add(ref values, parts.Stride);
            }
            ref var target = ref Unsafe.Add(ref mixed.Start, mixed.At(channel, query) + line);
            Put(ref target, low0, high0);
            Put(ref Unsafe.Add(ref target, mixed.Stride), low1, high1);
            Put(ref Unsafe.Add(ref target, 2 * mixed.Stride), low2, high2);
            Put(ref Unsafe.Add(ref target, 3 * mixed.Stride), low3, high3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float factors, Vector256<float> low, Vector256<float> high, ref Vector256<float> lowSum, ref Vector256<float> highSum)
    {
        lowSum = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref factors), lowSum);
        highSum = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref factors, PlainImage.Lanes), highSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref float target, Vector256<float> low, Vector256<float> high)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, PlainImage.Lanes);
    }
}

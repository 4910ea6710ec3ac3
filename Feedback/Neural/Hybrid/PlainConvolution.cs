using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Feedback.Neural.Hybrid;

/// <summary>A convolution in single precision with zeros around; every sum takes its products in the same order, each rounded once with its addition.</summary>
internal sealed class PlainConvolution
{
    // Outputs that are computed at once.
    private const int Together = 4;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int height;
    private readonly int width;
    private readonly float[] kernels;
    private readonly float[][] offsets;

    /// <summary>Takes over a layer.</summary>
    /// <param name="weights">Kernels, output by output, input by input, row by row.</param>
    /// <param name="size">Number of outputs and inputs, height and width of a kernel.</param>
    /// <param name="offsets">Of each output; once, or for each row of the image.</param>
    public PlainConvolution(float[] weights, (int Outputs, int Inputs, int Height, int Width) size, params float[][] offsets)
    {
        (outputs, inputs, height, width) = size;
        var field = inputs * height * width;
        var blocks = (outputs + Together - 1) / Together;
        // The weights of four outputs lie together; outputs that fill up the last four weigh nothing.
        kernels = new float[blocks * field * Together];
        for (var output = 0; output < outputs; output++)
        {
            for (var place = 0; place < field; place++)
                kernels[(output / Together * field + place) * Together + output % Together] = weights[output * field + place];
        }
        this.offsets = [.. offsets.Select(row => row.Concat(new float[blocks * Together - outputs]).ToArray())];
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">The image.</param>
    /// <param name="output">Another image of the same rows and columns.</param>
    /// <param name="residual">What is added, or null; may be the output itself.</param>
    public void Apply(PlainImage input, PlainImage output, PlainImage? residual = null)
    {
        for (var first = 0; first < outputs; first += Together)
        {
            for (var row = 0; row < input.Rows; row++)
            {
                for (var column = 0; column < input.Columns; column += PlainImage.Block)
                    Sum(input, output, residual, first, row, column);
                for (var plane = first; plane < Math.Min(first + Together, outputs); plane++)
                    output.Trim(plane, row);
            }
        }
    }

    private void Sum(PlainImage input, PlainImage output, PlainImage? residual, int first, int row, int column)
    {
        ref var source = ref input.Start;
        ref var weight = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(kernels), first * inputs * height * width);
        var offset = offsets[row % offsets.Length];
        var (low0, low1, low2, low3) = (Vector256.Create(offset[first]), Vector256.Create(offset[first + 1]), Vector256.Create(offset[first + 2]), Vector256.Create(offset[first + 3]));
        var (high0, high1, high2, high3) = (low0, low1, low2, low3);
        for (var plane = 0; plane < inputs; plane++)
        {
            for (var y = 0; y < height; y++)
            {
                ref var place = ref Unsafe.Add(ref source, input.At(plane, row + y - height / 2) + column - width / 2);
                for (var x = 0; x < width; x++)
                {
                    var (low, high) = (Vector256.LoadUnsafe(ref place), Vector256.LoadUnsafe(ref place, PlainImage.Lanes));
                    var factor = Vector256.Create(weight);
                    (low0, high0) = (Vector256.FusedMultiplyAdd(low, factor, low0), Vector256.FusedMultiplyAdd(high, factor, high0));
                    factor = Vector256.Create(Unsafe.Add(ref weight, 1));
                    (low1, high1) = (Vector256.FusedMultiplyAdd(low, factor, low1), Vector256.FusedMultiplyAdd(high, factor, high1));
                    factor = Vector256.Create(Unsafe.Add(ref weight, 2));
                    (low2, high2) = (Vector256.FusedMultiplyAdd(low, factor, low2), Vector256.FusedMultiplyAdd(high, factor, high2));
                    factor = Vector256.Create(Unsafe.Add(ref weight, 3));
                    (low3, high3) = (Vector256.FusedMultiplyAdd(low, factor, low3), Vector256.FusedMultiplyAdd(high, factor, high3));
                    place = ref Unsafe.Add(ref place, 1);
                    weight = ref Unsafe.Add(ref weight, Together);
                }
            }
        }
        Store(output, residual, first, row, column, low0, high0);
        Store(output, residual, first + 1, row, column, low1, high1);
        Store(output, residual, first + 2, row, column, low2, high2);
        Store(output, residual, first + 3, row, column, low3, high3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(PlainImage output, PlainImage? residual, int plane, int row, int column, Vector256<float> low, Vector256<float> high)
    {
        if (plane >= outputs)
            return;
        var place = (nuint)(output.At(plane, row) + column);
        if (residual is not null)
        {
            low += Vector256.LoadUnsafe(ref residual.Start, place);
            high += Vector256.LoadUnsafe(ref residual.Start, place + PlainImage.Lanes);
        }
        low.StoreUnsafe(ref output.Start, place);
        high.StoreUnsafe(ref output.Start, place + PlainImage.Lanes);
    }
}

using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>Indexing as in Python: what comes out and what is written.</summary>
public sealed class TorchSharpIndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor cube = arange(24).reshape(2, 3, 4);

    public void Dispose() => scope.Dispose();

    private static void Holds(Tensor tensor, long[] shape, params long[] numbers)
    {
        Assert.Equal(shape, tensor.shape);
        Assert.Equal(numbers, tensor.data<long>().ToArray());
    }

    [Fact]
    public void Get_Integers_SelectsAndCountsFromTheEnd()
    {
        Holds(cube[1, 2, 3], [], 23);
        Holds(cube[-1, -1, -1], [], 23);
        Holds(cube[0, 1], [4], 4, 5, 6, 7);
        Holds(cube[-2][0], [4], 0, 1, 2, 3);
        Holds(cube[TensorIndex.Ellipsis, -1], [2, 3], 3, 7, 11, 15, 19, 23);
        Holds(cube[TensorIndex.Ellipsis, ^1], [2, 3], 3, 7, 11, 15, 19, 23);
    }

    [Fact]
    public void Get_OutOfRange_Throws()
    {
        Assert.Throws<ExternalException>(() => cube[2]);
        Assert.Throws<ExternalException>(() => cube[0, -4]);
        Assert.Throws<ExternalException>(() => cube[0, 0, 0, 0]);
    }

    [Fact]
    public void Get_Slices_AreViews()
    {
        Holds(cube[.., 1..2, ..2], [2, 1, 2], 4, 5, 16, 17);
        Holds(cube[0, TensorIndex.Slice(null, null, 2), TensorIndex.Slice(1, -1)], [2, 2], 1, 2, 9, 10);
        Holds(cube[1.., ^2.., ^1..], [1, 2, 1], 19, 23);
        cube[0, ..].zero_();
        Assert.Equal(0, cube[0].sum().ToInt64());
    }

    [Fact]
    public void Get_NoneAndEllipsis_AddAndSkipAxes()
    {
        Assert.Equal([2, 1, 3, 4], cube[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([2, 3, 4, 1], cube[TensorIndex.Ellipsis, TensorIndex.None].shape);
        Assert.Equal([1, 3, 4], cube[TensorIndex.Null, 1].shape);
        Assert.Equal([3, 1, 4], cube[0, TensorIndex.Ellipsis, TensorIndex.None, TensorIndex.Colon].shape);
    }

    [Fact]
    public void Get_IntegerTensors_Gather()
    {
        Tensor rows = tensor(new long[] { 1, 0 }), columns = tensor(new long[] { 3, -4 });
        Holds(cube[0].index(rows, columns), [2], 7, 0);
        Holds(cube[TensorIndex.Colon, TensorIndex.Tensor(rows), TensorIndex.Tensor(columns)], [2, 2], 7, 0, 19, 12);
        Holds(cube[TensorIndex.Tensor(rows), 0, TensorIndex.Slice(0, 2)], [2, 2], 12, 13, 0, 1);
        Holds(cube[0, TensorIndex.Ellipsis, TensorIndex.Tensor(columns)], [3, 2], 3, 0, 7, 4, 11, 8);
    }

    [Fact]
    public void Get_Mask_TakesWhatIsTrue()
    {
        Holds(cube[cube > 20], [3], 21, 22, 23);
        Holds(cube[TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { true, false, true })), 0], [2, 2], 0, 8, 12, 20);
        Holds(cube[TensorIndex.Tensor(cube[.., .., 0] > 15), TensorIndex.Slice(1, 3)], [2, 2], 17, 18, 21, 22);
        Assert.Equal([0, 2, 3, 4], cube[TensorIndex.Bool(false)].shape);
        Assert.Equal([1, 2, 3, 4], cube[TensorIndex.Bool(true)].shape);
    }

    [Fact]
    public void Set_IntegersAndSlices_BroadcastTheValue()
    {
        cube[0, 0, 0] = tensor(-1L);
        cube[1, 1] = tensor(new long[] { 1, 2, 3, 4 });
        cube[0, 1.., ..2] = tensor(9L);
        cube[TensorIndex.Ellipsis, 3] = tensor(new long[] { 5, 6, 7 });

        Holds(cube, [2, 3, 4], -1, 1, 2, 5, 9, 9, 6, 6, 9, 9, 10, 7, 12, 13, 14, 5, 1, 2, 3, 6, 20, 21, 22, 7);
    }

    [Fact]
    public void Set_LeadingAxesOfLengthOne_AreDropped()
    {
        cube[0, .., 0] = tensor(new long[] { 7, 8, 9 }).reshape(1, 3);
        Holds(cube[0, .., 0], [3], 7, 8, 9);
    }

    [Fact]
    public void Set_OtherShape_Throws() =>
        Assert.Throws<ExternalException>(() => cube[0, 0] = tensor(new long[] { 1, 2, 3 }));

    [Fact]
    public void Set_MaskAndTensors_Scatter()
    {
        cube[cube > 3] = tensor(0L);
        Assert.Equal(6, cube.sum().ToInt64());
        cube[1].index_put_(tensor(5L), tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 3 }));
        Assert.Equal(5, cube[1, 0, 1].ToInt64());
        Assert.Equal(5, cube[1, 2, 3].ToInt64());
    }

    [Fact]
    public void IndexPut_Accumulate_AddsRepeatedIndices()
    {
        Tensor counts = zeros(3);
        counts.index_put_(ones(4), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Assert.Equal([1f, 0f, 3f], counts.data<float>().ToArray());
    }

    [Fact]
    public void Data_StridedView_IsRowMajor()
    {
        Tensor turned = cube[1].T;
        Assert.False(turned.is_contiguous());
        Assert.Equal([12L, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23], turned.data<long>().ToArray());
        Assert.Equal(turned.data<long>().ToArray(), turned.data<long>().AsEnumerable());
        Assert.Equal(18, turned.data<long>()[2, 1]);
        Assert.Equal(turned.contiguous().data<long>().ToArray(), turned.data<long>().ToArray());
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
    }

    [Fact]
    public void Data_OtherType_Throws() => Assert.Throws<ArgumentException>(() => cube.data<float>());

    [Fact]
    public void Bytes_Set_WritesTheNumbers()
    {
        Tensor target = zeros(3, dtype: float64);
        target.bytes = MemoryMarshal.AsBytes(new[] { 1.5, -2, 3 }.AsSpan());
        Assert.Equal([1.5, -2, 3], target.data<double>().ToArray());
        Assert.Throws<ArgumentException>(() => target.bytes = new byte[8]);
    }
}

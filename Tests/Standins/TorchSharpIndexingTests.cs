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
    }

    [Fact]
    public void Get_OutOfRange_Throws()
    {
        Assert.Throws<ExternalException>(() => cube[2]);
        Assert.Throws<ExternalException>(() => cube[0, -4]);
        Assert.Throws<ExternalException>(() => cube[0, 0, 0, 0]);
    }

    [Fact]
    public void Get_IntegerTensors_Gather()
    {
        Tensor rows = tensor(new long[] { 1, 0 }), columns = tensor(new long[] { 3, -4 });
        Holds(cube[0][rows, columns], [2], 7, 0);
        Holds(cube[rows], [2, 3, 4], [.. Enumerable.Range(12, 12).Concat(Enumerable.Range(0, 12)).Select(number => (long)number)]);
    }

    [Fact]
    public void Get_Mask_TakesWhatIsTrue() => Holds(cube[cube > 20], [3], 21, 22, 23);

    [Fact]
    public void Get_Integers_AreViews()
    {
        cube[0, 1].zero_();
        Assert.Equal(0, cube[0, 1].sum().ToInt64());
    }

    [Fact]
    public void Set_Integers_WritesOneNumber()
    {
        Tensor four = zeros([2, 1, 1, 2], dtype: ScalarType.Int64);
        four[-1, 0, 0, 1] = tensor(9L);
        Holds(four, [2, 1, 1, 2], 0, 0, 0, 9);
        Assert.Throws<ExternalException>(() => four[0, 0, 0, 0] = tensor(new long[] { 1, 2, 3 }));
    }

    [Fact]
    public void Data_StridedView_IsRowMajor()
    {
        Tensor turned = cube[1].mT;
        Assert.False(turned.is_contiguous());
        Assert.Equal([12L, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23], turned.data<long>().ToArray());
        Assert.Equal(turned.data<long>().ToArray(), turned.data<long>().AsEnumerable());
        Assert.Equal(18, turned.data<long>()[2, 1]);
        Assert.Equal(turned.contiguous().data<long>().ToArray(), turned.data<long>().ToArray());
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
    }

    [Fact]
    public void Data_OtherType_Throws() => Assert.Throws<ArgumentException>(() => cube.data<float>());
}

using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>Types, shapes, errors and the operators that the simulator leans on.</summary>
public sealed class TorchSharpTensorsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Tensor_Literals_KeepTheirType()
    {
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1.0, 2.0 }, dtype: ScalarType.Float32).dtype);
        Assert.Equal(ScalarType.Float32, zeros([2, 3]).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
    }

    [Fact]
    public void Tensor_FromArray_IsACopy()
    {
        double[] numbers = [1, 2, 3];
        Tensor copy = tensor(numbers);
        numbers[0] = 9;
        Assert.Equal([1.0, 2, 3], copy.data<double>().ToArray());
        Assert.Throws<ArgumentException>(() => tensor(numbers, [2, 2]));
    }

    [Fact]
    public void Add_MixedTypes_Promotes()
    {
        Tensor integers = arange(3), singles = ones([3]), doubles = ones([3], dtype: ScalarType.Float64), complexes = ones([3], dtype: ScalarType.ComplexFloat32);
        Assert.Equal(ScalarType.Float32, (integers + singles).dtype);
        Assert.Equal(ScalarType.Float64, (singles + doubles).dtype);
        Assert.Equal(ScalarType.ComplexFloat32, (singles * complexes).dtype);
        Assert.Equal(ScalarType.ComplexFloat64, (doubles * complexes).dtype);
        Assert.Equal(ScalarType.Float32, (singles * 2.5).dtype);
        Assert.Equal(ScalarType.Int64, (integers * 2).dtype);
        Assert.Equal(ScalarType.Float32, (integers * 2.5).dtype);
        Assert.Equal(ScalarType.Float32, (integers / 2).dtype);
        // A tensor without axes does not widen one with axes of the same kind.
        Assert.Equal(ScalarType.Float32, (singles * tensor(2.0)).dtype);
        Assert.Equal(ScalarType.Bool, (integers > 1).dtype);
    }

    [Fact]
    public void Operators_ScalarOnTheLeft_KeepTheOrder()
    {
        Tensor x = tensor(new[] { 1.0, 2, 4 });
        Assert.Equal([0.0, -1, -3], (1 - x).data<double>().ToArray());
        Assert.Equal([1.0, 0.5, 0.25], (1 / x).data<double>().ToArray());
        Assert.Equal([false, false, true], (2 < x).data<bool>().ToArray());
        Assert.Equal([true, true, false], (2 >= x).data<bool>().ToArray());
        Assert.Equal([-1.0, -2, -4], (-x).data<double>().ToArray());
    }

    [Fact]
    public void Multiply_OtherShapes_Broadcast()
    {
        Tensor column = arange(3).reshape(3, 1), row = arange(4);
        Tensor product = column * row;
        Assert.Equal([3, 4], product.shape);
        Assert.Equal(6, product[2, 3].ToInt64());
        Assert.Throws<ExternalException>(() => ones([3]) + ones([4]));
        Assert.Throws<ExternalException>(() => ones([3]).add_(ones([2, 3])));
    }

    [Fact]
    public void Shapes_OfAxes_FollowPython()
    {
        Tensor cube = zeros([2, 3, 4]);
        Assert.Equal(24, cube.numel());
        Assert.Equal([2, 12], cube.flatten(1).shape);
        Assert.Equal([2, 3, 2, 2], cube.unflatten(2, 2, 2).shape);
        Assert.Equal([4, 2, 3], cube.permute(2, 0, 1).shape);
        Assert.Equal([2, 4, 3], cube.mT.shape);
        Assert.Equal([2, 1, 3, 4], cube.unsqueeze(1).shape);
        Assert.Equal([2, 3, 4], cube.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2, 3, 1], cube.sum(-1, keepdim: true).shape);
        Assert.Equal([3], cube.sum([0, 2]).shape);
        Assert.Equal([5, 2, 3, 4], cube.expand(5, -1, -1, -1).shape);
        Assert.Equal([2, 3, 6], cat([cube, zeros([2, 3, 2])], dim: -1).shape);
        Assert.Equal([2, 2, 3, 4], stack([cube, cube], dim: 1).shape);
        Assert.Equal(2, cube.split(2, dim: 1).Length);
        Assert.Throws<ArgumentException>(() => cube.unflatten(-1, 2, 2));
        Assert.Throws<ExternalException>(() => cube.reshape(5, -1));
    }

    [Fact]
    public void Reductions_Complex_AndTuples()
    {
        Tensor x = tensor([3.0, 1, 2, 4, 6, 5], [2, 3]);
        Assert.Equal([3.0, 6], x.amax(1).data<double>().ToArray());
        Assert.Equal([0L, 1], x.argmax(1).data<long>().ToArray());
        var (sorted, order) = x.sort(dim: 1, descending: true);
        Assert.Equal([3.0, 2, 1, 6, 5, 4], sorted.data<double>().ToArray());
        Assert.Equal([0L, 2, 1, 1, 2, 0], order.data<long>().ToArray());
        Assert.Equal([2.0, 5], x.topk(2, dim: 1).values.select(1, 1).data<double>().ToArray());
        Assert.Equal(3.5, x.mean().ToDouble());
        Assert.Equal(new Complex(4, 6), tensor(new[] { new Complex(1, 2), new Complex(3, 4) }).sum().item<Complex>());
        Assert.Equal(5, tensor(new[] { new Complex(3, 4) }).abs().ToDouble(), 12);
    }

    [Fact]
    public void Conj_IsLazyUntilResolved()
    {
        Tensor x = tensor(new[] { new Complex(1, 2), new Complex(3, -4) });
        Tensor conjugate = x.conj();
        Assert.Equal([new Complex(1, -2), new Complex(3, 4)], conjugate.resolve_conj().data<Complex>().ToArray());
        Assert.Equal(new Complex(1, -2), conjugate.resolve_conj()[0].item<Complex>());
        Assert.Equal(new Complex(30, 0), x.matmul(conjugate).item<Complex>());
        Assert.Equal([1.0, 2, 3, -4], view_as_real(x).data<double>().ToArray());
        Assert.True(complex(x.real, x.imag).equal(x).all().item<bool>());
    }

    [Fact]
    public void Fft_UnitImpulse_IsFlatAndUnitary()
    {
        Tensor impulse = zeros([8], dtype: ScalarType.ComplexFloat64);
        impulse[0].fill_(1);
        Assert.True(allclose(torch.fft.fft_(impulse), ones([8], dtype: ScalarType.ComplexFloat64)));
        Tensor x = randn([4, 8], dtype: ScalarType.ComplexFloat64);
        // Eight additions of numbers near one lose at most a few units of 1e-16.
        Assert.Equal(x.abs().square().sum().ToDouble(), torch.fft.fft_(x, norm: FFTNormType.Ortho).abs().square().sum().ToDouble(), 10);
        Assert.True(allclose(torch.fft.ifft(torch.fft.fft_(x, dim: 0), dim: 0), x));
        Assert.True(allclose(torch.fft.fft2(x), torch.fft.fft_(torch.fft.fft_(x), dim: 0)));
    }

    [Fact]
    public void Linalg_HermitianMatrix_Decomposes()
    {
        Tensor a = randn([5, 3, 3], dtype: ScalarType.ComplexFloat64);
        Tensor gram = a.matmul(a.mH) + eye(3, dtype: ScalarType.ComplexFloat64);
        Tensor factor = linalg.cholesky(gram);
        Assert.True(allclose(factor.matmul(factor.mH), gram));
        var (eigenvalues, vectors) = linalg.eigh(gram);
        Assert.True(allclose(vectors.matmul(eigenvalues.to(ScalarType.ComplexFloat64).unsqueeze(-1) * vectors.mH), gram));
        Assert.True(allclose(gram.matmul(linalg.solve(gram, a)), a));
        Assert.True(allclose(2 * factor.diagonal(0, -2, -1).real.log().sum(-1), eigenvalues.log().sum(-1)));
        Assert.Throws<ExternalException>(() => linalg.cholesky(-eye(3)));
    }

    [Fact]
    public void Einsum_Contraction_IsTheMatrixProduct()
    {
        Tensor a = randn([2, 3, 4], dtype: ScalarType.Float64), b = randn([2, 4, 5], dtype: ScalarType.Float64);
        Assert.True(allclose(einsum("bij,bjk->bik", a, b), a.matmul(b)));
    }

    [Fact]
    public void Div_Rounded_FloorsAndTruncates()
    {
        Tensor x = tensor(new long[] { -7, 7 });
        Assert.Equal([-4L, 3], x.div(2, RoundingMode.floor).data<long>().ToArray());
        Assert.Equal([-3L, 3], x.div(2, RoundingMode.trunc).data<long>().ToArray());
    }

    [Fact]
    public void Item_NotOneElement_Throws()
    {
        Assert.Equal(2.5, tensor(2.5).item<double>());
        Assert.Throws<ArgumentException>(() => ones([2]).item<float>());
        Assert.ThrowsAny<Exception>(() => ones([2]).ToSingle());
    }

    [Fact]
    public void To_SameTypeAndDevice_SharesMemory()
    {
        Tensor x = zeros([2]);
        x.to(ScalarType.Float32).fill_(3);
        Assert.Equal(6, x.sum().ToSingle());
        x.to(ScalarType.Float32, copy: true).fill_(1);
        Assert.Equal(6, x.sum().ToSingle());
        Assert.Equal(ScalarType.Float64, x.to(ScalarType.Float64, CPU).dtype);
    }

    [Fact]
    public void Device_Descriptions_AreParsed()
    {
        Assert.Equal("cpu", device("cpu").ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal(DeviceType.META, META.type);
        Assert.ThrowsAny<ArgumentException>(() => new Device("fridge"));
        Assert.Equal(DeviceType.CPU, ones([1]).device.type);
    }

    [Fact]
    public void Meta_Tensors_HaveShapesOnly()
    {
        Tensor a = ones([2, 3], device: META);
        Tensor product = a.matmul(ones([3, 4], device: META));
        Assert.Equal([2, 4], product.shape);
        Assert.Equal(DeviceType.META, product.device_type);
        Assert.Equal(DeviceType.META, zeros_like(product).device_type);
    }

    [Fact]
    public void Meta_StrayTensor_Throws() =>
        // What a device given by name in library code would do on a GPU.
        Assert.Throws<ExternalException>(() => ones([2, 3], device: META) + ones([2, 3]));

    [Fact]
    public void ToString_Tensor_NamesShapeTypeAndDevice() =>
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros([2, 3]).ToString());
}

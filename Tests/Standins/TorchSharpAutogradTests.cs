using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>Gradients, real and complex, and the switches that turn them off.</summary>
public sealed class TorchSharpAutogradTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Backward_Square_IsTwiceTheInput()
    {
        Tensor x = tensor(new[] { 1.0, -2, 3 }, requires_grad: true);
        Assert.Null(x.grad);
        x.square().sum().backward();
        Assert.Equal([2.0, -4, 6], x.grad!.data<double>().ToArray());
        x.square().sum().backward();
        Assert.Equal([4.0, -8, 12], x.grad!.data<double>().ToArray());
        x.grad!.zero_();
        Assert.Equal(0, x.grad!.sum().ToDouble());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_ComplexEnergy_IsTwiceTheInput()
    {
        // For a real loss the gradient is 2 dL/dz*, and L = sum |z|^2 = sum z z*.
        Tensor z = tensor(new[] { new Complex(1, 2), new Complex(3, -1) }).requires_grad_();
        (z * z.conj()).real.sum().backward();
        Assert.Equal([new Complex(2, 4), new Complex(6, -2)], z.grad!.resolve_conj().data<Complex>().ToArray());
    }

    [Fact]
    public void Backward_ThroughFourierTransform_KeepsParseval()
    {
        // L = sum |F z|^2 = N sum |z|^2 for the transform without scale, so the gradient is 2 N z.
        Tensor z = randn([8], dtype: ScalarType.ComplexFloat64).requires_grad_();
        torch.fft.fft_(z).abs().square().sum().backward();
        Assert.True(allclose(z.grad!, 16 * z.detach()));
    }

    [Fact]
    public void Backward_ThroughCholeskyAndLogDet_IsTheInverse()
    {
        // d log det A / dA = A^-1 for a Hermitian A, and log det A = 2 sum log of the factor's diagonal.
        Tensor b = randn([4, 4], dtype: ScalarType.ComplexFloat64);
        Tensor a = (b.matmul(b.mH) + 4 * eye(4, dtype: ScalarType.ComplexFloat64)).detach().requires_grad_();
        (2 * linalg.cholesky(a).diagonal().real.log().sum()).backward();
        Assert.True(allclose(a.grad!.matmul(a.detach()), eye(4, dtype: ScalarType.ComplexFloat64), atol: 1e-10));
    }

    [Fact]
    public void Backward_ThroughIndexing_ScattersBack()
    {
        Tensor x = zeros([2, 3], requires_grad: true);
        (x.select(1, 1) * 5 + x[1].narrow(0, 0, 2).sum()).sum().backward();
        Assert.Equal([0f, 5, 0, 2, 7, 0], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_Twice_Throws()
    {
        Tensor x = ones([2], requires_grad: true);
        Tensor loss = x.exp().sum();
        loss.backward();
        Assert.Throws<ExternalException>(() => loss.backward());
        Assert.Throws<ExternalException>(() => ones([2]).sum().backward());
    }

    [Fact]
    public void InPlace_OnALeaf_Throws()
    {
        Tensor leaf = ones([2], requires_grad: true);
        Assert.Throws<ExternalException>(() => leaf.add_(1));
        using (no_grad()) leaf.add_(1);
        Assert.Equal(4, leaf.sum().ToSingle());
    }

    [Fact]
    public void RequiresGrad_OfIntegers_Throws() => Assert.Throws<ExternalException>(() => arange(3).requires_grad_());

    [Fact]
    public void NoGrad_Inside_RecordsNothing()
    {
        Tensor x = ones([2], requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False((x * 2).requires_grad);
        }

        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
    }
}

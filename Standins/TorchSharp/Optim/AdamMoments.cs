using static TorchSharp.torch;

namespace TorchSharp.Modules;

// θ ← θ - α √(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε √(1-β₂ᵗ)): the published form with both bias corrections in two scalars,
// so that the large tensors are passed over six times and one temporary is made.
internal readonly struct AdamMoments(double rate, double beta1, double beta2, double epsilon)
{
    public void Apply(Tensor parameter, Tensor gradient, Tensor mean, Tensor square, Tensor? largest, long step)
    {
        var root = Math.Sqrt(1 - Math.Pow(beta2, step));
        var size = rate * root / (1 - Math.Pow(beta1, step));
        Aten.CallInPlace("aten::lerp_.Scalar", mean, gradient, 1 - beta1);
        Aten.CallInPlace("aten::mul_.Scalar", square, beta2);
        if (gradient.is_complex()) using (var conjugate = gradient.conj()) Aten.CallInPlace("aten::addcmul_", square, gradient, conjugate, 1 - beta2);
        else Aten.CallInPlace("aten::addcmul_", square, gradient, gradient, 1 - beta2);
        if (largest is not null)
            using (var larger = Aten.Call("aten::maximum", largest, square)) Aten.CallInPlace("aten::copy_", largest, larger);
        using var denominator = Aten.Call("aten::sqrt", largest ?? square);
        Aten.CallInPlace("aten::add_.Scalar", denominator, epsilon * root, 1.0);
        Aten.CallInPlace("aten::addcdiv_", parameter, mean, denominator, -size);
    }
}

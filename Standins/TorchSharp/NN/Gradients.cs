using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                var gradients = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0) return 0;
                var norms = Aten.Call("aten::stack", gradients.Select(gradient => Norm(gradient, norm_type)).ToArray(), 0L);
                var total = Norm(norms, norm_type).to(ScalarType.Float64).item<double>();
                // NaN and infinite norms reach the gradients, as they do in libtorch.
                var factor = max_norm / (total + 1e-6);
                if (!(factor >= 1)) foreach (var gradient in gradients) gradient.mul_(factor);
                return total;
            }

            private static Tensor Norm(Tensor tensor, double order) =>
                double.IsPositiveInfinity(order) ? tensor.abs().max() : Aten.Call("aten::norm.ScalarOpt_dim", tensor, order, Enumerable.Range(0, (int)tensor.ndim).Select(axis => (long)axis).ToArray(), false);
        }
    }
}

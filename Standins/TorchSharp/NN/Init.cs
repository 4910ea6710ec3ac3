using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The generator parameters are there and, as in the real package, not used: the draws come from the global generator.
        public static class init
        {
            public enum NonlinearityType { Linear = 0, Conv1D = 1, Conv2D = 2, Conv3D = 3, ConvTranspose1D = 4, ConvTranspose2D = 5, ConvTranspose3D = 6, Sigmoid = 7, Tanh = 8, ReLU = 9, LeakyReLU = 10 }

            public enum FanInOut { FanIn = 0, FanOut = 1 }

            private static Tensor Fill(string op, params ReadOnlySpan<Argument> arguments)
            {
                using var frozen = no_grad();
                return Aten.CallInPlace(op, arguments);
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static Tensor ones_(Tensor tensor) => Fill("aten::fill_.Scalar", tensor, 1.0);
            public static Tensor zeros_(Tensor tensor) => Fill("aten::zero_", tensor);
            public static Tensor constant_(Tensor tensor, Scalar val) => Fill("aten::fill_.Scalar", tensor, val);
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) => Fill("aten::uniform_", tensor, low, high);
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) => Fill("aten::normal_", tensor, mean, std);

            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                // A uniform draw between the error functions of the two bounds, mapped back by the inverse error function.
                var (low, high) = (MathErf((a - mean) / (std * Math.Sqrt(2))), MathErf((b - mean) / (std * Math.Sqrt(2))));
                Fill("aten::uniform_", tensor, low, high);
                Fill("aten::erfinv_", tensor);
                Fill("aten::mul_.Scalar", tensor, std * Math.Sqrt(2));
                Fill("aten::add_.Scalar", tensor, mean, 1.0);
                return Fill("aten::clamp_", tensor, a, b);
            }

            private static double MathErf(double x)
            {
                using var scope = NewDisposeScope();
                return tensor(x, ScalarType.Float64).erf().item<double>();
            }

            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2) throw new System.Runtime.InteropServices.ExternalException("eye_ takes a matrix.");
                using var scope = NewDisposeScope();
                return Fill("aten::copy_", tensor, eye(tensor.size(0), tensor.size(1), tensor.dtype, tensor.device));
            }

            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.ndim < 2) throw new System.Runtime.InteropServices.ExternalException("orthogonal_ takes two dimensions or more.");
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.size(0);
                var columns = tensor.numel() / rows;
                var draw = randn([Math.Max(rows, columns), Math.Min(rows, columns)], tensor.dtype, tensor.device);
                var (q, r) = Aten.Call2("aten::linalg_qr", draw);
                q = q * r.diag().sign();
                if (rows < columns) q = q.t();
                return Fill("aten::copy_", tensor, (q * gain).reshape(tensor.shape));
            }

            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException("Fan-in and fan-out need a tensor of two dimensions or more.");
                var field = shape.Skip(2).Aggregate(1L, (product, length) => product * length);
                return (shape[1] * field, shape[0] * field);
            }
        }
    }
}

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long { None = 0, Mean = 1, Sum = 2 }

        public static partial class functional
        {
            private static readonly long[] One = [1], Zero = [0];

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Aten.CallInPlace("aten::leaky_relu_", input, negative_slope).alias() : Aten.Call("aten::leaky_relu", input, negative_slope);

            public static Tensor gelu(Tensor x) => Aten.Call("aten::gelu", x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.Call("aten::softmax.int", input, dim, dtype);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.Call("aten::layer_norm", input, normalized_shape, weight, bias, eps);

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv_transpose2d.input", input, weight, bias, strides ?? One, padding ?? Zero, output_padding ?? Zero, groups, dilation ?? One);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Aten.Call("aten::mse_loss", input, target, (long)reduction);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Call("aten::linear", input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv2d", input, weight, bias, strides ?? One, padding ?? Zero, dilation ?? One, groups);

            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv2d.padding", input, weight, bias, strides ?? One, NameOf(padding), dilation ?? One, groups);

            private static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Aten.Call("aten::batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var name = mode switch
                {
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => "constant",
                };
                return Aten.Call("aten::pad", input, pad, name, name == "constant" ? value : Argument.None);
            }
        }
    }
}

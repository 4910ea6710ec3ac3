namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode { Nearest = 0, Linear = 1, Bilinear = 2, Bicubic = 3, Trilinear = 4, Area = 5, NearestExact = 6 }

    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly long[] One = [1], Zero = [0];

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Call("aten::linear", input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv1d", input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 }, groups);

            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv1d.padding", input, weight, bias, new[] { stride ?? 1 }, NameOf(padding), new[] { dilation ?? 1 }, groups);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv2d", input, weight, bias, strides ?? One, padding ?? Zero, dilation ?? One, groups);

            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv2d.padding", input, weight, bias, strides ?? One, NameOf(padding), dilation ?? One, groups);

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv_transpose2d.input", input, weight, bias, strides ?? One, padding ?? Zero, output_padding ?? Zero, groups, dilation ?? One);

            private static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Aten.Call("aten::batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.Call("aten::layer_norm", input, normalized_shape, weight, bias, eps, true);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.Call("aten::group_norm", input, num_groups, weight, bias, eps, true);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = Aten.Call("aten::norm.ScalarOpt_dim", input, p, new[] { dim }, true);
                using var bounded = Aten.Call("aten::clamp_min", norm, eps);
                return Aten.Call("aten::div.Tensor", input, bounded);
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (p is < 0 or > 1) throw new System.Runtime.InteropServices.ExternalException($"dropout probability has to be between 0 and 1, but got {p}");
                return inplace ? Aten.CallInPlace("aten::dropout_", input, p, training).alias() : Aten.Call("aten::dropout", input, p, training);
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64) throw new ArgumentException("one_hot takes a tensor of Int64.");
                return Aten.Call("aten::one_hot", x, num_classes);
            }

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.Call("aten::pixel_shuffle", input, upscale_factor);
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Aten.Call("aten::pixel_unshuffle", input, downscale_factor);

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                unfold(input, (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));
            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Aten.Call("aten::im2col", input, Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                fold(input, (output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Aten.Call("aten::col2im", input, Pair(output_size), Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];

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
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Enumerable.Repeat(pad, (int)input.ndim * 2).ToArray(), mode, value);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (antialias) throw new NotImplementedException("antialias is not implemented in this stand-in.");
                var axes = (int)x.ndim - 2;
                if (scale_factor is { Length: 1 } && axes > 1) scale_factor = Enumerable.Repeat(scale_factor[0], axes).ToArray();
                if (size is { Length: 1 } && axes > 1) size = Enumerable.Repeat(size[0], axes).ToArray();
                if (recompute_scale_factor || mode == InterpolationMode.Area)
                {
                    size ??= scale_factor!.Select((factor, axis) => (long)Math.Floor(x.size(axis + 2) * factor)).ToArray();
                    scale_factor = null;
                }
                var corners = align_corners ?? false;
                return mode switch
                {
                    InterpolationMode.Nearest => Aten.Call(axes == 1 ? "aten::upsample_nearest1d.vec" : axes == 2 ? "aten::upsample_nearest2d.vec" : "aten::upsample_nearest3d.vec", x, size, scale_factor),
                    InterpolationMode.NearestExact => Aten.Call(axes == 1 ? "aten::_upsample_nearest_exact1d.vec" : axes == 2 ? "aten::_upsample_nearest_exact2d.vec" : "aten::_upsample_nearest_exact3d.vec", x, size, scale_factor),
                    InterpolationMode.Linear => Aten.Call("aten::upsample_linear1d.vec", x, size, corners, scale_factor),
                    InterpolationMode.Bilinear => Aten.Call("aten::upsample_bilinear2d.vec", x, size, corners, scale_factor),
                    InterpolationMode.Bicubic => Aten.Call("aten::upsample_bicubic2d.vec", x, size, corners, scale_factor),
                    InterpolationMode.Trilinear => Aten.Call("aten::upsample_trilinear3d.vec", x, size, corners, scale_factor),
                    _ => Aten.Call(axes == 1 ? "aten::adaptive_avg_pool1d" : axes == 2 ? "aten::adaptive_avg_pool2d" : "aten::adaptive_avg_pool3d", x, size),
                };
            }

            // libtorch 1.13 has no public operator of this name, so it is composed: softmax(Q·Kᵀ/√d + mask)·V.
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                using var scope = NewDisposeScope();
                var scores = Aten.Call("aten::matmul", query * (1 / Math.Sqrt(query.size(-1))), key.transpose(-2, -1));
                if (is_casual)
                {
                    if (attn_mask is not null) throw new System.Runtime.InteropServices.ExternalException("A causal attention takes no explicit mask.");
                    attn_mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                }
                if (attn_mask is not null)
                    scores = attn_mask.dtype == ScalarType.Bool
                        ? Aten.Call("aten::masked_fill.Scalar", scores, attn_mask.logical_not(), double.NegativeInfinity)
                        : scores + attn_mask;
                var weights = softmax(scores, -1);
                if (p > 0) weights = dropout(weights, p);
                return Aten.Call("aten::matmul", weights, value).MoveToOuterDisposeScope();
            }
        }
    }
}

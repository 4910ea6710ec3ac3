using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "bias")]
        private Parameter? _bias;
        [ComponentName(Name = "weight")]
        private Parameter? _weight;

        internal Linear(Parameter weight, Parameter? bias) : base("Linear")
        {
            (out_features, in_features) = (weight.shape[0], weight.shape[1]);
            this.weight = weight;
            if (bias is not null) this.bias = bias;
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base("Linear")
        {
            (in_features, out_features) = (inputSize, outputSize);
            weight = nn.Parameter(empty([outputSize, inputSize], dtype, device));
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (!hasBias) return;
            bias = nn.Parameter(empty([outputSize], dtype, device));
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            nn.init.uniform_(bias, -bound, bound);
        }

        public long in_features { get; set; }
        public long out_features { get; set; }
        public Parameter weight { get => _weight!; set => Components.Set(ref _weight, value, kept => ConditionallyRegisterParameter("weight", kept)); }
        public Parameter? bias { get => _bias; set => Components.Set(ref _bias, value, kept => ConditionallyRegisterParameter("bias", kept)); }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight!, _bias);
    }

    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long _paddingIndex;
        private readonly bool _scaleGradientByFrequency;
        private readonly bool _sparse;
        [ComponentName(Name = "weight")]
        private Parameter? _weight;

        internal Embedding(Parameter weight, long? padding_idx, double? max_norm, bool scale_grad_by_freq, bool sparse) : base("Embedding")
        {
            if (max_norm is not null) throw new NotImplementedException("max_norm is not implemented in this stand-in.");
            var rows = weight.shape[0];
            if (padding_idx is { } index && (index < -rows || index >= rows)) throw new ArgumentException($"padding_idx must be within the {rows} embeddings.");
            _paddingIndex = padding_idx is { } place ? (place + rows) % rows : -1;
            (_scaleGradientByFrequency, _sparse) = (scale_grad_by_freq, sparse);
            this.weight = weight;
        }

        public Parameter? weight { get => _weight; set => Components.Set(ref _weight, value, kept => ConditionallyRegisterParameter("weight", kept)); }

        public override Tensor forward(Tensor input) =>
            Aten.Call("aten::embedding", _weight, input, _paddingIndex, _scaleGradientByFrequency, _sparse);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var weight = nn.Parameter(empty([num_embeddings, embedding_dims], dtype, device));
                init.normal_(weight);
                if (padding_idx is { } index) using (no_grad()) using (var row = weight[index]) row.zero_();
                return new(weight, padding_idx, max_norm, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                using var scope = NewDisposeScope();
                var values = embeddings.detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device).clone();
                return new(nn.Parameter(values, !freeze), padding_idx, max_norm, scale_grad_by_freq, sparse);
            }
        }
    }
}

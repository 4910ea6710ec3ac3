using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public abstract class NormBase : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "bias")]
        private Parameter? _bias;
        [ComponentName(Name = "weight")]
        private Parameter? _weight;
        [ComponentName(Name = "running_mean")]
        private Tensor? _running_mean;
        [ComponentName(Name = "running_var")]
        private Tensor? _running_var;
        [ComponentName(Name = "num_batches_tracked")]
        private Tensor? _num_batches_tracked;

        public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name) : base(name)
        {
            this.num_features = num_features;
            this.eps = eps;
            this.momentum = momentum;
            this.affine = affine;
            this.track_running_stats = track_running_stats;
            if (affine)
            {
                weight = nn.Parameter(ones([num_features], dtype, device));
                bias = nn.Parameter(zeros([num_features], dtype, device));
            }
            if (track_running_stats)
            {
                running_mean = zeros([num_features], dtype, device);
                running_var = ones([num_features], dtype, device);
                num_batches_tracked = zeros([], ScalarType.Int64, device);
            }
        }

        public long num_features { get; private set; }
        public double eps { get; set; }
        public double? momentum { get; set; }
        public bool affine { get; private set; }
        public bool track_running_stats { get; private set; }

        public Parameter weight { get => _weight!; set => Components.Set(ref _weight, value, kept => ConditionallyRegisterParameter("weight", kept)); }
        public Parameter? bias { get => _bias; set => Components.Set(ref _bias, value, kept => ConditionallyRegisterParameter("bias", kept)); }
        public Tensor? running_mean { get => _running_mean; set => Components.Set(ref _running_mean, value, kept => ConditionallyRegisterBuffer("running_mean", kept)); }
        public Tensor? running_var { get => _running_var; set => Components.Set(ref _running_var, value, kept => ConditionallyRegisterBuffer("running_var", kept)); }
        public Tensor? num_batches_tracked { get => _num_batches_tracked; set => Components.Set(ref _num_batches_tracked, value, kept => ConditionallyRegisterBuffer("num_batches_tracked", kept)); }

        protected abstract void ValidateInputDimensions(Tensor input);
    }

    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            var factor = momentum ?? 0;
            if (training && track_running_stats && num_batches_tracked is not null)
            {
                using (no_grad()) num_batches_tracked.add_(1);
                factor = momentum ?? 1.0 / num_batches_tracked.item<long>();
            }
            var tracked = !training || track_running_stats;
            var byBatch = training || (running_mean is null && running_var is null);
            return nn.functional.batch_norm(input, tracked ? running_mean : null, tracked ? running_var : null, weight, bias, byBatch, factor, eps);
        }
    }

    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, "BatchNorm2d") { }

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim != 4) throw new ArgumentException($"BatchNorm2d expects 4 dimensions, not {input.ndim}.");
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}

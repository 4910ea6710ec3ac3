using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal ReLU(bool inplace) : base("ReLU") => this.inplace = inplace;
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
    }

    public sealed class LeakyReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace) : base("LeakyReLU") => (this.negative_slope, this.inplace) = (negative_slope, inplace);
        public bool inplace { get; set; }
        public double negative_slope { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.leaky_relu(tensor, negative_slope, inplace);
    }

    public sealed class ELU : ParameterLessModule<Tensor, Tensor>
    {
        internal ELU(double alpha, bool inplace) : base("ELU") => (this.alpha, this.inplace) = (alpha, inplace);
        public double alpha { get; set; }
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.elu(tensor, alpha, inplace);
    }

    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "weight")]
        private Parameter? _weight;

        internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base("PReLU")
        {
            (this.num_parameters, this.init) = (num_parameters, init);
            weight = nn.Parameter(full([num_parameters], init, dtype ?? get_default_dtype(), device));
        }

        public long num_parameters { get; private set; }
        public double init { get; private set; }
        public Parameter weight { get => _weight!; set => Components.Set(ref _weight, value, kept => ConditionallyRegisterParameter("weight", kept)); }
        public override Tensor forward(Tensor tensor) => nn.functional.prelu(tensor, weight);
    }

    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace) : base("Sigmoid") => this.inplace = inplace;
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, inplace);
    }

    public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
    {
        internal Tanh(bool inplace) : base("Tanh") => this.inplace = inplace;
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.tanh(tensor, inplace);
    }

    public sealed class GELU : ParameterLessModule<Tensor, Tensor>
    {
        internal GELU(bool inplace) : base("GELU") => this.inplace = inplace;
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor, inplace);
    }

    public sealed class SiLU : ParameterLessModule<Tensor, Tensor>
    {
        internal SiLU(bool inplace) : base("SiLU") => this.inplace = inplace;
        public bool inplace { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.silu(tensor, inplace);
    }

    public sealed class Softplus : ParameterLessModule<Tensor, Tensor>
    {
        internal Softplus(double beta, double threshold) : base("Softplus") => (this.beta, this.threshold) = (beta, threshold);
        public double beta { get; set; }
        public double threshold { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.softplus(tensor, beta, threshold);
    }

    public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
    {
        internal Softmax(long dim) : base("Softmax") => this.dim = dim;
        public long dim { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.softmax(tensor, dim);
    }

    public sealed class LogSoftmax : ParameterLessModule<Tensor, Tensor>
    {
        internal LogSoftmax(long dim) : base("LogSoftmax") => this.dim = dim;
        public long dim { get; set; }
        public override Tensor forward(Tensor tensor) => nn.functional.log_softmax(tensor, dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) => new(num_parameters, init, device, dtype);
            public static Sigmoid Sigmoid() => new(false);
            public static Sigmoid Sigmoid(bool inplace) => new(inplace);
            public static Tanh Tanh() => new(false);
            public static Tanh Tanh(bool inplace = false) => new(inplace);
            public static GELU GELU() => new(false);
            public static GELU GELU(bool inplace) => new(inplace);
            public static SiLU SiLU() => new(false);
            public static SiLU SiLU(bool inplace) => new(inplace);
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);
            public static Softmax Softmax(long dim) => new(dim);
            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            public static partial class functional
            {
                private static Tensor Unary(string op, string inPlace, Tensor x, bool inplace) => inplace ? Aten.CallInPlace(inPlace, x).alias() : Aten.Call(op, x);

                public static Tensor relu(Tensor x, bool inplace = false) => inplace ? Aten.CallInPlace("aten::relu_", x).alias() : Aten.Call("aten::relu", x);
                public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                    inplace ? Aten.CallInPlace("aten::leaky_relu_", input, negative_slope).alias() : Aten.Call("aten::leaky_relu", input, negative_slope);
                public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                    inplace ? Aten.CallInPlace("aten::elu_", x, alpha).alias() : Aten.Call("aten::elu", x, alpha);
                public static Tensor prelu(Tensor input, Tensor weight) => Aten.Call("aten::prelu", input, weight);
                public static Tensor sigmoid(Tensor x) => Aten.Call("aten::sigmoid", x);
                public static Tensor sigmoid(Tensor x, bool inplace) => Unary("aten::sigmoid", "aten::sigmoid_", x, inplace);
                public static Tensor tanh(Tensor x, bool inplace = false) => Unary("aten::tanh", "aten::tanh_", x, inplace);
                public static Tensor gelu(Tensor x) => Aten.Call("aten::gelu", x);
                public static Tensor gelu(Tensor x, bool inplace) => Unary("aten::gelu", "aten::gelu_", x, inplace);
                public static Tensor silu(Tensor x, bool inplace = false) => Unary("aten::silu", "aten::silu_", x, inplace);
                public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Aten.Call("aten::softplus", x, beta, threshold);
                public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.Call("aten::softmax.int", input, dim, dtype);
                public static Tensor log_softmax(Tensor x, long dim) => Aten.Call("aten::log_softmax.int", x, dim);
            }
        }
    }
}

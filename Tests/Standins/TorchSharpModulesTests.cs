using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>What networks rely on in TorchSharp's modules; holds for the real package as well.</summary>
public sealed class TorchSharpModulesTests
{
    private sealed class Inner : nn.Module<Tensor, Tensor>
    {
        private readonly Linear _dense;
        private readonly Parameter _scale;
        private readonly Tensor _offset;

        public Inner() : base(nameof(Inner))
        {
            _dense = nn.Linear(3, 2);
            _scale = nn.Parameter(ones([2]));
            _offset = zeros([2]);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _dense.call(input) * _scale + _offset;
    }

    private sealed class Outer : nn.Module<Tensor, Tensor>
    {
        private readonly Inner _inner;
        private readonly Conv2d _mix;
        private readonly BatchNorm2d _norm;

        public Outer() : base(nameof(Outer))
        {
            _inner = new Inner();
            _mix = nn.Conv2d(2, 2, 1, bias: false);
            _norm = nn.BatchNorm2d(2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => nn.functional.leaky_relu(_norm.call(_mix.call(_inner.call(input).reshape(-1, 2, 1, 1))), 0.3);
    }

    [Fact]
    public void RegisterComponents_NestedPrivateFields_NamesAreFieldNames()
    {
        using var network = new Outer();
        // The order of the listing is no promise.
        Assert.Equal(
            [
                "_inner._dense.bias", "_inner._dense.weight", "_inner._scale", "_mix.weight", "_norm.bias", "_norm.weight",
            ],
            network.named_parameters().Select(entry => entry.name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["_inner._offset", "_norm.num_batches_tracked", "_norm.running_mean", "_norm.running_var"],
            network.named_buffers().Select(entry => entry.name).Order(StringComparer.Ordinal));
        Assert.Equal(["_inner", "_mix", "_norm"], network.named_children().Select(entry => entry.name));
    }

    [Fact]
    public void Constructor_InDisposeScope_ParametersOfModulesSurvive()
    {
        nn.Module<Tensor, Tensor>[] layers;
        using (NewDisposeScope()) layers = [nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Linear(1, 2)];
        using (NewDisposeScope())
        {
            Assert.All(layers.SelectMany(layer => layer.parameters()), parameter => Assert.False(parameter.IsInvalid));
            Assert.All(layers.SelectMany(layer => layer.named_buffers()), entry => Assert.False(entry.buffer.IsInvalid));
            Assert.Equal([5, 3, 1, 2], layers.Aggregate(rand([5, 2, 3, 3]), (input, layer) => layer.call(input)).shape);
        }
        foreach (var layer in layers) layer.Dispose();
    }

    [Fact]
    public void Parameter_FromTensorInScope_TakesItsPlaceThere()
    {
        Parameter parameter;
        using (NewDisposeScope())
        {
            var data = ones([4]);
            parameter = nn.Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad);
        }
        Assert.True(parameter.IsInvalid);
    }

    [Fact]
    public void Dispose_OfParent_DisposesChildren()
    {
        var network = new Outer();
        var parameters = network.parameters().ToList();
        network.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void RegisterModule_BadNames_Throw()
    {
        using var network = new Outer();
        Assert.Throws<ArgumentException>(() => network.register_module("a.b", nn.Linear(1, 1)));
        Assert.Throws<InvalidOperationException>(() => network.register_module("_inner", nn.Linear(1, 1)));
    }

    [Fact]
    public void StateDict_RoundTrip_CopiesEveryEntry()
    {
        using var scope = NewDisposeScope();
        using var source = new Outer();
        using var target = new Outer();
        using var input = rand([8, 3]);
        source.call(input).Dispose();
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(10, target.state_dict().Count);
        source.eval();
        target.eval();
        Assert.True(source.call(input).allclose(target.call(input), 0, 0));
        Assert.All(target.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void LoadStateDict_Incomplete_ThrowsUnlessNotStrict()
    {
        using var network = new Outer();
        var state = network.state_dict();
        state.Remove("_inner._scale");
        Assert.Throws<InvalidOperationException>(() => network.load_state_dict(state));
        state["other"] = state["_inner._offset"];
        var (missing, unexpected) = network.load_state_dict(state, strict: false);
        Assert.Equal(["_inner._scale"], missing);
        Assert.Equal(["other"], unexpected);
    }

    [Fact]
    public void Train_AndEval_ReachEveryModule()
    {
        using var network = new Outer();
        Assert.All(network.named_modules(), entry => Assert.True(entry.module.training));
        network.eval();
        Assert.False(network.training);
        Assert.All(network.named_modules(), entry => Assert.False(entry.module.training));
        network.train();
        Assert.All(network.named_modules(), entry => Assert.True(entry.module.training));
    }

    [Fact]
    public void To_Float64_ConvertsParametersBuffersAndFieldsButNoCounters()
    {
        using var scope = NewDisposeScope();
        using var network = new Outer();
        network.to(ScalarType.Float64);
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(network.named_buffers(), entry => Assert.Equal(entry.name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? ScalarType.Int64 : ScalarType.Float64, entry.buffer.dtype));
        Assert.Equal(ScalarType.Float64, network.call(rand([4, 3], dtype: ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => network.to(ScalarType.Int32));
    }

    [Fact]
    public void Conv2d_AgainstNestedLoops()
    {
        using var scope = NewDisposeScope();
        const int Batch = 2, In = 3, Out = 4, Kernel = 3, Height = 6, Width = 5, Stride = 2, Border = 1;
        var input = randn([Batch, In, Height, Width], dtype: ScalarType.Float64);
        using var layer = nn.Conv2d(In, Out, Kernel, stride: Stride, padding: Border, dtype: ScalarType.Float64);
        var output = layer.call(input);
        Assert.Equal([Batch, Out, 3, 3], output.shape);
        var x = input.data<double>().ToArray();
        var w = layer.weight.data<double>().ToArray();
        var b = layer.bias!.data<double>().ToArray();
        var y = output.data<double>().ToArray();
        for (var n = 0; n < Batch; n++)
            for (var o = 0; o < Out; o++)
                for (var i = 0; i < 3; i++)
                    for (var j = 0; j < 3; j++)
                    {
                        var sum = b[o];
                        for (var c = 0; c < In; c++)
                            for (var p = 0; p < Kernel; p++)
                                for (var q = 0; q < Kernel; q++)
                                {
                                    var (row, column) = (i * Stride + p - Border, j * Stride + q - Border);
                                    if (row is < 0 or >= Height || column is < 0 or >= Width) continue;
                                    sum += w[((o * In + c) * Kernel + p) * Kernel + q] * x[((n * In + c) * Height + row) * Width + column];
                                }
                        // 28 products of size one in double precision.
                        Assert.Equal(sum, y[((n * Out + o) * 3 + i) * 3 + j], 12);
                    }
    }

    [Fact]
    public void Conv2d_WrongChannels_Throws()
    {
        using var layer = nn.Conv2d(3, 4, 3);
        using var input = rand([1, 2, 8, 8]);
        Assert.Throws<ArgumentException>(() => layer.call(input));
    }

    [Fact]
    public void BatchNorm2d_TrainingAndEvaluation_FollowTheRunningStatistics()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.BatchNorm2d(2, momentum: 0.25, dtype: ScalarType.Float64);
        var input = randn([4, 2, 3, 3], dtype: ScalarType.Float64) * 2 + 1;
        var mean = input.mean([0, 2, 3]);
        var biased = (input - mean.reshape(1, 2, 1, 1)).square().mean([0, 2, 3]);
        var unbiased = biased * (36.0 / 35);

        var trained = layer.call(input);
        // Batch statistics normalise; the running ones move by the momentum towards them, the variance with N - 1.
        var expected = (input - mean.reshape(1, 2, 1, 1)) / (biased.reshape(1, 2, 1, 1) + layer.eps).sqrt();
        Assert.True(trained.allclose(expected, 1e-10, 1e-10));
        Assert.True(layer.running_mean!.allclose(0.25 * mean, 1e-10, 1e-10));
        Assert.True(layer.running_var!.allclose(0.75 + 0.25 * unbiased, 1e-10, 1e-10));
        Assert.Equal(1, layer.num_batches_tracked!.item<long>());

        layer.eval();
        var evaluated = layer.call(input);
        expected = (input - layer.running_mean.reshape(1, 2, 1, 1)) / (layer.running_var.reshape(1, 2, 1, 1) + layer.eps).sqrt();
        Assert.True(evaluated.allclose(expected, 1e-10, 1e-10));
        Assert.Equal(1, layer.num_batches_tracked.item<long>());
        using var flat = rand([4, 2], dtype: ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => layer.call(flat));
    }

    [Fact]
    public void Activations_AgainstTheirFormulas()
    {
        using var scope = NewDisposeScope();
        double[] points = [-2, -0.5, 0, 0.5, 3];
        var x = tensor(points);
        void Check(Tensor y, Func<double, double> formula)
        {
            for (var i = 0; i < points.Length; i++) Assert.Equal(formula(points[i]), y[i].item<double>(), 12);
        }
        static double Logistic(double v) => 1 / (1 + Math.Exp(-v));
        Check(nn.functional.leaky_relu(x, 0.3), v => v < 0 ? 0.3 * v : v);
        Check(x.sigmoid(), Logistic);
    }

    [Fact]
    public void Losses_AgainstTheirFormulas()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.5, -1.0, 2.0 });
        var y = tensor(new[] { 0.0, 1.0, 1.0 });
        Assert.Equal((0.25 + 4 + 1) / 3, nn.functional.mse_loss(x, y).item<double>(), 12);
    }

    [Fact]
    public void Backward_AgainstFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var network = new Inner().to(ScalarType.Float64);
        var x = randn([5, 3], dtype: ScalarType.Float64);
        double Loss()
        {
            using var inner = NewDisposeScope();
            using var frozen = no_grad();
            return network.call(x).sigmoid().square().sum().item<double>();
        }
        network.call(x).sigmoid().square().sum().backward();
        foreach (var parameter in network.parameters())
        {
            var gradient = parameter.grad!.data<double>().ToArray();
            for (var i = 0; i < gradient.Length; i++)
            {
                const double Step = 1e-6;
                double Shifted(double by)
                {
                    using (no_grad()) parameter.reshape(-1)[i].add_(by);
                    var loss = Loss();
                    using (no_grad()) parameter.reshape(-1)[i].add_(-by);
                    return loss;
                }
                var slope = (Shifted(Step) - Shifted(-Step)) / (2 * Step);
                // Central differences: truncation h² = 1e-12, rounding 1e-16·loss/h = 1e-9 for a loss of some ten.
                Assert.Equal(slope, gradient[i], 1e-6 * (1 + Math.Abs(slope)));
            }
        }
    }

    [Fact]
    public void Init_StaysWithinTheBoundsOfItsFormula()
    {
        using var scope = NewDisposeScope();
        var weight = empty([200, 100]);
        // He with a leak of √5: 1/√fan-in.
        Assert.InRange(nn.init.kaiming_uniform_(weight, Math.Sqrt(5)).abs().max().item<float>(), 0.095f, 0.10001f);
        Assert.Equal((100, 200), nn.init.CalculateFanInAndFanOut(weight));
        Assert.Throws<ArgumentException>(() => nn.init.CalculateFanInAndFanOut(ones([3])));
    }
}

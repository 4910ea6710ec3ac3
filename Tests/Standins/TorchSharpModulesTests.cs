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
            _scale = nn.Parameter(ones(2));
            _offset = zeros(2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _dense.call(input) * _scale + _offset;
    }

    private sealed class Outer : nn.Module<Tensor, Tensor>
    {
        private readonly Inner _inner;
        private readonly Sequential _layers;
        private readonly ModuleList<Linear> _list;

        public Outer() : base(nameof(Outer))
        {
            _inner = new Inner();
            _layers = nn.Sequential(nn.Linear(2, 2, hasBias: false), nn.BatchNorm1d(2), nn.ReLU());
            _list = nn.ModuleList(nn.Linear(2, 1), nn.Linear(2, 1));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _list[0].call(_layers.call(_inner.call(input)));
    }

    [Fact]
    public void RegisterComponents_NestedPrivateFields_NamesAreFieldNames()
    {
        using var network = new Outer();
        // The order of the listing is no promise.
        Assert.Equal(
            [
                "_inner._dense.bias", "_inner._dense.weight", "_inner._scale", "_layers.0.weight", "_layers.1.bias", "_layers.1.weight",
                "_list.0.bias", "_list.0.weight", "_list.1.bias", "_list.1.weight",
            ],
            network.named_parameters().Select(entry => entry.name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["_inner._offset", "_layers.1.num_batches_tracked", "_layers.1.running_mean", "_layers.1.running_var"],
            network.named_buffers().Select(entry => entry.name).Order(StringComparer.Ordinal));
        Assert.Equal(["_inner", "_layers", "_list"], network.named_children().Select(entry => entry.name));
    }

    [Fact]
    public void Constructor_InDisposeScope_ParametersOfModulesSurvive()
    {
        Sequential network;
        using (NewDisposeScope()) network = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(3, 2), nn.PReLU(1), nn.LayerNorm(2));
        using (NewDisposeScope())
        {
            Assert.All(network.parameters(), parameter => Assert.False(parameter.IsInvalid));
            Assert.All(network.buffers(), buffer => Assert.False(buffer.IsInvalid));
            Assert.Equal([5, 2], network.call(rand(5, 2, 3, 3)).shape);
        }
        network.Dispose();
    }

    [Fact]
    public void Parameter_FromTensorInScope_TakesItsPlaceThere()
    {
        Parameter parameter;
        using (NewDisposeScope())
        {
            var data = ones(4);
            parameter = nn.Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad);
            Assert.True(parameter.is_leaf);
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
        Assert.Throws<InvalidOperationException>(() => nn.ReLU().register_parameter("weight", nn.Parameter(ones(1))));
    }

    [Fact]
    public void StateDict_RoundTrip_CopiesEveryEntry()
    {
        using var scope = NewDisposeScope();
        using var source = new Outer();
        using var target = new Outer();
        using var input = rand(8, 3);
        source.call(input).Dispose();
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(14, target.state_dict().Count);
        source.eval();
        target.eval();
        Assert.True(source.call(input).allclose(target.call(input), 0, 0));
        Assert.All(target.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
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
    public void SaveAndLoad_ThroughAStream_GivesTheSameValues()
    {
        using var scope = NewDisposeScope();
        using var source = new Outer();
        using var target = new Outer();
        using var file = new MemoryStream();
        source.save(file);
        using var reading = new MemoryStream(file.ToArray());
        target.load(reading);
        foreach (var (name, value) in source.state_dict()) Assert.True(value.allclose(target.state_dict()[name], 0, 0), name);
    }

    [Fact]
    public void Train_AndEval_ReachEveryModule()
    {
        using var network = new Outer();
        Assert.All(network.modules(), module => Assert.True(module.training));
        network.eval();
        Assert.False(network.training);
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void To_Float64_ConvertsParametersBuffersAndFieldsButNoCounters()
    {
        using var scope = NewDisposeScope();
        using var network = new Outer();
        network.to(ScalarType.Float64);
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Int64, network.get_buffer("_layers.1.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.Float64, network.get_buffer("_inner._offset")!.dtype);
        Assert.Equal(ScalarType.Float64, network.call(rand(4, 3, dtype: ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => network.to(ScalarType.Int32));
    }

    [Fact]
    public void ForwardHook_SeesInputAndReplacesOutput()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Identity();
        var hook = layer.register_forward_hook((_, _, output) => output + 1);
        Assert.Equal(3, layer.call(tensor(2.0)).item<double>());
        hook.remove();
        Assert.Equal(2, layer.call(tensor(2.0)).item<double>());
    }

    [Fact]
    public void Conv2d_AgainstNestedLoops()
    {
        using var scope = NewDisposeScope();
        const int Batch = 2, In = 3, Out = 4, Kernel = 3, Height = 6, Width = 5, Stride = 2, Border = 1;
        var input = randn(Batch, In, Height, Width, dtype: ScalarType.Float64);
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
        using var input = rand(1, 2, 8, 8);
        Assert.Throws<ArgumentException>(() => layer.call(input));
    }

    [Fact]
    public void ConvTranspose2d_IsTheAdjointOfConv2d()
    {
        using var scope = NewDisposeScope();
        var weight = randn(4, 3, 3, 3, dtype: ScalarType.Float64);
        var x = randn(1, 3, 7, 7, dtype: ScalarType.Float64);
        var y = randn(1, 4, 4, 4, dtype: ScalarType.Float64);
        var forward = (nn.functional.conv2d(x, weight, strides: [2, 2], padding: [1, 1]) * y).sum().item<double>();
        var backward = (nn.functional.conv_transpose2d(y, weight, strides: [2, 2], padding: [1, 1]) * x).sum().item<double>();
        Assert.Equal(forward, backward, 10);
    }

    [Fact]
    public void BatchNorm2d_TrainingAndEvaluation_FollowTheRunningStatistics()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.BatchNorm2d(2, momentum: 0.25, dtype: ScalarType.Float64);
        var input = randn(4, 2, 3, 3, dtype: ScalarType.Float64) * 2 + 1;
        var mean = input.mean([0, 2, 3]);
        var unbiased = input.var([0, 2, 3], unbiased: true);
        var biased = input.var([0, 2, 3], unbiased: false);

        var trained = layer.call(input);
        // Batch statistics normalise; the running ones move by the momentum towards them, the variance with N - 1.
        var expected = (input - mean.view(1, 2, 1, 1)) / (biased.view(1, 2, 1, 1) + layer.eps).sqrt();
        Assert.True(trained.allclose(expected, 1e-10, 1e-10));
        Assert.True(layer.running_mean!.allclose(0.25 * mean, 1e-10, 1e-10));
        Assert.True(layer.running_var!.allclose(0.75 + 0.25 * unbiased, 1e-10, 1e-10));
        Assert.Equal(1, layer.num_batches_tracked!.item<long>());

        layer.eval();
        var evaluated = layer.call(input);
        expected = (input - layer.running_mean.view(1, 2, 1, 1)) / (layer.running_var.view(1, 2, 1, 1) + layer.eps).sqrt();
        Assert.True(evaluated.allclose(expected, 1e-10, 1e-10));
        Assert.Equal(1, layer.num_batches_tracked.item<long>());
        using var flat = rand(4, 2, dtype: ScalarType.Float64);
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
        Check(nn.ReLU().call(x), v => Math.Max(v, 0));
        Check(nn.LeakyReLU(0.3).call(x), v => v < 0 ? 0.3 * v : v);
        Check(nn.Sigmoid().call(x), Logistic);
        Check(nn.functional.tanh(x), Math.Tanh);
        Check(nn.SiLU().call(x), v => v * Logistic(v));
        Check(nn.Softplus().call(x), v => Math.Log(1 + Math.Exp(v)));
        Check(nn.ELU(0.5).call(x), v => v < 0 ? 0.5 * (Math.Exp(v) - 1) : v);
        var total = points.Sum(Math.Exp);
        Check(nn.Softmax(0).call(x), v => Math.Exp(v) / total);
        Check(nn.LogSoftmax(0).call(x), v => v - Math.Log(total));
        // GELU(x) = x·Φ(x); Φ(0.5) from tables.
        Assert.Equal(0.5 * 0.6914624612740131, nn.GELU().call(x)[3].item<double>(), 12);
        using var prelu = nn.PReLU(1, 0.1, dtype: ScalarType.Float64);
        Check(prelu.call(x), v => v < 0 ? 0.1 * v : v);
    }

    [Fact]
    public void Losses_AgainstTheirFormulas()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.5, -1.0, 2.0 });
        var y = tensor(new[] { 0.0, 1.0, 1.0 });
        Assert.Equal((0.25 + 4 + 1) / 3, nn.functional.mse_loss(x, y).item<double>(), 12);
        Assert.Equal(5.25, nn.MSELoss(nn.Reduction.Sum).call(x, y).item<double>(), 12);
        Assert.Equal(3.5, nn.functional.l1_loss(x, y, nn.Reduction.Sum).item<double>(), 12);
        Assert.Equal(3, nn.functional.l1_loss(x, y, nn.Reduction.None).numel());
        var logistic = new[] { 0.5, -1.0, 2.0 }.Zip([0.0, 1.0, 1.0], (v, t) => Math.Log(1 + Math.Exp(v)) - t * v).Average();
        Assert.Equal(logistic, nn.functional.binary_cross_entropy_with_logits(x, y).item<double>(), 12);
        var entropy = Math.Log(Math.Exp(0.5) + Math.Exp(-1) + Math.Exp(2)) - 2;
        Assert.Equal(entropy, nn.functional.cross_entropy(x.unsqueeze(0), tensor(new[] { 2L })).item<double>(), 12);
        var hot = nn.functional.one_hot(tensor(new[] { 2L, 0L }), 3);
        Assert.Equal(new long[] { 0, 0, 1, 1, 0, 0 }, hot.data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => nn.functional.one_hot(x));
    }

    [Fact]
    public void Rearranging_AgainstIndices()
    {
        using var scope = NewDisposeScope();
        var x = arange(16, dtype: ScalarType.Float64).view(1, 4, 2, 2);
        var shuffled = nn.functional.pixel_shuffle(x, 2);
        Assert.Equal([1, 1, 4, 4], shuffled.shape);
        Assert.Equal(4, shuffled[0, 0, 0, 1].item<double>());
        var padded = nn.functional.pad(x, (1, 0, 0, 2), PaddingModes.Constant, 7);
        Assert.Equal([1, 4, 4, 3], padded.shape);
        Assert.Equal(7, padded[0, 0, 0, 0].item<double>());
        // Non-overlapping blocks: fold takes unfold back.
        var image = rand(2, 3, 4, 4, dtype: ScalarType.Float64);
        var blocks = nn.functional.unfold(image, 2, stride: 2);
        Assert.Equal([2, 12, 4], blocks.shape);
        Assert.True(nn.functional.fold(blocks, 4, 2, stride: 2).allclose(image, 0, 0));
        Assert.Equal(x[0, 0, 1, 1].item<double>(), nn.functional.interpolate(x, scale_factor: [2, 2])[0, 0, 3, 3].item<double>());
        using var table = nn.Embedding(5, 3);
        Assert.True(table.call(tensor(new[] { 4L })).allclose(table.weight![4].unsqueeze(0), 0, 0));
    }

    [Fact]
    public void LayerNorm_AgainstItsFormula()
    {
        using var scope = NewDisposeScope();
        var x = randn(4, 6, dtype: ScalarType.Float64);
        using var layer = nn.LayerNorm(6, dtype: ScalarType.Float64);
        var expected = (x - x.mean([1], keepdim: true)) / (x.var([1], unbiased: false, keepdim: true) + 1e-5).sqrt();
        Assert.True(layer.call(x).allclose(expected, 1e-10, 1e-10));
    }

    [Fact]
    public void Dropout_KeepsTheMeanInTrainingAndTheValuesInEvaluation()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Dropout(0.25);
        var x = ones(40_000);
        // Standard error of the mean: √(0.25/0.75/40000) = 0.0029; five of them.
        Assert.InRange(layer.call(x).mean().item<float>(), 0.985f, 1.015f);
        layer.eval();
        Assert.True(layer.call(x).allclose(x, 0, 0));
    }

    [Fact]
    public void ScaledDotProductAttention_AgainstItsFormula()
    {
        using var scope = NewDisposeScope();
        var q = randn(2, 3, 4, dtype: ScalarType.Float64);
        var k = randn(2, 3, 4, dtype: ScalarType.Float64);
        var v = randn(2, 3, 4, dtype: ScalarType.Float64);
        var expected = nn.functional.softmax(q.matmul(k.transpose(1, 2)) / 2, -1).matmul(v);
        Assert.True(nn.functional.scaled_dot_product_attention(q, k, v).allclose(expected, 1e-10, 1e-10));
        // Under a causal mask the first query sees the first value only.
        var causal = nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true);
        Assert.True(causal[0, 0].allclose(v[0, 0], 1e-10, 1e-10));
    }

    [Fact]
    public void Backward_TwoLayers_AgainstFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(3, 4, dtype: ScalarType.Float64), nn.Tanh(), nn.Linear(4, 2, dtype: ScalarType.Float64));
        var x = randn(5, 3, dtype: ScalarType.Float64);
        double Loss()
        {
            using var inner = NewDisposeScope();
            using var frozen = no_grad();
            return network.call(x).square().sum().item<double>();
        }
        network.call(x).square().sum().backward();
        foreach (var parameter in network.parameters())
        {
            var gradient = parameter.grad!.data<double>().ToArray();
            for (var i = 0; i < gradient.Length; i++)
            {
                const double Step = 1e-6;
                double Shifted(double by)
                {
                    using (no_grad()) parameter.view(-1)[i].add_(by);
                    var loss = Loss();
                    using (no_grad()) parameter.view(-1)[i].sub_(by);
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
        var weight = empty(200, 100);
        // Glorot: √(6/(100 + 200)); He with a leak of √5: 1/√fan-in.
        Assert.InRange(nn.init.xavier_uniform_(weight).abs().max().item<float>(), 0.13f, 0.14143f);
        Assert.InRange(nn.init.kaiming_uniform_(weight, Math.Sqrt(5)).abs().max().item<float>(), 0.095f, 0.10001f);
        // Sample deviation of 20,000 normal draws: relative error 1/√40000 = 0.005.
        Assert.InRange(nn.init.normal_(weight, 1, 2).std().item<float>(), 1.95f, 2.05f);
        Assert.InRange(nn.init.trunc_normal_(weight).abs().max().item<float>(), 1.5f, 2f);
        Assert.Equal(20_000 * 3, nn.init.constant_(weight, 3).sum().item<float>());
        Assert.Equal((100, 200), nn.init.CalculateFanInAndFanOut(weight));
        Assert.Throws<ArgumentException>(() => nn.init.CalculateFanInAndFanOut(ones(3)));
    }
}

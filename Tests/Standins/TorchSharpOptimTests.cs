using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>What training relies on in TorchSharp's Adam; holds for the real package as well.</summary>
public sealed class TorchSharpOptimTests
{
    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d _convolution = nn.Conv2d(2, 4, 3, padding: 1);
        private readonly BatchNorm2d _normalisation = nn.BatchNorm2d(4);
        private readonly Linear _dense = nn.Linear(64, 8);

        public Network() : base(nameof(Network)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            _dense.call(nn.functional.leaky_relu(_normalisation.call(_convolution.call(input)), 0.3).flatten(1));
    }

    private static Parameter Start(params double[] values) => nn.Parameter(tensor(values));

    /// <summary>∇ of Σ i·(x_i - 1)⁴/4, a function whose gradients differ in size and change as it is descended.</summary>
    private static double Slope(int index, double x) => (index + 1) * Math.Pow(x - 1, 3);

    private static void Descend(Parameter parameter, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var weights = arange(1, parameter.numel() + 1, dtype: ScalarType.Float64);
        ((parameter - 1).square().square() * weights / 4).sum().backward();
        optimizer.step();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Adam_AgainstPlainArrays(double decay, bool amsgrad)
    {
        double[] x = [3, -2, 0.5, 1.25];
        using var parameter = Start(x);
        using var optimizer = optim.Adam([parameter], lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: decay, amsgrad: amsgrad);
        var (m, v, largest) = (new double[4], new double[4], new double[4]);
        for (var t = 1; t <= 50; t++)
        {
            Descend(parameter, optimizer);
            for (var i = 0; i < x.Length; i++)
            {
                var g = Slope(i, x[i]) + decay * x[i];
                m[i] = 0.8 * m[i] + 0.2 * g;
                v[i] = 0.95 * v[i] + 0.05 * g * g;
                largest[i] = Math.Max(largest[i], v[i]);
                var corrected = (amsgrad ? largest[i] : v[i]) / (1 - Math.Pow(0.95, t));
                x[i] -= 0.05 * (m[i] / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(corrected) + 1e-8);
            }
        }
        // Fifty steps of double rounding, amplified by slopes of some ten.
        Assert.All(parameter.data<double>().ToArray().Zip(x), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
    }

    [Fact]
    public void State_CreatedAndUsedInScopes_Survives()
    {
        using var parameter = Start(1, 2, 3);
        Adam optimizer;
        using (NewDisposeScope()) optimizer = optim.Adam([parameter], lr: 0.1, amsgrad: true);
        for (var t = 0; t < 3; t++) Descend(parameter, optimizer);
        var state = Assert.IsType<Adam.State>(optimizer.state_dict().State.Single());
        Assert.Equal(3, state.step);
        Assert.False(state.exp_avg.IsInvalid);
        Assert.False(state.exp_avg_sq.IsInvalid);
        Assert.False(state.max_exp_avg_sq!.IsInvalid);
        optimizer.Dispose();
        Assert.True(state.exp_avg.IsInvalid);
    }

    [Fact]
    public void StateDict_SavedAndLoaded_ContinuesAlike()
    {
        using var first = Start(3, -2, 0.5);
        using var one = optim.Adam([first], lr: 0.1);
        for (var t = 0; t < 5; t++) Descend(first, one);
        using var second = nn.Parameter(first.detach().clone());
        using var other = optim.Adam([second], lr: 0.5);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true)) one.save_state_dict(writer);
        file.Position = 0;
        using (var reader = new BinaryReader(file)) other.load_state_dict(reader);
        Assert.Equal(0.1, other.ParamGroups.Single().LearningRate);
        for (var t = 0; t < 5; t++)
        {
            Descend(first, one);
            Descend(second, other);
        }
        Assert.True(first.allclose(second, 0, 0));
    }

    [Fact]
    public void Constructor_BadSettings_Throw()
    {
        using var parameter = Start(1);
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], beta1: 1));
    }

    [Fact]
    public void Training_HundredSteps_LeavesNoTensorBehind()
    {
        using var network = new Network();
        using var optimizer = optim.Adam(network.parameters());
        using var input = rand([4, 2, 4, 4]);
        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            network.call(input).square().mean().backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            optimizer.step();
        }
        Step();
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var before = statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 100; step++) Step();
        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void ClipGradNorm_ScalesAllGradientsTogether()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Start(3), Start(4, 0));
        (a * 3).sum().backward();
        (b * tensor(new[] { 4.0, 0.0 })).sum().backward();
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 1e-12);
        // The norm is bounded by 1 through a factor 1/(5 + 1e-6).
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-6);
        Assert.Equal(0.8, b.grad![0].item<double>(), 1e-6);
        Assert.Equal(0.8, nn.utils.clip_grad_norm_([a, b], 10, double.PositiveInfinity), 1e-6);
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>What training relies on in TorchSharp's optimisers and schedules; holds for the real package as well.</summary>
public sealed class TorchSharpOptimTests
{
    private static Parameter Start(params double[] values) => nn.Parameter(tensor(values));

    /// <summary>∇ of Σ i·(x_i - 1)⁴/4, a function whose gradients differ in size and change as it is descended.</summary>
    private static double Slope(int index, double x) => (index + 1) * Math.Pow(x - 1, 3);

    private static void Descend(Parameter parameter, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var weights = arange(1, parameter.numel() + 1, dtype: ScalarType.Float64);
        ((parameter - 1).pow(4) * weights / 4).sum().backward();
        optimizer.step();
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0.1, false, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0.1, false, true)]
    public void Adam_AgainstPlainArrays(double decay, bool amsgrad, bool decoupled)
    {
        double[] x = [3, -2, 0.5, 1.25];
        using var parameter = Start(x);
        using optim.Optimizer optimizer = decoupled
            ? optim.AdamW([parameter], lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: decay)
            : optim.Adam([parameter], lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: decay, amsgrad: amsgrad);
        var (m, v, largest) = (new double[4], new double[4], new double[4]);
        for (var t = 1; t <= 50; t++)
        {
            Descend(parameter, optimizer);
            for (var i = 0; i < x.Length; i++)
            {
                var g = Slope(i, x[i]) + (decoupled ? 0 : decay * x[i]);
                if (decoupled) x[i] *= 1 - 0.05 * decay;
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

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.9, true)]
    public void Sgd_AgainstPlainArrays(double momentum, bool nesterov)
    {
        double[] x = [1.5, 0.5, 0.75];
        using var parameter = Start(x);
        using var optimizer = optim.SGD([parameter], learningRate: 0.02, momentum: momentum, weight_decay: 0.01, nesterov: nesterov);
        var velocity = new double[3];
        for (var t = 0; t < 30; t++)
        {
            Descend(parameter, optimizer);
            for (var i = 0; i < x.Length; i++)
            {
                var g = Slope(i, x[i]) + 0.01 * x[i];
                velocity[i] = t == 0 ? g : momentum * velocity[i] + g;
                x[i] -= 0.02 * (momentum == 0 ? g : nesterov ? g + momentum * velocity[i] : velocity[i]);
            }
        }
        Assert.All(parameter.data<double>().ToArray().Zip(x), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
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

        using var momentum = optim.SGD([parameter], 0.1, momentum: 0.9);
        for (var t = 0; t < 3; t++) Descend(parameter, momentum);
        Assert.False(((SGD.State)momentum.state_dict().State.Single()).momentum_buffer!.IsInvalid);
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
        using var stranger = optim.SGD([second], 0.1);
        using var again = new BinaryReader(new MemoryStream(file.ToArray()));
        Assert.Throws<InvalidDataException>(() => stranger.load_state_dict(again));
    }

    [Fact]
    public void Constructor_BadSettings_Throw()
    {
        using var parameter = Start(1);
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 0.1, nesterov: true));
    }

    [Fact]
    public void ParamGroups_HaveTheirOwnSettings()
    {
        using var slow = Start(2);
        using var fast = Start(2);
        using var optimizer = optim.SGD([new SGD.ParamGroup([slow], lr: 0.0), new SGD.ParamGroup([fast], lr: 0.5)], 0.1);
        using (NewDisposeScope()) (slow + fast).sum().backward();
        optimizer.step();
        Assert.Equal(2, slow.item<double>());
        Assert.Equal(1.5, fast.item<double>());
        Assert.Equal([0.0, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void Training_HundredSteps_LeavesNoTensorBehind()
    {
        using var network = nn.Sequential(nn.Conv2d(2, 4, 3, padding: 1), nn.BatchNorm2d(4), nn.LeakyReLU(0.3), nn.Flatten(), nn.Linear(64, 8));
        using var optimizer = optim.Adam(network.parameters());
        using var input = rand(4, 2, 4, 4);
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
        statistics.Reset();
        for (var step = 0; step < 100; step++) Step();
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
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
        nn.utils.clip_grad_value_([a, b], 0.7);
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-6);
        Assert.Equal(0.7, b.grad![0].item<double>(), 1e-12);
    }

    [Fact]
    public void ParametersToVector_AndBack()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 2);
        var vector = nn.utils.parameters_to_vector(layer.parameters()).detach() + 1;
        Assert.Equal([8], vector.shape);
        nn.utils.vector_to_parameters(vector, layer.parameters());
        Assert.True(nn.utils.parameters_to_vector(layer.parameters()).allclose(vector, 0, 0));
    }

    private static double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> schedule, int steps)
    {
        using var parameter = Start(1);
        using var optimizer = optim.SGD([parameter], 0.8, momentum: 0.9);
        var scheduler = schedule(optimizer);
        var rates = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            rates[step] = optimizer.ParamGroups.Single().LearningRate;
            scheduler.step();
        }
        return rates;
    }

    private static void Follows(Func<int, double> formula, double[] rates) =>
        Assert.All(rates.Index(), entry => Assert.Equal(formula(entry.Index), entry.Item, 1e-12));

    [Fact]
    public void Schedules_AgainstClosedForms()
    {
        Follows(t => 0.8 * Math.Pow(0.5, t / 3), Rates(optimizer => optim.lr_scheduler.StepLR(optimizer, 3, 0.5), 10));
        Follows(t => 0.8 / (1 + t), Rates(optimizer => optim.lr_scheduler.LambdaLR(optimizer, t => 1.0 / (1 + t)), 10));
        Follows(t => 0.8 * Math.Pow(0.9, t), Rates(optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.9), 10));
        Follows(t => 0.1 + 0.7 * (1 + Math.Cos(Math.PI * t / 8)) / 2, Rates(optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, 8, 0.1), 9));
        Follows(t => 0.8 * (0.25 + 0.75 * Math.Min(t, 4) / 4), Rates(optimizer => optim.lr_scheduler.LinearLR(optimizer, 0.25, 1.0, 4), 10));
        Follows(t => 0.8 * (t < 2 ? 1 : t < 5 ? 0.1 : 0.01), Rates(optimizer => optim.lr_scheduler.MultiStepLR(optimizer, [2, 5]), 10));
    }

    [Fact]
    public void OneCycle_RisesToTheTopAndFallsToTheEnd()
    {
        // 20 steps, 30 % of them rising: cosine from 1/25 up at step 5, then down to 1/25e4 at step 19.
        static double Cosine(double from, double to, double part) => to + (from - to) * (1 + Math.Cos(Math.PI * part)) / 2;
        Follows(
            t => t <= 5 ? Cosine(0.04, 1, t / 5.0) : Cosine(1, 0.04 / 1e4, (t - 5) / 14.0),
            Rates(optimizer => optim.lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps: 20), 20));
    }

    [Fact]
    public void Sequential_HandsOverAtTheMilestone()
    {
        var rates = Rates(
            optimizer => optim.lr_scheduler.SequentialLR(
                optimizer,
                [optim.lr_scheduler.LinearLR(optimizer, 0.5, 1.0, 4), optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)],
                [4]),
            10);
        Follows(t => t < 4 ? 0.8 * (0.5 + 0.5 * t / 4) : 0.8 * (1 + Math.Cos(Math.PI * (t - 4) / 10)) / 2, rates);
    }
}

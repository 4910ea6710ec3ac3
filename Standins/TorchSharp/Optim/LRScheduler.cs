using static TorchSharp.torch.optim;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public abstract class LRScheduler
            {
                internal Optimizer _optimizer = null!;
                internal int _last_epoch = -1;
                internal bool _verbose;
                protected int _step_count;
                internal IList<double> _last_lrs = [];
                internal IList<double> _base_lrs = [];

                protected LRScheduler() { }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    (_optimizer, _last_epoch, _verbose) = (optimizer, last_epoch, verbose);
                    _base_lrs = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToList();
                    _last_lrs = Current().ToList();
                }

                private protected IEnumerable<double> Current(double factor = 1) => _optimizer.ParamGroups.Select(group => group.LearningRate * factor);

                public virtual void step() => step(null);

                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToList();
                    foreach (var (index, group) in _optimizer.ParamGroups.Index())
                    {
                        group.LearningRate = rates[index];
                        if (_verbose && _last_lrs[index] != rates[index]) Console.WriteLine($"Adjusting learning rate to {rates[index]}");
                        _last_lrs[index] = rates[index];
                    }
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);
                protected virtual IEnumerable<double> get_lr() => Current();
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
                public IEnumerable<double> get_last_lr() => _last_lrs;
            }

            public static partial class impl
            {
                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> _factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose) { }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _factors = lr_lambdas.ToList();
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _base_lrs.Zip(_factors, (rate, factor) => rate * factor(_last_epoch));
                }

                public class StepLR : LRScheduler
                {
                    private readonly int _size;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_size, _gamma) = (step_size, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Current(_last_epoch > 0 && _last_epoch % _size == 0 ? _gamma : 1);
                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => rate * Math.Pow(_gamma, _last_epoch / _size));
                }

                public class MultiStepLR : LRScheduler
                {
                    private readonly IList<int> _milestones;
                    private readonly double _gamma;

                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_milestones, _gamma) = (milestones, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Current(_milestones.Contains(_last_epoch) ? _gamma : 1);
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => rate * Math.Pow(_gamma, _milestones.Distinct().Count(milestone => milestone <= _last_epoch)));
                }

                public class ExponentialLR : LRScheduler
                {
                    private readonly double _gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Current(_last_epoch == 0 ? 1 : _gamma);
                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => rate * Math.Pow(_gamma, _last_epoch));
                }

                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _steps;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_factor, _steps) = (factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Current(_last_epoch == 0 ? _factor : _last_epoch == _steps ? 1 / _factor : 1);
                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => rate * (_last_epoch >= _steps ? 1 : _factor));
                }

                public class LinearLR : LRScheduler
                {
                    private readonly double _first, _last;
                    private readonly int _steps;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_first, _last, _steps) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    private double Factor(int epoch) => _first + (_last - _first) * Math.Min(_steps, epoch) / _steps;

                    protected override IEnumerable<double> get_lr() => Current(_last_epoch == 0 ? _first : Factor(_last_epoch) / Factor(_last_epoch - 1));
                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => rate * Factor(_last_epoch));
                }

                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period, _floor;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_period, _floor) = (T_max, eta_min);
                        step();
                    }

                    private double Wave(int epoch) => 1 + Math.Cos(Math.PI * epoch / _period);

                    // From one step to the next, so that changes from outside are kept; at the bottom the ratio is undefined.
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0) return Current();
                        return (_last_epoch - 1 - _period) % (2 * _period) == 0
                            ? Current().Zip(_base_lrs, (rate, first) => rate + (first - _floor) * (1 - Math.Cos(Math.PI / _period)) / 2)
                            : Current().Select(rate => Wave(_last_epoch) / Wave(_last_epoch - 1) * (rate - _floor) + _floor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => _floor + (rate - _floor) * Wave(_last_epoch) / 2);
                }

                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) : base(optimizer, last_epoch + 1, false)
                    {
                        (_schedulers, _milestones) = (schedulers.ToArray(), milestones.ToArray());
                        if (_schedulers.Any(scheduler => scheduler._optimizer != optimizer))
                            throw new ArgumentException("All schedulers of a SequentialLR must belong to its optimizer.");
                        if (_milestones.Length != _schedulers.Length - 1)
                            throw new ArgumentException($"A SequentialLR of {_schedulers.Length} schedulers takes {_schedulers.Length - 1} milestones, not {_milestones.Length}.");
                        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in _schedulers) scheduler._last_epoch--;
                        _schedulers[0].step();
                        _last_lrs = _schedulers[0]._last_lrs;
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var active = _milestones.Count(milestone => milestone <= _last_epoch);
                        if (active > 0 && _milestones[active - 1] == _last_epoch) _schedulers[active].step(0);
                        else _schedulers[active].step();
                        return Current();
                    }
                }

                public class ChainedLR : LRScheduler
                {
                    private readonly IEnumerable<LRScheduler> _schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers) => _schedulers = schedulers;

                    public override void step()
                    {
                        foreach (var scheduler in _schedulers) scheduler.step();
                    }
                }

                public class OneCycleLR : LRScheduler
                {
                    public enum AnnealStrategy { Cos, Linear }

                    private sealed record Phase(double End, IList<double> FromRate, IList<double> ToRate, IList<double> FromMomentum, IList<double> ToMomentum);

                    private readonly Func<double, double, double, double> _anneal;
                    private readonly Phase[] _phases;
                    private readonly bool _cycles;
                    private readonly int _steps;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Each(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, Each(optimizer, base_momentum), Each(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose) { }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas)) throw new ArgumentException("cycle_momentum needs an optimizer with momentum.");
                        if (pct_start is < 0 or > 1) throw new ArgumentException($"pct_start must be within 0 and 1, not {pct_start}");
                        if (total_steps == -1 && epochs == -1 && steps_per_epoch == -1) throw new ArgumentException("OneCycleLR needs total_steps, or epochs and steps_per_epoch.");
                        if (total_steps != -1 && total_steps <= 0) throw new ArgumentException($"total_steps must be positive, not {total_steps}");
                        if (total_steps == -1 && epochs <= 0) throw new ArgumentException($"epochs must be positive, not {epochs}");
                        if (total_steps == -1 && steps_per_epoch <= 0) throw new ArgumentException($"steps_per_epoch must be positive, not {steps_per_epoch}");
                        _steps = total_steps != -1 ? total_steps : epochs * steps_per_epoch;
                        _cycles = cycle_momentum;
                        _anneal = anneal_strategy == AnnealStrategy.Cos
                            ? (from, to, part) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * part))
                            : (from, to, part) => from + (to - from) * part;

                        var top = max_lr.ToList();
                        var first = top.Select(rate => rate / div_factor).ToList();
                        var last = first.Select(rate => rate / final_div_factor).ToList();
                        var low = (base_momentum ?? Each(optimizer, 0.85)).ToList();
                        var high = (max_momentum ?? Each(optimizer, 0.95)).ToList();
                        var rise = new Phase(pct_start * _steps - 1, first, top, high, low);
                        _phases = three_phase
                            ? [rise, new(2 * pct_start * _steps - 2, top, first, low, high), new(_steps - 1, first, last, high, high)]
                            : [rise, new(_steps - 1, top, last, low, high)];
                        if (last_epoch == -1 && cycle_momentum)
                            foreach (var (index, group) in optimizer.ParamGroups.Index()) SetMomentum(group, high[index]);
                        step();
                    }

                    private static IEnumerable<double> Each(Optimizer optimizer, double value) => Enumerable.Repeat(value, optimizer.ParamGroups.Count());

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                        else if (group is IMomentum momentum) momentum.Momentum = value;
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > _steps) throw new InvalidOperationException($"Step {_last_epoch + 1} is beyond the {_steps} steps of this schedule.");
                        var place = Array.FindIndex(_phases, phase => _last_epoch <= phase.End);
                        if (place < 0) place = _phases.Length - 1;
                        var current = _phases[place];
                        var start = place == 0 ? 0 : _phases[place - 1].End;
                        var part = (_last_epoch - start) / (current.End - start);
                        var rates = new List<double>();
                        foreach (var (index, group) in _optimizer.ParamGroups.Index())
                        {
                            rates.Add(_anneal(current.FromRate[index], current.ToRate[index], part));
                            if (_cycles) SetMomentum(group, _anneal(current.FromMomentum[index], current.ToMomentum[index], part));
                        }
                        return rates;
                    }
                }
            }

            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) => new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) => new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);
            public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) => new impl.MultiStepLR(optimizer, milestones, gamma, last_epoch, verbose);
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) => new impl.ExponentialLR(optimizer, gamma, last_epoch, verbose);
            public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) => new impl.ConstantLR(optimizer, factor, total_iters, last_epoch, verbose);
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) => new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) => new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);
            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) => new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);
            public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);
            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);
        }
    }
}

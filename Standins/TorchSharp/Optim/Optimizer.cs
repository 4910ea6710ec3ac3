using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { set; get; }
            }

            public abstract partial class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = new List<ParamGroup>();

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;
                public abstract void zero_grad();
                public abstract Tensor? step(Func<Tensor>? closure = null);
                public abstract IEnumerable<Parameter> parameters();
                public abstract void add_param_group(ParamGroup param_group);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                private protected Optimizer() { }

                protected virtual void Dispose(bool disposing)
                {
                    if (disposing) DisposeState();
                }

                private protected abstract void DisposeState();

                public class StateDictionary
                {
                    internal StateDictionary() { }
                    public List<OptimizerOptions> Options { get; private set; } = new();
                    public List<OptimizerState> State { get; private set; } = new();
                    public List<List<int>> StateIndexRef { get; private set; } = new();
                }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class OptimizerHelper : optim.Optimizer
    {
        protected OptimizerOptions _defaults = null!;
        protected Utils.OrderedDict<IntPtr, OptimizerState> _state = new();

        public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

        public override void zero_grad()
        {
            using var frozen = no_grad();
            foreach (var parameter in parameters())
            {
                using var gradient = parameter.grad;
                gradient?.zero_();
            }
        }

        protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
        {
            Tensor? loss = null;
            if (loss_closure is not null) using (enable_grad()) loss = loss_closure();
            using var frozen = no_grad();
            using var scope = NewDisposeScope();
            foreach (var group in _parameter_groups) body((T)group);
            return loss;
        }

        public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

        // State tensors are detached from every scope, because they live as long as the optimiser.
        private protected void Adopt(ParamGroup group, Func<Parameter, OptimizerState> create)
        {
            // An iterator is run once only: later steps would otherwise walk the module tree again each time.
            group.Parameters = group.Parameters as IList<Parameter> ?? group.Parameters.ToList();
            _parameter_groups.Add(group);
            foreach (var parameter in group.Parameters)
            {
                var state = create(parameter);
                _state[parameter.Handle] = state;
                state.Initialize(group.Options);
            }
        }

        private protected override void DisposeState()
        {
            foreach (var (_, state) in _state) (state as IDisposable)?.Dispose();
        }

        public virtual StateDictionary state_dict()
        {
            var result = new StateDictionary();
            foreach (var group in _parameter_groups)
            {
                result.Options.Add(group.Options);
                var first = result.State.Count;
                result.State.AddRange(group.Parameters.Select(parameter => _state[parameter.Handle]));
                result.StateIndexRef.Add(Enumerable.Range(first, result.State.Count - first).ToList());
            }
            return result;
        }

        public void save_state_dict(BinaryWriter writer)
        {
            var own = state_dict();
            writer.Write(GetType().Name);
            writer.Write7BitEncodedInt64(own.Options.Count);
            writer.Write7BitEncodedInt64(own.State.Count);
            foreach (var options in own.Options) options.SaveStateDict(writer);
            foreach (var state in own.State) state.SaveStateDict(writer);
        }

        public void load_state_dict(BinaryReader reader)
        {
            var kind = reader.ReadString();
            if (kind != GetType().Name) throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
            var (options, states) = ((int)reader.Read7BitEncodedInt64(), (int)reader.Read7BitEncodedInt64());
            var own = state_dict();
            RequireSameShape(own, options, states);
            foreach (var group in own.Options) group.LoadStateDict(reader);
            foreach (var state in own.State) state.LoadStateDict(reader);
        }

        private static void RequireSameShape(StateDictionary own, int options, int states)
        {
            if (options != own.Options.Count) throw new ArgumentException($"Invalid optimizer state: {options} parameter groups instead of {own.Options.Count}.");
            if (states != own.State.Count) throw new ArgumentException($"Invalid optimizer state: {states} states instead of {own.State.Count}.");
        }
    }

    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }
        public double InitialLearningRate { get; set; }

        public virtual void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate!.Value);
        }

        public virtual void LoadStateDict(BinaryReader reader)
        {
            InitialLearningRate = reader.ReadDouble();
            LearningRate = reader.ReadDouble();
        }
    }

    public abstract class OptimizerState
    {
        protected Parameter _parameter;

        protected OptimizerState(Parameter parameter) => _parameter = parameter;

        public abstract void SaveStateDict(BinaryWriter writer);
        public abstract void LoadStateDict(BinaryReader reader);
        public abstract void Initialize(OptimizerOptions options);

        protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
        {
            result?.Dispose();
            result = null;
            if (!reader.ReadBoolean()) return;
            using var scope = NewDisposeScope();
            Tensor? loaded = null;
            TensorExtensionMethods.Load(ref loaded, reader);
            result = loaded!.to(device);
            result.DetachFromDisposeScope();
        }

        protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
        {
            writer.Write(tensor is not null);
            tensor?.Save(writer);
        }

        private protected void Zero(ref Tensor? tensor) => Replace(ref tensor, zeros_like(_parameter));

        private protected static void Replace(ref Tensor? tensor, Tensor? value)
        {
            if (ReferenceEquals(tensor, value)) return;
            tensor?.Dispose();
            value?.DetachFromDisposeScope();
            tensor = value;
        }
    }

    public class ParamGroup : optim.ILearningRateController
    {
        public IEnumerable<Parameter> Parameters { get; set; } = [];
        public OptimizerOptions Options { get; set; } = null!;
        public double LearningRate { get => Options.LearningRate!.Value; set => Options.LearningRate = value; }
    }

    public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
    {
        public ParamGroup() { }

        public new TOptions Options => (TOptions)base.Options;
    }
}

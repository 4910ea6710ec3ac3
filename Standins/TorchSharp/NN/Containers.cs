using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    // Children are kept by the container itself and not among the registered sub-modules.
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _children = new();

        internal Sequential() : base("Sequential") { }

        protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
        {
            foreach (var (name, module) in modules) Add(name, module);
        }

        protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
        {
            foreach (var module in modules) append(module);
        }

        private IEnumerable<(string Name, nn.Module Module)> Children => _children.Select(child => (child.Name, (nn.Module)child.Module));

        public int Count => _children.Count;

        [IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => _children[index].Module;

        [IndexerName("SequentialItems")]
        public Sequential this[(int? start, int? end) index]
        {
            get
            {
                var (start, end) = (index.start ?? 0, index.end ?? Count);
                if (start < 0 || start > Count) throw new IndexOutOfRangeException($"{start} is not a valid index.");
                if (end < 0 || end > Count) throw new IndexOutOfRangeException($"{end} is not a valid index.");
                var slice = new Sequential();
                for (var child = start; child < end; child++) slice._children.Add(_children[child]);
                return slice;
            }
        }

        [IndexerName("SequentialItems")]
        public Sequential this[Range index] => this[(index.Start.GetOffset(Count), index.End.GetOffset(Count))];

        internal void Add(string name, nn.IModule<Tensor, Tensor> module) => _children.Add((name, module));

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            Add(name, module);
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(CultureInfo.InvariantCulture), module);

        public override Tensor forward(Tensor tensor)
        {
            if (Count == 0) return tensor.alias();
            var current = _children[0].Module.call(tensor);
            for (var child = 1; child < Count; child++)
            {
                var next = _children[child].Module.call(current);
                current.Dispose();
                current = next;
            }
            return current;
        }

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
        {
            if (!recurse) yield break;
            var seen = new HashSet<IntPtr> { IntPtr.Zero };
            foreach (var (prefix, child) in Children)
                foreach (var (key, parameter) in child.named_parameters(true))
                    if (seen.Add(parameter.handle)) yield return ($"{prefix}.{key}", parameter);
        }

        public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true)
        {
            if (!recurse) yield break;
            var seen = new HashSet<IntPtr> { IntPtr.Zero };
            foreach (var (prefix, child) in Children)
                foreach (var (key, buffer) in child.named_buffers(true, include_persistent))
                    if (seen.Add(buffer.handle)) yield return ($"{prefix}.{key}", buffer);
        }

        public override IEnumerable<(string name, nn.Module module)> named_children() => Children;

        public override IEnumerable<(string name, nn.Module module)> named_modules()
        {
            foreach (var child in Children) yield return child;
            foreach (var (prefix, child) in Children)
                foreach (var (key, module) in child.named_modules()) yield return ($"{prefix}.{key}", module);
        }

        public override nn.Module apply(Action<nn.Module> fn)
        {
            foreach (var (_, child) in Children) child.apply(fn);
            fn(this);
            return this;
        }

        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
        {
            foreach (var (_, child) in Children) child._to(device, dtype, non_blocking);
            return this;
        }

        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
        {
            foreach (var (_, child) in Children) child._to(deviceType, deviceIndex, non_blocking);
            return this;
        }

        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
        {
            foreach (var (_, child) in Children) child._to(dtype, non_blocking);
            return this;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) foreach (var (_, child) in Children) child.Dispose();
            base.Dispose(disposing);
        }
    }

    public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
    {
        private readonly List<T> _list = new();
        private bool _registered;

        public ModuleList(params T[] modules) : base("ModuleList") => _list.AddRange(modules ?? []);

        protected override void RegisterComponents()
        {
            if (_registered) return;
            for (var index = 0; index < _list.Count; index++) register_module(index.ToString(CultureInfo.InvariantCulture), _list[index]);
            _registered = true;
        }

        public T this[int index] { get => _list[index]; set => _list[index] = value; }
        public int Count => _list.Count;
        public bool IsReadOnly => false;
        public void Add(T item) => _list.Add(item);
        public void append(params T[] parameters) => _list.AddRange(parameters ?? []);
        public void extend(IEnumerable<T> modules) => _list.AddRange(modules);
        public void Clear() => _list.Clear();
        public bool Contains(T item) => _list.Contains(item);
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
        public int IndexOf(T item) => _list.IndexOf(item);
        public void Insert(int index, T item) => _list.Insert(index, item);
        public bool Remove(T item) => _list.Remove(item);
        public void RemoveAt(int index) => _list.RemoveAt(index);
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
    {
        private readonly List<(string, T)> _list = new();
        private readonly Dictionary<string, T> _dict = new();
        private bool _registered;

        public ModuleDict() : base("ModuleDict") { }

        protected override void RegisterComponents()
        {
            if (_registered) return;
            foreach (var (key, module) in _list) register_module(key, module);
            _registered = true;
        }

        public (string, T) this[int index]
        {
            get => _list[index];
            set { _list[index] = value; _dict[value.Item1] = value.Item2; }
        }

        public T this[string key]
        {
            get => _dict[key];
            set { _list[_list.FindIndex(entry => entry.Item1 == key)] = (key, value); _dict[key] = value; }
        }

        public int Count => _dict.Count;
        public bool IsReadOnly => false;
        public ICollection<string> Keys => _list.Select(entry => entry.Item1).ToList();
        public ICollection<T> Values => _list.Select(entry => entry.Item2).ToList();
        public IEnumerable<string> keys() => _dict.Keys;
        public IEnumerable<T> values() => _dict.Values;
        public IEnumerator<(string, T)> items() => _list.GetEnumerator();
        public void clear() => Clear();
        public void Clear() { _list.Clear(); _dict.Clear(); }

        public void Add(string key, T value) { _dict.Add(key, value); _list.Add((key, value)); }
        public void Add((string, T) item) => Add(item.Item1, item.Item2);
        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);
        public void Insert(int index, (string, T) item) { _dict.Add(item.Item1, item.Item2); _list.Insert(index, item); }
        public bool Remove((string, T) item) { _dict.Remove(item.Item1); return _list.Remove(item); }
        public bool Remove(string key) => Remove((key, _dict[key]));
        public bool Remove(KeyValuePair<string, T> item) => Remove(item.Key);
        public void RemoveAt(int index) => Remove(_list[index]);

        public bool ContainsKey(string key) => _dict.ContainsKey(key);
        public bool Contains((string, T) item) => _list.Contains(item);
        public bool Contains(KeyValuePair<string, T> item) => _dict.ContainsKey(item.Key);
        public int IndexOf((string, T) item) => _list.IndexOf(item);
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dict.TryGetValue(key, out value);
        public void CopyTo((string, T)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => throw new NotImplementedException();
        public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();
        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => throw new NotImplementedException();
        IEnumerator IEnumerable.GetEnumerator() => throw new NotImplementedException();
    }

    public class ParameterList : nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> _list = new();
        private bool _registered;

        public ParameterList(params Parameter[] parameters) : base("ParameterList") => _list.AddRange(parameters ?? []);

        protected override void RegisterComponents()
        {
            if (_registered) return;
            foreach (var (key, parameter) in named_parameters()) register_parameter(key, parameter);
            _registered = true;
        }

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
            _list.Select((parameter, index) => (index.ToString(CultureInfo.InvariantCulture), parameter));

        public override bool has_parameter(string target) => get_parameter(target) is not null;

        public override Parameter? get_parameter(string target) =>
            int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _list.Count ? _list[index] : null;

        protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
        {
            for (var index = 0; index < _list.Count; index++)
            {
                if (!ReplaceParameter(dtype, device, _list[index], out var moved)) continue;
                _list[index].Dispose();
                _list[index] = moved!;
                ConditionallyRegisterParameter(index.ToString(CultureInfo.InvariantCulture), moved);
            }
            if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
        }

        public Parameter this[int index] { get => _list[index]; set => _list[index] = value; }
        public int Count => _list.Count;
        public bool IsReadOnly => false;
        public void Add(Parameter item) => _list.Add(item);
        public void append(params Parameter[] parameters) => _list.AddRange(parameters ?? []);
        public void extend(IEnumerable<Parameter> parameters) => _list.AddRange(parameters);
        public void Clear() => _list.Clear();
        public bool Contains(Parameter item) => _list.Contains(item);
        public void CopyTo(Parameter[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
        public int IndexOf(Parameter item) => _list.IndexOf(item);
        public void Insert(int index, Parameter item) => _list.Insert(index, item);
        public bool Remove(Parameter item) => _list.Remove(item);
        public void RemoveAt(int index) => _list.RemoveAt(index);
        public IEnumerator<Parameter> GetEnumerator() => _list.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new();

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                Sequential((IEnumerable<(string name, Module<Tensor, Tensor> submodule)>)modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) =>
                Sequential((IEnumerable<Tuple<string, Module<Tensor, Tensor>>>)modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            {
                var result = new Sequential();
                foreach (var (name, module) in modules) result.Add(name, module);
                return result;
            }

            public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) =>
                Sequential(modules.Select(entry => (entry.Item1, entry.Item2)));

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                var result = new Sequential();
                foreach (var module in modules) result.append(module);
                return result;
            }

            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);

            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var result = new ModuleDict<T>();
                foreach (var entry in modules) result.Add(entry);
                return result;
            }

            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}

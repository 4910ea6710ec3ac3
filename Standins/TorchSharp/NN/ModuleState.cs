using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new();
                string Key(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(Key(key), parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(Key(key), buffer);
                foreach (var (key, child) in _internal_submodules) child.state_dict(destination, Key(key));
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                var own = state_dict();
                var unexpected = source.Keys.Where(key => Wanted(key) && !own.ContainsKey(key)).ToList();
                var missing = own.Keys.Where(key => Wanted(key) && !source.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        $"The state to load does not fit the module: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");

                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                foreach (var (key, value) in source)
                    if (Wanted(key) && own.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"A module can only be converted to a floating point or complex type, not to {dtype}.");
                foreach (var (_, child) in named_children()) child._to(dtype, non_blocking);
                foreach (var (key, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, parameter, out var moved)) continue;
                    if (Assign(key, moved!)) continue;
                    parameter.Dispose();
                    ConditionallyRegisterParameter(key, moved);
                }
                foreach (var (key, buffer) in named_buffers(false).ToList())
                {
                    if (!ReplaceBuffer(dtype, buffer, out var moved)) continue;
                    if (!Assign(key, moved!)) ConditionallyRegisterBuffer(key, moved);
                }
                return this;
            }

            // A component is held by a property (whose setter registers it) or by a field of the same component name.
            private bool Assign(string key, Tensor value)
            {
                if (GetType().GetProperty(key, BindingFlags.Public | BindingFlags.Instance) is { CanWrite: true } property)
                {
                    property.SetValue(this, value);
                    return true;
                }
                FieldsOf(GetType()).FirstOrDefault(field => field.ComponentName() == key)?.SetValue(this, value);
                return false;
            }

            private static bool ReplaceBuffer(ScalarType dtype, Tensor buffer, out Tensor? result)
            {
                result = null;
                if (!Changes(buffer, dtype)) return false;
                result = buffer.to(dtype).DetachFromDisposeScope();
                buffer.Dispose();
                return true;
            }

            private static bool ReplaceParameter(ScalarType dtype, Parameter param, out Parameter? p)
            {
                p = null;
                if (!Changes(param, dtype)) return false;
                using var frozen = no_grad();
                p = new Parameter(param.to(dtype), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                if (gradient is not null) using (var moved = gradient.to(dtype)) p.grad = moved;
                return true;
            }

            private static bool Changes(Tensor tensor, ScalarType dtype) => (tensor.is_floating_point() || tensor.is_complex()) && tensor.dtype != dtype;
        }
    }
}

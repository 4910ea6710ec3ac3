using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

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

            // File format: LEB128 count, then name and tensor of each entry, as Tensor.Save writes it.
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(entries.Count);
                foreach (var (key, value) in entries)
                {
                    writer.Write(key);
                    value.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException(location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var (type, index) = (_deviceType, _deviceIndex);
                if (type != DeviceType.CPU) _to(DeviceType.CPU, -1, false);
                try
                {
                    var own = state_dict();
                    var count = reader.Read7BitEncodedInt64();
                    if (strict && count != own.Count) throw new ArgumentException($"Mismatched state_dict sizes: expected {own.Count}, but found {count} entries.");
                    for (var entry = 0L; entry < count; entry++)
                    {
                        var key = reader.ReadString();
                        var found = own.TryGetValue(key, out var target);
                        if (!found && strict) throw new ArgumentException($"Mismatched module state names: the module has no parameter or buffer '{key}'.");
                        if (found && skip?.Contains(key) != true) target!.Load(reader);
                        else TensorExtensionMethods.Load(reader, skip: true);
                        loadedParameters?.Add(key, found);
                    }
                }
                finally
                {
                    if (type != DeviceType.CPU) _to(type, index, false);
                }
                return this;
            }

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireFloat(dtype);
                RequireCuda(device.type);
                _toEpilog(dtype, device.type == DeviceType.CUDA ? device : new Device(device.type, -1), non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                if (deviceType != DeviceType.CUDA) deviceIndex = -1;
                RequireCuda(deviceType);
                if (deviceType != _deviceType || deviceIndex != _deviceIndex) _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireFloat(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);
            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);
            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (key, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var moved)) continue;
                    if (Assign(key, moved!)) continue;
                    parameter.Dispose();
                    ConditionallyRegisterParameter(key, moved);
                }
                foreach (var (key, buffer) in named_buffers(false).ToList())
                {
                    if (!ReplaceBuffer(dtype, device, buffer, out var moved)) continue;
                    if (!Assign(key, moved!)) ConditionallyRegisterBuffer(key, moved);
                }
                if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
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

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                var (type, place) = Target(buffer, dtype, device);
                result = null;
                if (Fits(buffer, type, place)) return false;
                result = buffer.to(type, place);
                result.DetachFromDisposeScope();
                buffer.Dispose();
                return true;
            }

            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                var (type, place) = Target(param, dtype, device);
                p = null;
                if (Fits(param, type, place)) return false;
                using var frozen = no_grad();
                p = new Parameter(param.to(type, place), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                if (gradient is not null) using (var moved = gradient.to(type, place)) p.grad = moved;
                return true;
            }

            private static (ScalarType, Device) Target(Tensor tensor, ScalarType? dtype, Device? device)
            {
                var converts = tensor.is_floating_point() || tensor.is_complex();
                return (converts && dtype is { } wanted ? wanted : tensor.dtype, device ?? tensor.device);
            }

            private static bool Fits(Tensor tensor, ScalarType dtype, Device device) =>
                tensor.dtype == dtype && tensor.device_type == device.type && (device.index < 0 || tensor.device_index == device.index);

            private static void RequireFloat(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"A module can only be converted to a floating point or complex type, not to {dtype}.");
            }

            private static void RequireCuda(DeviceType type)
            {
                if (type == DeviceType.CUDA && !cuda.is_available()) throw new InvalidOperationException("CUDA is not available.");
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());
        }
    }
}

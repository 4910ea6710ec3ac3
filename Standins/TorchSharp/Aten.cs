using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>An argument of an operator; lists and tensors are held until the call has returned.</summary>
internal readonly struct Argument
{
    public readonly object? Reference;
    public readonly long First, Second;
    public readonly Kind Kind;

    private Argument(Kind kind, object? reference, long first = 0, long second = 0) => (Kind, Reference, First, Second) = (kind, reference, first, second);

    /// <summary>No value, where the schema permits it; `default` stands for the schema's own default.</summary>
    public static readonly Argument None = new(Kind.None, null);
    /// <summary>A tensor that has no managed owner.</summary>
    public static Argument Raw(IntPtr handle) => new(Kind.Tensor, null, handle);
    public static Argument Optional(IReadOnlyList<Tensor?> tensors) => new(Kind.OptionalTensorList, tensors);

    public static implicit operator Argument(Tensor? value) => value is null ? None : new(Kind.Tensor, value, value.Handle);
    public static implicit operator Argument(long value) => new(Kind.Int, null, value);
    public static implicit operator Argument(long? value) => value is { } some ? some : None;
    public static implicit operator Argument(double value) => new(Kind.Double, null, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(Kind.Bool, null, value ? 1 : 0);
    public static implicit operator Argument(ScalarType value) => new(Kind.Int, null, (long)value);
    public static implicit operator Argument(ScalarType? value) => value is { } some ? some : None;
    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Kind, null, value.First, value.Second);
    public static implicit operator Argument(long[]? value) => value is null ? None : new(Kind.IntList, value);
    public static implicit operator Argument(ReadOnlySpan<long> value) => new(Kind.IntList, value.ToArray());
    public static implicit operator Argument(Tensor[]? value) => value is null ? None : new(Kind.TensorList, value);
    public static implicit operator Argument(string? value) => value is null ? None : new(Kind.String, value);
    public static implicit operator Argument(Device? value) => value is null ? None : new(Kind.Device, null, (long)value.type, value.index);
    public static implicit operator Argument(Generator? value) => value is null ? None : new(Kind.Generator, value, value.Handle);
}

/// <summary>The call into ATen's dispatcher: an operator is named `aten::name.overload`, its arguments follow in the order of the schema.</summary>
internal static unsafe class Aten
{
    private static readonly ConcurrentDictionary<string, IntPtr> Operators = new(StringComparer.Ordinal);

    /// <summary>The handle of an operator; an <see cref="ExternalException"/> if this libtorch has none of that name.</summary>
    public static IntPtr Find(string op)
    {
        if (Operators.TryGetValue(op, out IntPtr handle)) return handle;
        int dot = op.IndexOf('.', StringComparison.Ordinal);
        handle = Native.Check(dot < 0 ? Native.FindOperator(op, "") : Native.FindOperator(op[..dot], op[(dot + 1)..]));
        return Operators.GetOrAdd(op, handle);
    }

    /// <summary>Whether this libtorch has an operator of that name.</summary>
    public static bool Exists(string op)
    {
        try { return Find(op) != IntPtr.Zero; }
        catch (ExternalException) { return false; }
    }

    public static Tensor Call(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(op, arguments, &result, 1);
        return Own(result)!;
    }

    /// <summary>The result without a managed owner, for a step on the way; the caller releases it.</summary>
    public static IntPtr CallRaw(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(op, arguments, &result, 1);
        return (IntPtr)result.First;
    }

    /// <summary>An operator in place: the first argument is changed and answered.</summary>
    public static Tensor CallInPlace(string op, params ReadOnlySpan<Argument> arguments)
    {
        Invoke(op, arguments, null, 0);
        return (Tensor)arguments[0].Reference!;
    }

    public static (Tensor, Tensor) Call2(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[2];
        Invoke(op, arguments, results, 2);
        return (Own(results[0])!, Own(results[1])!);
    }

    public static Tensor[] CallList(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(op, arguments, &result, 1);
        var handles = new ReadOnlySpan<IntPtr>((void*)result.First, (int)result.Second);
        var tensors = new Tensor[handles.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        return tensors;
    }

    public static Scalar CallScalar(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(op, arguments, &result, 1);
        return new Scalar(result.Kind, result.First, result.Second);
    }

    public static bool CallBool(string op, params ReadOnlySpan<Argument> arguments)
    {
        Value result = default;
        Invoke(op, arguments, &result, 1);
        return result.First != 0;
    }

    private static Tensor? Own(in Value value) => value.Kind == Kind.Tensor && value.First != 0 ? new Tensor((IntPtr)value.First) : null;

    [SkipLocalsInit]
    private static void Invoke(string op, ReadOnlySpan<Argument> arguments, Value* results, long capacity)
    {
        const int Room = 64;
        IntPtr handle = Find(op);
        int needed = 0;
        foreach (ref readonly Argument argument in arguments)
            needed += argument.Kind switch
            {
                Kind.IntList => Unsafe.As<long[]>(argument.Reference!).Length,
                Kind.TensorList or Kind.OptionalTensorList => ((IReadOnlyList<Tensor?>)argument.Reference!).Count,
                Kind.String => Encoding.UTF8.GetMaxByteCount(((string)argument.Reference!).Length) / sizeof(long) + 1,
                _ => 0,
            };
        long* scratch = stackalloc long[Room];
        long[]? large = needed > Room ? GC.AllocateUninitializedArray<long>(needed, pinned: true) : null;
        if (large is not null) scratch = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(large));
        Value* values = stackalloc Value[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly Argument argument = ref arguments[i];
            values[i].Kind = argument.Kind;
            values[i].First = argument.First;
            values[i].Second = argument.Second;
            int length;
            switch (argument.Kind)
            {
                case Kind.IntList:
                    long[] integers = Unsafe.As<long[]>(argument.Reference!);
                    integers.CopyTo(new Span<long>(scratch, length = integers.Length));
                    break;
                case Kind.TensorList or Kind.OptionalTensorList:
                    var tensors = (IReadOnlyList<Tensor?>)argument.Reference!;
                    length = tensors.Count;
                    for (int j = 0; j < length; j++) scratch[j] = tensors[j] is { } tensor ? tensor.Handle : IntPtr.Zero;
                    break;
                case Kind.String:
                    string text = (string)argument.Reference!;
                    values[i].First = (long)scratch;
                    values[i].Second = Encoding.UTF8.GetBytes(text, new Span<byte>(scratch, Encoding.UTF8.GetMaxByteCount(text.Length)));
                    scratch += Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long) + 1;
                    continue;
                default: continue;
            }
            values[i].First = (long)scratch;
            values[i].Second = length;
            scratch += length;
        }
        long returned = Native.Invoke(handle, values, arguments.Length, results, capacity);
        foreach (ref readonly Argument argument in arguments) GC.KeepAlive(argument.Reference);
        GC.KeepAlive(large);
        if (returned < 0) throw Native.Failure();
    }
}

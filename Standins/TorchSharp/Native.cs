using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What an argument or a result of an operator holds; the numbers are those of Native/TorchSharp.cpp.</summary>
internal enum Kind : long { Default, None, Tensor, Int, Double, Bool, Complex, IntList, TensorList, OptionalTensorList, String, Device, Generator }

/// <summary>An argument or a result as the native side sees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    public Kind Kind;
    public long First, Second;
}

/// <summary>The exports of Native/TorchSharp.cpp.</summary>
internal static unsafe partial class Native
{
    private const string Library = "TorchSharpNative";

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
        Check(Prepare());
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return IntPtr.Zero;
        foreach (string? folder in new[] { Path.GetDirectoryName(assembly.Location), AppContext.BaseDirectory })
            if (!string.IsNullOrEmpty(folder) && NativeLibrary.TryLoad(Path.Combine(folder, "libTorchSharpNative.so"), out IntPtr handle)) return handle;
        // Once more for the message of the loader.
        return NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libTorchSharpNative.so"));
    }

    [LibraryImport(Library)] public static partial long Prepare();
    [LibraryImport(Library)] public static partial byte* Error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial IntPtr FindOperator(string name, string overload);
    [LibraryImport(Library)] public static partial long Invoke(IntPtr op, Value* arguments, long count, Value* results, long capacity);
    [LibraryImport(Library)] public static partial void Release(IntPtr tensor);
    [LibraryImport(Library)] public static partial long Describe(IntPtr tensor, long* facts);
    [LibraryImport(Library)] public static partial long Sizes(IntPtr tensor, long* sizes, long* strides);
    [LibraryImport(Library)] public static partial IntPtr Data(IntPtr tensor);
    [LibraryImport(Library)] public static partial long SetRequiresGrad(IntPtr tensor, byte value);
    [LibraryImport(Library)] public static partial IntPtr GetGrad(IntPtr tensor);
    [LibraryImport(Library)] public static partial long SetGrad(IntPtr tensor, IntPtr value);
    [LibraryImport(Library)] public static partial long Backward(IntPtr* tensors, long count, IntPtr* gradients, long gradientCount, byte retain, byte create, IntPtr* inputs, long inputCount);
    [LibraryImport(Library)] public static partial byte GetGradMode();
    [LibraryImport(Library)] public static partial void SetGradMode(byte value);
    [LibraryImport(Library)] public static partial IntPtr NewGenerator(ulong seed, long type, long index);
    [LibraryImport(Library)] public static partial IntPtr DefaultGenerator();
    [LibraryImport(Library)] public static partial void FreeGenerator(IntPtr generator);
    [LibraryImport(Library)] public static partial IntPtr GetState(IntPtr generator);
    [LibraryImport(Library)] public static partial long GetThreads();
    [LibraryImport(Library)] public static partial long SetThreads(long count);
    [LibraryImport(Library)] public static partial long CudaDevices();
    [LibraryImport(Library)] public static partial byte* Version();

    /// <summary>Throws what TorchSharp throws for an error of libtorch.</summary>
    public static long Check(long result) => result >= 0 ? result : throw Failure();
    public static IntPtr Check(IntPtr result) => result != IntPtr.Zero ? result : throw Failure();
    public static ExternalException Failure() => new(Marshal.PtrToStringUTF8((IntPtr)Error()));
    public static byte Flag(bool value) => value ? (byte)1 : (byte)0;
}

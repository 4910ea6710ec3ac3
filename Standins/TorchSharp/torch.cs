using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public enum ScalarType : sbyte { Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7, ComplexFloat32 = 9, ComplexFloat64 = 10, Bool = 11, QInt8 = 12, QUInt8 = 13, QInt32 = 14, BFloat16 = 15 }

    private static ScalarType default_dtype = ScalarType.Float32;

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;
    public static bool is_floating_point(ScalarType type) => type is ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64;
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static string __version__ => Marshal.PtrToStringUTF8(NativeVersion())!;
    private static unsafe IntPtr NativeVersion() => (IntPtr)Native.Version();

    public static int get_num_threads() => (int)Native.GetThreads();
    public static void set_num_threads(int num) => Native.Check(Native.SetThreads(num));

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static int device_count() => (int)Native.CudaDevices();
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

public enum TensorStringStyle { Metadata, Julia, Numpy, CSharp, Default }

public static partial class TensorExtensionMethods
{
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotImplementedException(),
    };

    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();
    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();
    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value) => value.ToScalar().ToComplexFloat32();
    public static Complex ToComplexFloat64(this Tensor value) => value.ToScalar().ToComplexFloat64();
    public static (float Real, float Imaginary) ToComplex32(this Tensor value) => value.ToScalar().ToComplexFloat32();
    public static Complex ToComplex64(this Tensor value) => value.ToScalar().ToComplexFloat64();
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, length) => product * length);

    public static string metastr(this Tensor tensor) => tensor.ToString();

    public static string str(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
    {
        if (tensor.device_type == DeviceType.META || style == TensorStringStyle.Metadata) return tensor.ToString();
        var text = new StringBuilder(tensor.ToString()).Append(newLine ?? Environment.NewLine);
        using DisposeScope scope = NewDisposeScope();
        Write(text, tensor.detach().cpu(), fltFormat ?? "g5", cultureInfo ?? CultureInfo.CurrentCulture);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Tensor tensor, string format, CultureInfo culture)
    {
        if (tensor.ndim == 0)
        {
            Scalar number = tensor.ToScalar();
            text.Append(number.Type switch
            {
                ScalarType.Bool => number.ToBoolean().ToString(culture),
                ScalarType.Int64 => number.ToInt64().ToString(culture),
                ScalarType.ComplexFloat64 => number.ToComplexFloat64().ToString(format, culture),
                _ => number.ToDouble().ToString(format, culture),
            });
            return;
        }
        text.Append('[');
        for (long i = 0; i < tensor.shape[0]; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, tensor[i], format, culture);
        }
        text.Append(']');
    }
}

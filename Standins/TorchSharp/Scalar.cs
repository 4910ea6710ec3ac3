using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Kind Kind;
    internal readonly long First, Second;

    internal Scalar(Kind kind, long first, long second = 0) => (Kind, First, Second) = (kind, first, second);
    private Scalar(double value) : this(Kind.Double, BitConverter.DoubleToInt64Bits(value)) { }
    private Scalar(double real, double imaginary) : this(Kind.Complex, BitConverter.DoubleToInt64Bits(real), BitConverter.DoubleToInt64Bits(imaginary)) { }

    public static implicit operator Scalar(byte value) => new(Kind.Int, value);
    public static implicit operator Scalar(sbyte value) => new(Kind.Int, value);
    public static implicit operator Scalar(short value) => new(Kind.Int, value);
    public static implicit operator Scalar(int value) => new(Kind.Int, value);
    public static implicit operator Scalar(long value) => new(Kind.Int, value);
    public static implicit operator Scalar(Half value) => new((double)value);
    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static implicit operator Scalar((float, float) value) => new(value.Item1, value.Item2);
    public static implicit operator Scalar(Complex value) => new(value.Real, value.Imaginary);

    public ScalarType Type => Kind switch
    {
        Kind.Int => ScalarType.Int64,
        Kind.Double => ScalarType.Float64,
        Kind.Bool => ScalarType.Bool,
        _ => ScalarType.ComplexFloat64,
    };

    internal double Real => Kind is Kind.Int or Kind.Bool ? First : BitConverter.Int64BitsToDouble(First);
    internal double Imaginary => Kind == Kind.Complex ? BitConverter.Int64BitsToDouble(Second) : 0;
    internal double Number => Imaginary == 0 ? Real : throw new System.Runtime.InteropServices.ExternalException("value cannot be converted to a real type without overflow");
    internal long Integer => Kind is Kind.Int or Kind.Bool ? First : (long)Number;

    public void Dispose() { }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static Half ToHalf(this Scalar value) => (Half)value.Number;
    public static float ToSingle(this Scalar value) => (float)value.Number;
    public static double ToDouble(this Scalar value) => value.Number;
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Integer);
    public static byte ToByte(this Scalar value) => checked((byte)value.Integer);
    public static short ToInt16(this Scalar value) => checked((short)value.Integer);
    public static int ToInt32(this Scalar value) => checked((int)value.Integer);
    public static long ToInt64(this Scalar value) => value.Integer;
    public static bool ToBoolean(this Scalar value) => value.Real != 0 || value.Imaginary != 0;
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.Real, (float)value.Imaginary);
    public static Complex ToComplexFloat64(this Scalar value) => new(value.Real, value.Imaginary);
}

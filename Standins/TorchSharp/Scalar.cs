using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Kind Kind;
    internal readonly long First, Second;

    internal Scalar(Kind kind, long first, long second = 0) => (Kind, First, Second) = (kind, first, second);
    private Scalar(double value) : this(Kind.Double, BitConverter.DoubleToInt64Bits(value)) { }

    public static implicit operator Scalar(int value) => new(Kind.Int, value);
    public static implicit operator Scalar(long value) => new(Kind.Int, value);
    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);

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
    public static float ToSingle(this Scalar value) => (float)value.Number;
    public static double ToDouble(this Scalar value) => value.Number;
    public static long ToInt64(this Scalar value) => value.Integer;
}

namespace Feedback.Quantization;

/// <summary>The floating-point format of a coefficient's real and imaginary part.</summary>
public enum FloatPrecision
{
    /// <summary>IEEE 754 binary32.</summary>
#pragma warning disable CA1720 // The option is spelled as in IEEE 754's short names.
    Single,
#pragma warning restore CA1720

    /// <summary>IEEE 754 binary16 beside one common exponent.</summary>
    Half,
}

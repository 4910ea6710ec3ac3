namespace Feedback.Quantization;

/// <summary>Maps the interval [-1, 1] to 2^b indices and back; immutable.</summary>
public interface IScalarQuantizer
{
    /// <summary>b, bits of an index, 1 … 16.</summary>
    int Bits { get; }

    /// <summary>The index of a value.</summary>
    /// <param name="value">x; values outside of [-1, 1] saturate.</param>
    /// <returns>Index, 0 … 2^b-1, not decreasing with x.</returns>
    int Index(double value);

    /// <summary>The value that an index stands for.</summary>
    /// <param name="index">Index, 0 … 2^b-1.</param>
    /// <returns>x̂ in [-1, 1].</returns>
    double Level(int index);
}

namespace Feedback.SparsePaths;

/// <summary>Turns the phases of a crop so that responses of paths become real, and scales it to the energy 1.</summary>
/// <remarks>
/// A tone over n = 0 … N-1 has in bin b the phase e^{±jπ(N-1)(b - x)/N} and the magnitude of a Dirichlet kernel; the part of the phase with b is the same
/// for all tones and taken out, that with x goes to the weight.
/// </remarks>
internal sealed class CropPhases
{
    private readonly double[] real;
    private readonly double[] imaginary;
    private readonly PathDictionary dictionary;
    private readonly double scale;

    public CropPhases(PathDictionary dictionary)
    {
        this.dictionary = dictionary;
        scale = 1 / Math.Sqrt(dictionary.Values);
        (real, imaginary) = (new double[dictionary.Delays * dictionary.Angles], new double[dictionary.Delays * dictionary.Angles]);
        for (var i = 0; i < real.Length; i++)
        {
            var (delay, first, second) = (i / dictionary.Angles, i % dictionary.Angles / dictionary.Second, i % dictionary.Second);
            var turns = -Turns(delay, dictionary.Subcarriers) + Turns(first, dictionary.First) + Turns(second, dictionary.Second);
            (imaginary[i], real[i]) = Math.SinCos(Math.PI * turns);
        }
    }

    /// <summary>Turns a crop.</summary>
    /// <param name="values">Real and imaginary parts, [D][component][angle].</param>
    /// <returns>[D][2·component + imaginary][angle].</returns>
    public double[] Turn(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        var (angles, components) = (dictionary.Angles, dictionary.Channels / 2);
        for (var delay = 0; delay < dictionary.Delays; delay++)
        {
            for (var component = 0; component < components; component++)
            {
                var row = (delay * components + component) * angles;
                for (var m = 0; m < angles; m++)
                {
                    var (x, y) = (scale * values[2 * (row + m)], scale * values[2 * (row + m) + 1]);
                    var (cosine, sine) = (real[delay * angles + m], imaginary[delay * angles + m]);
                    result[2 * row + m] = x * cosine - y * sine;
                    result[2 * row + angles + m] = x * sine + y * cosine;
                }
            }
        }
        return result;
    }

    /// <summary>Turns a crop back, <see cref="Turn"/> undone but for the scale.</summary>
    /// <param name="values">[D][2·component + imaginary][angle].</param>
    /// <param name="unit">What everything is multiplied by.</param>
    /// <returns>Real and imaginary parts, [D][component][angle].</returns>
    public float[] TurnBack(ReadOnlySpan<double> values, double unit)
    {
        var result = new float[values.Length];
        var (angles, components) = (dictionary.Angles, dictionary.Channels / 2);
        for (var delay = 0; delay < dictionary.Delays; delay++)
        {
            for (var component = 0; component < components; component++)
            {
                var row = (delay * components + component) * angles;
                for (var m = 0; m < angles; m++)
                {
                    var (x, y) = (unit * values[2 * row + m], unit * values[2 * row + angles + m]);
                    var (cosine, sine) = (real[delay * angles + m], imaginary[delay * angles + m]);
                    (result[2 * (row + m)], result[2 * (row + m) + 1]) = ((float)(x * cosine + y * sine), (float)(y * cosine - x * sine));
                }
            }
        }
        return result;
    }

    private static double Turns(int bin, int length) => (length - 1.0) * bin / length;
}

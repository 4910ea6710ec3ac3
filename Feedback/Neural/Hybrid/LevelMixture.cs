using Feedback.Coding;
using Feedback.Transform;

namespace Feedback.Neural.Hybrid;

/// <summary>What is expected of a level: the chance of zero, and for all others two logistic densities of the value in units of the step.</summary>
/// <param name="Zero">Probability of zero, in 2^-16.</param>
/// <param name="Share">Weight of the first density.</param>
/// <param name="Mean1">Its mean.</param>
/// <param name="Inverse1">1/its scale.</param>
/// <param name="Mean2">Mean of the second.</param>
/// <param name="Inverse2">1/its scale.</param>
/// <remarks>
/// A level q ≠ 0 covers |q| - 1/3 … |q| + 2/3. It is coded by binary decisions: zero, sign, then whether the magnitude lies in 1, 2-3, 4-7, …, and
/// which half of that it lies in, and so on: together their probabilities are that of the level.
/// </remarks>
internal readonly record struct LevelMixture(uint Zero, double Share, double Mean1, double Inverse1, double Mean2, double Inverse2)
{
    private const int Octaves = 17;
    private const double Edge = DeadZone.Rounding;

    /// <summary>Passes a level.</summary>
    /// <param name="port">Where it goes, or comes from.</param>
    /// <param name="level">The level, of no meaning where it is read.</param>
    /// <returns>The level.</returns>
    public int Pass(SymbolPort port, int level)
    {
        if (Decide(port, Zero, level == 0))
            return 0;
        var (positive, negative) = (Above(1 - Edge, 1), Above(1 - Edge, -1));
        var sign = Decide(port, PlainArithmetic.Frequency(positive / (positive + negative)), level > 0) ? 1 : -1;
        var magnitude = Math.Abs(level);
        var (first, last, left) = (1, 1, sign > 0 ? positive : negative);
        for (var octave = 1; octave < Octaves; octave++)
        {
            var beyond = Above(last + 1 - Edge, sign);
            if (Decide(port, PlainArithmetic.Frequency((left - beyond) / left), magnitude <= last))
                break;
            (first, last, left) = (last + 1, 2 * last + 1, beyond);
        }
        var right = Above(last + 1 - Edge, sign);
        while (first < last)
        {
            var half = (first + last) >> 1;
            var middle = Above(half + 1 - Edge, sign);
            (first, last, left, right) = Decide(port, PlainArithmetic.Frequency((left - middle) / (left - right)), magnitude <= half)
                ? (first, half, left, middle)
                : (half + 1, last, middle, right);
        }
        return sign * first;
    }

    /// <summary>Mean and scale of both densities together.</summary>
    public (double Mean, double Scale) Moments() => (Share * Mean1 + (1 - Share) * Mean2, Share / Inverse1 + (1 - Share) / Inverse2);

    // The mass of values beyond a magnitude on one side.
    private double Above(double edge, int sign) =>
        Share * PlainArithmetic.Logistic((sign * Mean1 - edge) * Inverse1) + (1 - Share) * PlainArithmetic.Logistic((sign * Mean2 - edge) * Inverse2);

    private static bool Decide(SymbolPort port, uint frequency, bool yes) => port.Pass([frequency, (1u << 16) - frequency], yes ? 0 : 1) == 0;
}

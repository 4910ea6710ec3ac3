using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>The sums of <see cref="NonuniformTransform"/> as they stand, one matrix product: quicker where paths are few.</summary>
/// <remarks>With k = iK + j the exponentials are products of two short tables, e^{-j2πiKx} and e^{-j2πjx}.</remarks>
internal sealed class DirectTransform
{
    private readonly int subcarriers;
    private readonly Tensor coarse;
    private readonly Tensor fine;

    /// <summary>Tabulates the orders; the tables live in the caller's dispose scope.</summary>
    /// <param name="subcarriers">S.</param>
    /// <param name="device">Where delays will lie.</param>
    public DirectTransform(int subcarriers, Device device)
    {
        this.subcarriers = subcarriers;
        using var scope = NewDisposeScope();
        var step = (int)Math.Ceiling(Math.Sqrt(subcarriers));
        var steps = (subcarriers + step - 1) / step;
        coarse = (arange(steps, dtype: ScalarType.Float64, device: device) * step - subcarriers / 2).MoveToOuterDisposeScope();
        fine = arange(step, dtype: ScalarType.Float64, device: device).MoveToOuterDisposeScope();
    }

    /// <summary>Evaluates the sums.</summary>
    /// <param name="turns">x, phase turns from one subcarrier to the next, float64 <c>[N, P]</c>.</param>
    /// <param name="weights">c, complex64 <c>[N, P, C]</c>.</param>
    /// <returns>Complex64 <c>[N, S, C]</c>, lowest subcarrier first.</returns>
    public Tensor Evaluate(Tensor turns, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var (slow, fast) = (ArrayLink.SinglePhasor(turns.unsqueeze(-1) * coarse), ArrayLink.SinglePhasor(turns.unsqueeze(-1) * fine));
        var exponentials = (slow.unsqueeze(-1) * fast.unsqueeze(-2)).flatten(-2).narrow(-1, 0, subcarriers);       // [N, P, S]
        return exponentials.transpose(1, 2).bmm(weights).MoveToOuterDisposeScope();
    }
}

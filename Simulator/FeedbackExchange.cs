using static TorchSharp.torch;

namespace Simulator;

/// <summary>One round of feedback: what the base station believes, and what it cost.</summary>
/// <param name="Report">What the base station believes, rows <c>[N, S, K, A]</c>.</param>
/// <param name="Bits">Delivered bits of each report, int64 <c>[N]</c>.</param>
public sealed record FeedbackExchange(Report Report, Tensor Bits)
{
    /// <summary>The exchange of a genie: the true channel at no cost.</summary>
    /// <param name="channel">H, complex64 <c>[N, S, R, A]</c>; borrowed.</param>
    /// <returns>The exchange.</returns>
    public static FeedbackExchange Perfect(Tensor channel) => new(
        Report.OfChannel(channel.alias()),
        zeros([channel.shape[0]], dtype: ScalarType.Int64, device: channel.device));

    /// <summary>Hands the tensors to the enclosing dispose scope.</summary>
    /// <returns>This exchange.</returns>
    public FeedbackExchange MoveToOuterDisposeScope()
    {
        Report.MoveToOuterDisposeScope();
        Bits.MoveToOuterDisposeScope();
        return this;
    }
}

using static TorchSharp.torch;

namespace Simulator;

/// <summary>What the base station believes after decoding a batch of messages.</summary>
/// <param name="Kind">What the rows are.</param>
/// <param name="Rows">Complex64 <c>[N, S, K, A]</c>; K = R for a channel. Rows beyond the rank are zero.</param>
/// <param name="Rank">Number of meaningful rows, int64 <c>[N]</c>.</param>
public sealed record Report(ReportKind Kind, Tensor Rows, Tensor Rank)
{
    /// <summary>A report of the reconstructed channel, all of whose rows are meaningful.</summary>
    /// <param name="channel">Ĥ, complex64 <c>[N, S, R, A]</c>; the report takes it over.</param>
    /// <returns>The report.</returns>
    public static Report OfChannel(Tensor channel) => new(
        ReportKind.Channel,
        channel,
        full([channel.shape[0]], channel.shape[^2], dtype: ScalarType.Int64, device: channel.device));

    /// <summary>Hands both tensors to the enclosing dispose scope.</summary>
    /// <returns>This report.</returns>
    public Report MoveToOuterDisposeScope()
    {
        Rows.MoveToOuterDisposeScope();
        Rank.MoveToOuterDisposeScope();
        return this;
    }
}

namespace Simulator;

/// <summary>A way of reporting downlink CSI over a rate-limited uplink; an instance is one operating point.</summary>
/// <remarks>
/// The bits are the only thing that passes from <see cref="Encode"/> to <see cref="Decode"/>, so the reported rate is the true one
/// by construction. Messages are prefix-free: decoding never uses their length.
/// </remarks>
public interface IFeedbackScheme
{
    /// <summary>Terminal side: compresses each row of the measurement into its own message.</summary>
    /// <param name="measurement">What N terminals measured, complex64 <c>[N, T, S, R, A]</c>.</param>
    /// <returns>N messages, in row order; a row gives the same bits alone as in any batch.</returns>
    IReadOnlyList<BitString> Encode(Measurement measurement);

    /// <summary>Base-station side: rebuilds the CSI from the messages alone.</summary>
    /// <param name="messages">N messages as <see cref="Encode"/> produced them; bits behind a message's end are ignored.</param>
    /// <returns>The report with rows <c>[N, S, K, A]</c>, on the CPU, owned by the caller's dispose scope.</returns>
    /// <exception cref="InvalidMessageException">A message was not produced by this scheme.</exception>
    Report Decode(IReadOnlyList<BitString> messages);
}

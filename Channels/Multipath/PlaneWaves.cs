using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>What two arrays make of paths: delay, gain and one direction cosine an axis that has more than one element.</summary>
/// <param name="Delays">τ [s], float64 <c>[N, P]</c>.</param>
/// <param name="Gains">α without the carrier's phase, complex128 <c>[N, P]</c>.</param>
/// <param name="First">u along the first transmit axis, float64 <c>[N, P]</c>.</param>
/// <param name="Second">u along the second transmit axis, likewise; none for a single row of elements.</param>
/// <param name="Receive">u along the receive array, likewise; none for a single element.</param>
internal sealed record PlaneWaves(Tensor Delays, Tensor Gains, Tensor First, Tensor? Second, Tensor? Receive)
{
    /// <summary>Applies the same operation to every property of the waves.</summary>
    /// <param name="operation">What to do with a tensor.</param>
    /// <returns>The new waves.</returns>
    public PlaneWaves Map(Func<Tensor, Tensor> operation) => new(
        operation(Delays),
        operation(Gains),
        operation(First),
        Second is null ? null : operation(Second),
        Receive is null ? null : operation(Receive));
}

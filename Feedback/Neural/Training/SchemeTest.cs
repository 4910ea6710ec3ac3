using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>Measures a scheme on channels through its real messages.</summary>
public static class SchemeTest
{
    /// <summary>Encodes and decodes channels.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="transform">The angular-delay domain.</param>
    /// <param name="channels">Portions of channels of mean power 1, H, complex64 <c>[n, S, R, A]</c>; borrowed.</param>
    /// <returns>Mean bits a report, and the mean of ‖G - Ĝ‖²/‖G‖² on the crop, linear.</returns>
    public static (double Bits, double Nmse) Run(IFeedbackScheme scheme, AngularDelayTransform transform, IEnumerable<Tensor> channels)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(channels);
        using var frozen = no_grad();
        var (bits, error, count) = (0.0, 0.0, 0L);
        foreach (var portion in channels)
        {
            using var scope = NewDisposeScope();
            var messages = scheme.Encode(new Measurement(portion.unsqueeze(1), zeros([portion.shape[0]], dtype: ScalarType.Float64)));
            var crops = transform.Crop(portion);                                     // [n, D, R, A]
            var difference = view_as_real(transform.Crop(scheme.Decode(messages).Rows) - crops).square().flatten(1).sum([1L], type: ScalarType.Float64);
            var energy = view_as_real(crops).square().flatten(1).sum([1L], type: ScalarType.Float64).clamp_min(1e-30);
            bits += messages.Sum(message => (double)message.Length);
            error += (difference / energy).sum().item<double>();
            count += portion.shape[0];
        }
        return (bits / count, error / count);
    }
}

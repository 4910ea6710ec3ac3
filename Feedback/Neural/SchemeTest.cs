using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>Measures a scheme on crops through its real messages.</summary>
public static class SchemeTest
{
    private const int Portion = 500;

    /// <summary>Encodes and decodes crops.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="transform">The angular-delay domain.</param>
    /// <param name="crops">G, complex64 <c>[n, D, R, A]</c>.</param>
    /// <returns>Mean bits a report, and the mean of ‖G - Ĝ‖²/‖G‖², linear.</returns>
    public static (double Bits, double Nmse) Run(IFeedbackScheme scheme, AngularDelayTransform transform, Tensor crops)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(crops);
        using var frozen = no_grad();
        var (bits, error) = (0.0, 0.0);
        for (var first = 0L; first < crops.shape[0]; first += Portion)
        {
            using var scope = NewDisposeScope();
            var part = crops.narrow(0, first, Math.Min(Portion, crops.shape[0] - first));
            var channel = transform.Restore(part).unsqueeze(1);                      // [n, 1, S, R, A]
            var messages = scheme.Encode(new Measurement(channel, zeros([part.shape[0]], dtype: ScalarType.Float64)));
            var rebuilt = transform.Crop(scheme.Decode(messages).Rows);
            var difference = view_as_real(rebuilt - part).square().flatten(1).sum([1L], type: ScalarType.Float64);
            var energy = view_as_real(part).square().flatten(1).sum([1L], type: ScalarType.Float64).clamp_min(1e-30);
            bits += messages.Sum(message => (double)message.Length);
            error += (difference / energy).sum().item<double>();
        }
        return (bits / crops.shape[0], error / crops.shape[0]);
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Feedback.Neural;

/// <summary>Networks in double precision, whose decisions do not depend on the batch or on threads.</summary>
internal static class PreciseCopy
{
    /// <summary>Copies a network's weights into a blank one and turns that to double precision.</summary>
    public static TNetwork Of<TNetwork>(TNetwork network, Func<TNetwork> build)
        where TNetwork : nn.Module
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var copy = build();
        copy.load_state_dict(network.state_dict());
        copy.to(ScalarType.Float64);
        NetworkFile.Keep(copy);
        return copy;
    }
}

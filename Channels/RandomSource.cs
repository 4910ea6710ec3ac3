using static TorchSharp.torch;

namespace Channels;

/// <summary>A generator together with the device on which its numbers are used.</summary>
/// <param name="Generator">The CPU generator that draws.</param>
/// <param name="Device">Where the numbers go.</param>
internal readonly record struct RandomSource(Generator Generator, Device Device)
{
    /// <summary>Draws independent uniform numbers in [0, 1).</summary>
    /// <param name="shape">The shape wanted.</param>
    /// <returns>Float64 <c>[shape]</c>.</returns>
    public Tensor Uniform(params long[] shape) => RandomTensors.Uniform(Generator, shape).to(Device);

    /// <summary>Draws independent standard normal numbers.</summary>
    /// <param name="shape">The shape wanted.</param>
    /// <returns>Float64 <c>[shape]</c>.</returns>
    public Tensor Normal(params long[] shape) => RandomTensors.Normal(Generator, shape).to(Device);
}

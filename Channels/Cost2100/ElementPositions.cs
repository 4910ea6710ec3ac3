using Simulator;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Where the elements of the base station's array are: half a wavelength apart about its centre.</summary>
/// <remarks>Numbered against the x and z axes, so that far scatterers give the phases -π·n·cos(azimuth) of plane waves.</remarks>
internal sealed class ElementPositions
{
    private readonly double[] across;
    private readonly double[] upwards;
    private readonly double[] centre;

    /// <summary>Places the elements.</summary>
    /// <param name="array">The array, its first axis along x, its second upwards.</param>
    /// <param name="spacing">Half a wavelength [m].</param>
    /// <param name="centre">Position of the base station [m]; null for the origin.</param>
    public ElementPositions(AntennaArray array, double spacing, double[]? centre)
    {
        double[] Axis(int count) => [.. Enumerable.Range(0, count).Select(n => ((count - 1) / 2.0 - n) * spacing)];
        var (first, second) = (Axis(array.First), Axis(array.Second));
        across = [.. first.SelectMany(x => second.Select(_ => x))];
        upwards = [.. first.SelectMany(_ => second)];
        this.centre = centre ?? [0, 0];
    }

    /// <summary>Positions along the array about its centre [m] <c>[N]</c>.</summary>
    public double[] Across => across;

    /// <summary>The positions in space.</summary>
    /// <param name="device">Where they are wanted.</param>
    /// <returns>Positions [m] <c>[N]</c>.</returns>
    public Points On(Device device)
    {
        var x = tensor(across, device: device) + centre[0];
        return new Points(x, zeros_like(x) + centre[1], tensor(upwards, device: device));
    }
}

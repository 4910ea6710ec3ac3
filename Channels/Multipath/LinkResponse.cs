using Simulator;
using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Renders paths with everything an antenna may add: polarisations, and paths of their own for every element of the transmit array.</summary>
/// <remarks>
/// Every pair of polarisations is a link of its own with the path gains times an entry of the polarisation matrices; ports of the first
/// (vertical) polarisation come first at both ends. Spherical waves have paths <c>[B, T, U·N, P]</c>, each element a single antenna.
/// </remarks>
internal sealed class LinkResponse
{
    private readonly AntennaArray positions;
    private readonly ArrayLink link;
    private readonly int transmitPolarisations;
    private readonly int receivePolarisations;
    private readonly bool elementwise;

    /// <summary>Creates the renderer.</summary>
    /// <param name="array">The transmit array.</param>
    /// <param name="receiveAntennas">R, elements of the user's array, all polarisations together.</param>
    /// <param name="receivePolarisations">Polarisations of the user's antennas, a divisor of R.</param>
    /// <param name="carrierFrequency">f_c [Hz].</param>
    /// <param name="elementwise">Whether every element has paths of its own.</param>
    /// <param name="withElevation">Whether steering has the cosine of the elevation.</param>
    public LinkResponse(AntennaArray array, int receiveAntennas, int receivePolarisations, double carrierFrequency, bool elementwise, bool withElevation)
    {
        positions = new AntennaArray(array.First, array.Second);
        link = new ArrayLink(elementwise ? new AntennaArray(1) : positions, receiveAntennas / receivePolarisations, carrierFrequency) { WithElevation = withElevation };
        transmitPolarisations = array.Polarisations;
        this.receivePolarisations = receivePolarisations;
        this.elementwise = elementwise;
    }

    /// <summary>Renders to subcarriers.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <returns>H, complex64 <c>[B, T, U, S, R, A]</c>.</returns>
    public Tensor Frequency(Paths paths, ResourceGrid grid)
    {
        using var scope = NewDisposeScope();
        return Polarised(paths, part => Joined(FrequencyResponse.Render(part, link, grid))).MoveToOuterDisposeScope();
    }

    /// <summary>Renders to the first delay rows of the angle domain.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="grid">Subcarriers.</param>
    /// <param name="delays">D, delay rows kept.</param>
    /// <returns>G, complex64 <c>[B, T, U, D, R, A]</c>.</returns>
    public Tensor AngularDelay(Paths paths, ResourceGrid grid, int delays)
    {
        using var scope = NewDisposeScope();
        return Polarised(paths, part =>
        {
            var rendered = Joined(AngularDelayResponse.Render(part, link, grid, delays));
            return elementwise ? positions.ToAngular(rendered) : rendered;
        }).MoveToOuterDisposeScope();
    }

    private Tensor Polarised(Paths paths, Func<Paths, Tensor> render)
    {
        if (paths.Polarisation is not { } matrices)
            return render(paths);
        var receive = new List<Tensor>();
        for (var received = 0; received < receivePolarisations; received++)
        {
            var transmit = new List<Tensor>();
            for (var sent = 0; sent < transmitPolarisations; sent++)
                transmit.Add(render(paths with { Gains = paths.Gains * matrices.select(-1, 2 * sent + received), Polarisation = null }));
            receive.Add(cat(transmit, -1));
        }
        return cat(receive, -2);
    }

    /// <summary>Elements from the users' axis to the ports'.</summary>
    private Tensor Joined(Tensor rendered)
    {
        if (!elementwise)
            return rendered;
        long[] shape = rendered.shape;                                                              // [B, T, U·N, S, R, 1]
        var apart = rendered.reshape(shape[0], shape[1], shape[2] / positions.Ports, positions.Ports, shape[3], shape[4]);
        return apart.transpose(3, 4).transpose(4, 5).contiguous();                                  // [B, T, U, S, R, N]
    }
}

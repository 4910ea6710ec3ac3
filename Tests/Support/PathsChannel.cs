using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Channels of four paths anywhere between the rows and columns of the crop, with a little energy from everywhere if wanted.</summary>
/// <param name="dimensions">The size of the CSI.</param>
/// <param name="diffuse">Amplitude of <see cref="TestMeasurements.Draw"/> beside the paths.</param>
public sealed class PathsChannel(CsiDimensions dimensions, double diffuse) : IChannelModel
{
    private const int Paths = 4;
    private const double LargestDelay = 12;

    /// <inheritdoc/>
    public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
    {
        using var scope = NewDisposeScope();
        var array = dimensions.Array;
        var (components, elements) = (dimensions.ReceiveAntennas * array.Polarisations, array.First * array.Second);
        var delays = Tones(dimensions.Subcarriers, -LargestDelay / dimensions.Subcarriers);
        var rows = Tones(array.First, 1);
        var columns = Tones(array.Second, 1);
        // Each path has half the energy of the one before.
        var strength = (arange(Paths, dtype: ScalarType.Float64) * (-0.5 * Math.Log(2))).exp().reshape(1, Paths, 1, 1);
        var weights = view_as_complex(Normals(batch * Paths * components * 2).reshape(batch, Paths, components, 2) * strength);
        var response = (rows.unsqueeze(3) * columns.unsqueeze(2)).reshape(batch, Paths, 1, elements) * weights.unsqueeze(3);
        var channel = einsum("bls,blc->bsc", delays, response.reshape(batch, Paths, components * elements))
            .reshape(batch, dimensions.Subcarriers, dimensions.ReceiveAntennas, dimensions.TransmitAntennas).to(ScalarType.ComplexFloat32);
        if (diffuse > 0)
            channel = channel + new DecayingChannel(dimensions).Draw(batch, grid, random).Channel.flatten(0, 2) * diffuse;
        return ChannelDrop.Normalise(channel.unsqueeze(1).unsqueeze(1), Normalisation.Model).MoveToOuterDisposeScope();

        // exp(j2π·n·x·scale) with x evenly drawn for each path, [B, L, n].
        Tensor Tones(int count, double scale)
        {
            var places = rand([Math.Max(16, batch * Paths)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, batch * Paths).reshape(batch, Paths, 1);
            var phases = places * arange(count, dtype: ScalarType.Float64) * (2 * Math.PI * scale);
            return view_as_complex(stack([phases.cos(), phases.sin()], -1));
        }

        Tensor Normals(int count) => randn([Math.Max(16, count)], dtype: ScalarType.Float64, generator: random).narrow(0, 0, count);
    }
}

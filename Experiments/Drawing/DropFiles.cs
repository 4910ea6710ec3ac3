using System.Text;
using System.Text.Json.Nodes;
using Channels;
using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Running;
using Simulator;
using Simulator.Files;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>Writes the drops of a scenario to a file, block after block, so that any number of them takes the memory of one block.</summary>
/// <param name="channel">The scenario.</param>
/// <param name="drops">How many drops.</param>
/// <param name="progress">Told of the drops done.</param>
/// <param name="cancellation">Ends the work after the current block.</param>
internal sealed class DropFiles(ChosenChannel channel, int drops, Action<int> progress, CancellationToken cancellation)
{
    private const string ChannelVariable = "H";

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path, ending in <c>.npy</c> or <c>.mat</c>.</param>
    /// <param name="layout">What is written of each drop.</param>
    /// <returns>What was written, for the user.</returns>
    public string Write(string path, DropLayout layout) => layout == DropLayout.Channels ? WriteChannels(path) : WriteCsiNet(path, layout);

    private string WriteChannels(string path)
    {
        long[] shape = [drops, channel.Grid.Slots, channel.Users, channel.Grid.Subcarriers, channel.ReceiveAntennas, channel.Array.Ports];
        using var file = new RowFile(path, ChannelVariable, ScalarType.ComplexFloat32, shape);
        ForEachBlock(file.Append);
        file.Complete();
        return $"H [{string.Join(", ", shape)}] (drops, slots, users, subcarriers, receive and transmit antennas), complex64";
    }

    // The scale is known only when all crops are, so they wait in a file beside the result.
    private string WriteCsiNet(string path, DropLayout layout)
    {
        if (channel.Grid.Slots != 1 || channel.ReceiveAntennas != 1 || channel.Grid.Subcarriers < CsiNetLayout.Delays)
            throw new BadInputException($"the CsiNet layouts hold crops of 1 slot and 1 receive antenna from at least {CsiNetLayout.Delays} subcarriers; the scenario has {channel.Grid.Slots}, {channel.ReceiveAntennas} and {channel.Grid.Subcarriers}.");
        var waiting = path + ".crops";
        try
        {
            var scale = 0.5 / WriteCrops(waiting);
            var rows = (long)drops * channel.Users;
            var isCrop = layout == DropLayout.Csinet;
            var (variable, type, width) = isCrop
                ? (CsiNetLayout.CropVariable, ScalarType.Float32, 2L * channel.Array.Ports * CsiNetLayout.Delays)
                : (CsiNetLayout.FrequencyVariable, ScalarType.ComplexFloat32, (long)channel.Array.Ports * CsiNetLayout.Subcarriers);
            using var file = new RowFile(path, variable, type, rows, width);
            var crops = NpyFile.Open(waiting);
            for (long first = 0; first < rows; first += ChosenChannel.BlockSize)
            {
                using var scope = NewDisposeScope();
                cancellation.ThrowIfCancellationRequested();
                var block = crops.Rows(first, (int)Math.Min(ChosenChannel.BlockSize, rows - first));
                // Rounding may put the largest entry a hair beyond the range.
                file.Append(isCrop ? CsiNetLayout.ToRows(block, scale).clamp(min: 0.0, max: 1.0) : CsiNetLayout.ToFrequencyRows(block, scale));
            }
            WriteCard(path + ".json", variable, rows, width, scale);
            file.Complete();
            return FormattableString.Invariant($"{variable} [{rows}, {width}] {(isCrop ? "around 0.5, float32" : "complex64")}, scale {scale:G9} (in {path}.json)");
        }
        finally
        {
            File.Delete(waiting);
        }
    }

    /// <summary>Writes the crops and finds their largest real or imaginary part.</summary>
    private double WriteCrops(string path)
    {
        var transform = new AngularDelayTransform(channel.Array, channel.Grid.Subcarriers, CsiNetLayout.Delays);
        var largest = 0.0;
        using var file = new NpyWriter(path, (long)drops * channel.Users, CsiNetLayout.Delays, channel.Array.Ports);
        ForEachBlock(drawn =>
        {
            var crops = transform.Crop(drawn).flatten(0, 2).squeeze(2).contiguous();                // [N, D, A]
            largest = Math.Max(largest, view_as_real(crops).abs().max().item<float>());
            file.Append(crops);
        });
        if (largest == 0)
            throw new BadInputException("all channels are zero; there is no scale for them.");
        file.Complete();
        return largest;
    }

    private void ForEachBlock(Action<Tensor> use)
    {
        using var quiet = no_grad();
        for (var first = 0; first < drops; first += ChosenChannel.BlockSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var drawn = channel.Draw(first / ChosenChannel.BlockSize).Channel;
            use(drawn.narrow(0, 0, Math.Min(drops - first, drawn.shape[0])).contiguous());
            progress(Math.Min(drops, first + ChosenChannel.BlockSize));
        }
    }

    private void WriteCard(string path, string variable, long rows, long width, double scale)
    {
        var card = new JsonObject
        {
            ["variable"] = variable,
            ["shape"] = new JsonArray(rows, width),
            ["scale"] = scale,
            ["formula"] = variable == CsiNetLayout.CropVariable
                ? "HT = 0.5 + scale * [re(G), im(G)], axes [re/im][angle][delay]; G = (HT - 0.5) / scale"
                : $"HF_all = first {CsiNetLayout.Subcarriers} of the {CsiNetLayout.Points}-point forward DFT of scale * G along delay, axes [angle][subcarrier]",
            ["crop"] = $"G: first {CsiNetLayout.Delays} rows of the unitary inverse DFT of H along subcarriers, unitary DFT along antennas",
            ["drops"] = drops,
            ["seed"] = channel.Seed,
            ["scenario"] = JsonNode.Parse(channel.Canonical),
        };
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(CanonicalJson.WriteIndented(card) + "\n")));
    }
}

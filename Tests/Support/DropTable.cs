using System.Globalization;
using Channels;
using Channels.Cost2100;
using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Per-drop figures by column name, read from a reference file or measured on drops of ours.</summary>
internal static class DropTable
{
    /// <summary>Reads a file of Tests/Reference/Cost2100.</summary>
    public static IReadOnlyDictionary<string, double[]> Read(string scenario)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Reference", "Cost2100", scenario + ".csv"));
        var names = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return names.Select((name, column) => (name, values: rows.Select(row => row[column]).ToArray())).ToDictionary(pair => pair.name, pair => pair.values);
    }

    /// <summary>Measures drops; with several users only the last one's figures.</summary>
    public static IReadOnlyDictionary<string, double[]> Measure(string scenario, int drops, ulong seed, int users = 1, bool compaction = true, int columns = 32, Cost2100Options? with = null)
    {
        var options = (with ?? new Cost2100Options()) with { Users = users, Normalisation = Normalisation.Model, Array = new AntennaArray(columns) };
        var parameters = Cost2100Scenario.Shipped(scenario);
        var model = new Cost2100Channel(parameters, options);
        var aligned = new Cost2100Channel(parameters, options with { Timing = DelayReference.Los });
        var grid = new ResourceGrid(1024, 20e6);
        var table = new Dictionary<string, List<double>>();
        void Add(string name, Tensor values)
        {
            if (!table.TryGetValue(name, out var column))
                table[name] = column = [];
            column.AddRange(Dense.Values(values.select(-1, -1).flatten()));
        }
        const int Block = 50;
        for (var block = 0; block < drops / Block; block++)
        {
            using var scope = NewDisposeScope();
            Generator Random() => new(seed + (ulong)block);
            var paths = model.DrawPaths(Block, grid, Random());
            var distance = (paths.Delays - aligned.DrawPaths(Block, grid, Random()).Delays).amax([-1L]) * 3e8;
            var powers = view_as_real(paths.Gains).square().sum(-1);
            var direct = paths.HasDirectPath ? powers.narrow(-1, 0, 1) : zeros_like(powers);
            var scattered = paths.HasDirectPath ? powers.narrow(-1, 1, powers.shape[^1] - 1) : powers;
            var pathGain = 147.56 - 20 * Math.Log10(parameters.CarrierFrequency) - parameters.PathLossPerDecadeDecibels * distance.log10();
            Add("dist_m", distance);
            Add("n_mpc", (scattered > 0).sum(-1));
            Add("excess_gain_dB", 10 * ChannelStatistics.PowerGain(paths).log10() - pathGain);
            Add("ds_ns", ChannelStatistics.DelaySpread(paths) * 1e9);
            Add("asd_BS_deg", ChannelStatistics.AngularSpread(paths, paths.DepartureAzimuths) * (180 / Math.PI));
            Add("asa_MS_deg", ChannelStatistics.AngularSpread(paths, paths.ArrivalAzimuths) * (180 / Math.PI));
            Add("esd_BS_deg", ChannelStatistics.AngularSpread(paths, paths.DepartureElevations) * (180 / Math.PI));
            Add("esa_MS_deg", ChannelStatistics.AngularSpread(paths, paths.ArrivalElevations) * (180 / Math.PI));
            Add("eff_num_mpc", scattered.sum(-1).square() / scattered.square().sum(-1));
            if (parameters.LineOfSight is not null)
                Add("K_dB", 10 * (direct.sum(-1) / scattered.sum(-1)).log10());
            if (!compaction)
                continue;
            foreach (var (channel, suffix) in new[] { (model, ""), (aligned, "_aligned") })
            {
                var response = channel.Draw(Block, grid, Random()).Channel;
                var crop = new AngularDelayTransform(options.Array, 1024, 32).Crop(response);
                Add(suffix.Length == 0 ? "frac32_abs" : "frac32" + suffix, ChannelStatistics.EnergyShare(response, crop));
                foreach (var share in new[] { 90, 95, 99 })
                    Add($"N{share}{suffix}", ChannelStatistics.CoefficientsHolding(crop, share / 100.0));
            }
        }
        return table.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }
}

using Channels;
using Channels.Multipath;
using Simulator;
using static TorchSharp.torch;

namespace Experiments.Drawing;

/// <summary>Describes the drops of a scenario: gains, spreads and compaction of every user in its first slot.</summary>
/// <remarks>
/// Models made of paths have the columns of the COST 2100 reference tables; all others those that need H alone. Where the timing can be
/// chosen, compaction is given for absolute delays and for delays from the straight line on, whatever the scenario says.
/// </remarks>
/// <param name="channel">The scenario.</param>
public sealed class DropStatistics(ChosenChannel channel)
{
    private const int Delays = 32;
    private static readonly int[] Shares = [90, 95, 99];
    private readonly TimedDrops? absolute = channel.With(DelayReference.Absolute);
    private readonly TimedDrops? aligned = channel.With(DelayReference.Los);
    private readonly List<DelayProfile> profiles = [];

    /// <summary>The figures so far, a row a drop and user.</summary>
    public DropColumns Columns { get; } = new();

    /// <summary>The mean power-delay profiles so far, one a timing.</summary>
    public IReadOnlyList<DelayProfile> Profiles => profiles;

    /// <summary>How drops of several slots change over them; null for a single slot.</summary>
    public SlotCorrelation? Slots { get; } = channel.Grid.Slots > 1 ? new SlotCorrelation(channel.Grid) : null;

    /// <summary>v/λ of the users [Hz]; null where they have no common speed.</summary>
    public double? DopplerFrequency => channel.DopplerFrequency;

    /// <summary>|G| of the first user of the first drop, with the timing of the first profile, <c>[D][A]</c>; empty before anything is measured.</summary>
    public IReadOnlyList<double[]> FirstCrop { get; private set; } = [];

    /// <summary>Measures the drops of a block.</summary>
    /// <param name="block">Drop-block index, from 0.</param>
    /// <param name="most">The most drops of it that count.</param>
    public void Measure(int block, int most)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var paths = absolute?.DrawPaths(block) ?? channel.DrawPaths(block);
        if (paths is not null)
            AddPaths(paths, block, most);
        if (absolute is null || aligned is null)
        {
            AddResponse(channel.Draw(block), "", "", "as drawn", withGain: paths is null, most);
            return;
        }
        AddResponse(absolute.Draw(block), "_abs", "", "absolute", withGain: false, most);
        AddResponse(aligned.Draw(block), "_aligned", "_aligned", "from the line of sight on", withGain: false, most);
    }

    private void AddPaths(Paths paths, int block, int most)
    {
        void Add(string name, Tensor values) => Columns.Add(name, Values(values.select(1, 0), most));      // [B, T, U]
        var powers = view_as_real(paths.Gains).square().sum(-1);
        var direct = paths.HasDirectPath ? powers.narrow(-1, 0, 1) : zeros_like(powers.narrow(-1, 0, 1));
        var scattered = paths.HasDirectPath ? powers.narrow(-1, 1, powers.shape[^1] - 1) : powers;
        var gain = 10 * ChannelStatistics.PowerGain(paths).log10();
        var distance = aligned is null ? null : (paths.Delays - aligned.DrawPaths(block).Delays).amax([-1L]) * ChosenChannel.SpeedOfLight;
        if (distance is not null && channel.PathGainDecibels(distance) is { } pathGain)
        {
            Add("dist_m", distance);
            Add("n_mpc", (scattered > 0).sum(-1));
            Add("K_dB", (10 * (direct.sum(-1) / scattered.sum(-1)).log10()).clamp(min: -300));
            Add("pathgain_dB", pathGain);
            Add("total_gain_dB", gain);
            Add("excess_gain_dB", gain - pathGain);
        }
        else
        {
            Add("n_mpc", ChannelStatistics.PathCount(paths));
            Add("total_gain_dB", gain);
        }
        Add("ds_ns", ChannelStatistics.DelaySpread(paths) * 1e9);
        Add("asd_BS_deg", ChannelStatistics.AngularSpread(paths, paths.DepartureAzimuths) * (180 / Math.PI));
        Add("asa_MS_deg", ChannelStatistics.AngularSpread(paths, paths.ArrivalAzimuths) * (180 / Math.PI));
        Add("esd_BS_deg", ChannelStatistics.AngularSpread(paths, paths.DepartureElevations) * (180 / Math.PI));
        Add("esa_MS_deg", ChannelStatistics.AngularSpread(paths, paths.ArrivalElevations) * (180 / Math.PI));
        Add("eff_num_mpc", scattered.sum(-1).square() / scattered.square().sum(-1));
    }

    private void AddResponse(ChannelDrop drop, string share, string count, string timing, bool withGain, int most)
    {
        var response = drop.Channel.select(1, 0).contiguous();                                      // [B, U, S, R, A]
        var power = view_as_real(response).square().mean([2L, 3L, 4L, 5L], type: ScalarType.Float64) * 2;
        if (withGain)
            Columns.Add("total_gain_dB", Values(10 * (power * drop.PowerGain).log10(), most));
        var kept = Math.Min(Delays, channel.Grid.Subcarriers);
        var crop = new AngularDelayTransform(channel.Array, channel.Grid.Subcarriers, kept).Crop(response);
        Columns.Add($"frac{kept}{share}", Values(ChannelStatistics.EnergyShare(response, crop), most));
        foreach (var percent in Shares)
            Columns.Add($"N{percent}{count}", Values(ChannelStatistics.CoefficientsHolding(crop, percent / 100.0), most));
        if (FirstCrop.Count == 0)
            FirstCrop = Magnitudes(crop[0, 0].select(1, 0));
        var profile = profiles.Find(known => known.Timing == timing);
        if (profile is null)
            profiles.Add(profile = new DelayProfile(timing, channel.Grid));
        if (profile == profiles[0])
            Slots?.Add(drop.Channel.narrow(0, 0, Math.Min(most, response.shape[0])));
        profile.Add(response.narrow(0, 0, Math.Min(most, response.shape[0])));
    }

    private static double[][] Magnitudes(Tensor crop)
    {
        using var scope = NewDisposeScope();
        var flat = crop.abs().to(ScalarType.Float64).contiguous().cpu().data<double>().ToArray();
        return [.. flat.Chunk((int)crop.shape[1])];                                                   // [D][A]
    }

    private static double[] Values(Tensor perUser, int most)
    {
        using var scope = NewDisposeScope();
        var kept = perUser.narrow(0, 0, Math.Min(most, perUser.shape[0]));                           // [B, U]
        return kept.to(ScalarType.Float64).contiguous().cpu().data<double>().ToArray();
    }
}

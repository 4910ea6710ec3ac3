using System.Text.Json.Nodes;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Planning;

/// <summary>A link block as read.</summary>
/// <param name="Block">Where it stands.</param>
/// <param name="Users">U, users of a drop.</param>
/// <param name="Streams">K, streams a user.</param>
/// <param name="Estimator">How terminals measure.</param>
/// <param name="Precoder">How the base station transmits.</param>
/// <param name="SnrDecibels">SNR before array gain [dB].</param>
/// <param name="ReportPeriod">T [s].</param>
/// <param name="UplinkEfficiency">η [bit/s/Hz].</param>
/// <param name="DelayRows">D, delay rows of the cropped error.</param>
internal sealed record LinkDraft(
    InputNode Block,
    int Users,
    int Streams,
    PluginChoice<NoOptions, IChannelEstimator> Estimator,
    PluginChoice<NoOptions, IPrecoder> Precoder,
    double SnrDecibels,
    double ReportPeriod,
    double UplinkEfficiency,
    int DelayRows)
{
    public JsonObject Describe(OptionsBinder binder) => new()
    {
        ["users"] = Users,
        ["streams"] = Streams,
        ["estimator"] = Plugin(Estimator.Entry.Name, binder.Describe(Estimator.Options)),
        ["precoder"] = Plugin(Precoder.Entry.Name, binder.Describe(Precoder.Options)),
        ["snr"] = SnrDecibels,
        ["period"] = ReportPeriod,
        ["uplink-efficiency"] = UplinkEfficiency,
        ["delay-rows"] = DelayRows,
    };

    private static JsonObject Plugin(string name, JsonObject options)
    {
        options.Insert(0, "name", name);
        return options;
    }
}

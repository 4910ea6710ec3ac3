using System.Text.Json.Nodes;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Planning;

/// <summary>A scenario block as read; the number of users comes from the link.</summary>
/// <param name="Name">Its name, with the values of a sweep.</param>
/// <param name="Channel">The channel model.</param>
/// <param name="Grid">Slots and subcarriers.</param>
/// <param name="Setup">What is said to any channel model, for one user.</param>
/// <param name="Resolved">The block with all defaults.</param>
internal sealed record ScenarioDraft(
    string Name, PluginChoice<ChannelSetup, IChannelModel> Channel, ResourceGrid Grid, ChannelSetup Setup, JsonObject Resolved)
{
    public CsiDimensions Dimensions => new(Grid.Subcarriers, Setup.ReceiveAntennas, Setup.Array);

    // Options that choose how one and the same environment is looked at.
    private static readonly string[] Viewpoints = ["base-station"];

    /// <summary>The part of a description from which seeds are derived: drops of two base stations with one description but for the viewpoint share their environments.</summary>
    public static string Environment(string canonical)
    {
        if (!Viewpoints.Any(option => canonical.Contains($"\"{option}\":", StringComparison.Ordinal)))
            return canonical;
        var text = (JsonObject)JsonNode.Parse(canonical)!;
        foreach (var option in Viewpoints)
            text["options"]?.AsObject().Remove(option);
        return CanonicalJson.Write(text);
    }

    public JsonObject Describe(int users)
    {
        var text = (JsonObject)Resolved.DeepClone();
        text["users"] = users;
        return text;
    }
}

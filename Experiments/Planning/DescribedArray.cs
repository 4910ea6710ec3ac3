using System.Text.Json.Nodes;
using Simulator;

namespace Experiments.Planning;

/// <summary>An antenna array as it is written down.</summary>
internal static class DescribedArray
{
    public static JsonObject Of(AntennaArray array) => new()
    {
        ["columns"] = array.First,
        ["rows"] = array.Second,
        ["polarisations"] = array.Polarisations,
    };
}

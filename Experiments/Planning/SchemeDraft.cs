using System.Text.Json.Nodes;
using Experiments.Configuration;
using Simulator;

namespace Experiments.Planning;

/// <summary>An operating point of a feedback block as read; the size of the CSI comes from the scenario.</summary>
/// <param name="Name">The block's name.</param>
/// <param name="Setting">The values of a sweep.</param>
/// <param name="Scheme">The scheme.</param>
/// <param name="Rate">What the key <c>rate</c> asks for, if it is no knob of the scheme's own.</param>
internal sealed record SchemeDraft(string Name, string Setting, PluginChoice<CsiDimensions, IFeedbackScheme> Scheme, WantedRate? Rate)
{
    /// <summary>Fixes the size of the CSI and tries the scheme out.</summary>
    /// <returns>The operating point, or null after an error.</returns>
    public SchemeSetting? For(CsiDimensions dimensions, OptionsBinder binder, ErrorCollector errors)
    {
        var fitted = Rate is { } rate
            ? Construction.Try(Place(rate.Key), errors, () => Fit(dimensions, rate, binder, errors))
            : Scheme;
        if (fitted?.Try(dimensions, errors) is not { } scheme)
        {
            return null;
        }
        var text = Describe(fitted, dimensions, binder);
        return new SchemeSetting
        {
            Name = Name,
            Setting = Setting,
            Canonical = CanonicalJson.Write(text),
            Create = () => scheme,
        };
    }

    private PluginChoice<CsiDimensions, IFeedbackScheme>? Fit(CsiDimensions dimensions, WantedRate rate, OptionsBinder binder, ErrorCollector errors)
    {
        var found = rate.IsMean
            ? Scheme.Entry.WithMean(Scheme.Options, dimensions, rate.Bits)
            : Scheme.Entry.WithinBudget(Scheme.Options, dimensions, (int)rate.Bits);
        if (found is not { } options)
        {
            var knobs = string.Join(", ", binder.Describe(Scheme.Options).Select(option => option.Key));
            errors.Add(Place(rate.Key), $"{Scheme.Entry.Name} cannot be held to a {rate.Key}; permitted are its own options: {knobs}.");
            return null;
        }
        var (before, after) = (binder.Describe(Scheme.Options), binder.Describe(options));
        foreach (var key in after.Select(option => option.Key).Where(key => !JsonNode.DeepEquals(before[key], after[key])))
        {
            if (Scheme.Place.Find(key) is { } given)
            {
                errors.Add(given, $"the {rate.Key} decides '{key}'; leave one of the two out.");
            }
        }
        return Scheme with { Options = options };
    }

    private InputNode Place(string key) => Scheme.Place.Find("rate")?.Find(key) ?? Scheme.Place;

    private static JsonObject Describe(PluginChoice<CsiDimensions, IFeedbackScheme> scheme, CsiDimensions dimensions, OptionsBinder binder) => new()
    {
        ["scheme"] = scheme.Entry.Name,
        ["options"] = binder.Describe(scheme.Options),
        ["subcarriers"] = dimensions.Subcarriers,
        ["receive-antennas"] = dimensions.ReceiveAntennas,
        ["array"] = DescribedArray.Of(dimensions.Array),
    };
}

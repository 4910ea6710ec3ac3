using Experiments;
using Experiments.Configuration;
using Simulator;

namespace Tests.Support;

/// <summary>Every precoder, metric and estimator of the catalogues with its default options.</summary>
internal static class LinkParts
{
    public static IReadOnlyDictionary<string, Func<IPrecoder>> Precoders => Of(Catalogues.Precoders);

    public static IReadOnlyDictionary<string, Func<IMetric>> Metrics => Of(Catalogues.Metrics);

    public static IReadOnlyDictionary<string, Func<IChannelEstimator>> Estimators => Of(Catalogues.Estimators);

    public static TheoryData<string> Names<T>(IReadOnlyDictionary<string, Func<T>> parts) => [.. parts.Keys];

    private static Dictionary<string, Func<T>> Of<T>(Catalogue<NoOptions, T> catalogue) => catalogue.Entries.ToDictionary(
        entry => entry.Name,
        Func<T> (entry) => () => entry.Create(entry.DefaultOptions(), new NoOptions()));
}

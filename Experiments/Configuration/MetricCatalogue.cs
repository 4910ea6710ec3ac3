using Simulator;

namespace Experiments.Configuration;

/// <summary>The catalogue of metrics as a runner wants it: every metric, made.</summary>
public static class MetricCatalogue
{
    extension(Catalogue<NoOptions, IMetric> catalogue)
    {
        /// <summary>Every metric by its name.</summary>
        public IReadOnlyList<(string Name, IMetric Metric)> All =>
            [.. catalogue.Entries.Select(entry => (entry.Name, entry.Create(entry.DefaultOptions(), new NoOptions())))];
    }
}

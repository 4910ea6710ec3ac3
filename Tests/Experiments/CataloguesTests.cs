using System.Text.RegularExpressions;
using Experiments;
using Feedback;
using Feedback.Fitting;
using Simulator;
using Tests.Support;

namespace Tests.Experiments;

public sealed class CataloguesTests
{
    private static readonly string Source = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "Experiments", "Catalogues.cs"));

    /// <summary>Every class that implements a contract of a plug-in; a fitted scheme is built by what learns its model.</summary>
    public static TheoryData<string> Implementations =>
    [
        .. new[] { typeof(IChannelModel).Assembly, typeof(global::Channels.RayleighChannel).Assembly, typeof(StrongestTaps).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(IsPlugin) && !type.IsAssignableTo(typeof(IModelledScheme)))
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Catalogues_EveryImplementation_IsNamed(string implementation) =>
        Assert.Matches($@"new {Regex.Escape(implementation)}\(|{Regex.Escape(implementation)} \w+\([^)]*\) => new\(", Source);

    [Fact]
    public void Catalogues_Names_AreDistinctAndInLowerCase()
    {
        foreach (var names in new[] { Catalogues.Channels.Names, Catalogues.Estimators.Names, Catalogues.Feedback.Names, Catalogues.Precoders.Names, Catalogues.Metrics.Names })
        {
            Assert.Equal(names.Distinct(), names);
            Assert.All(names, name => Assert.Matches("^[a-z0-9]+([-/][a-z0-9]+)*$", name));
        }
    }

    private static bool IsPlugin(Type contract) =>
        contract == typeof(IChannelModel) || contract == typeof(IFeedbackScheme) || contract == typeof(IPrecoder)
        || contract == typeof(IMetric) || contract == typeof(IChannelEstimator) || contract == typeof(IModelFit);
}

using Experiments;

namespace Tests.Experiments;

public sealed class CataloguesTests
{
    [Fact]
    public void Catalogues_Names_AreDistinctAndInLowerCase()
    {
        foreach (var names in new[] { Catalogues.Channels.Names, Catalogues.Estimators.Names, Catalogues.Feedback.Names, Catalogues.Precoders.Names, Catalogues.Metrics.Names })
        {
            Assert.Equal(names.Distinct(), names);
            Assert.All(names, name => Assert.Matches("^[a-z0-9]+([-/][a-z0-9]+)*$", name));
        }
    }
}

using Experiments.Configuration;

namespace Tests.Experiments.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("zero-forcng", "zero-forcing")]
    [InlineData("egien", "eigen")]
    [InlineData("EIGEN", "eigen")]
    [InlineData("something", null)]
    public void Find_Name(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Find(written, ["eigen", "zero-forcing", "regularized-zero-forcing"]));

    [Fact]
    public void Find_NothingPermitted() => Assert.Null(NearestName.Find("x", []));
}

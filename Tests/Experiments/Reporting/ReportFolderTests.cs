using Experiments.Reporting;

namespace Tests.Experiments.Reporting;

public sealed class ReportFolderTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_TwiceAndAfterAnotherReport_SameFilesAndBytes()
    {
        var names = ReportFolder.Write(SampleReport.Create(), folder);
        var first = Read();
        Assert.Equal(names.Order(StringComparer.Ordinal), first.Keys.Order(StringComparer.Ordinal));

        ReportFolder.Write(SampleReport.Create() with { Points = [SampleReport.Point("s", "", 8, 1), SampleReport.Point("s", "", 8, 1, scenario: "outdoor")] }, folder);
        Assert.Contains("se-vs-bits-outdoor.svg", Read().Keys);

        ReportFolder.Write(SampleReport.Create(), folder);
        Assert.Equal(first, Read());
    }

    private Dictionary<string, string> Read() => Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
}

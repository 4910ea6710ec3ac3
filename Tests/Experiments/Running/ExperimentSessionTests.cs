using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Running;

namespace Tests.Experiments.Running;

public sealed class ExperimentSessionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sim-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Run_WorkersAndTasks_GiveTheSameBytes()
    {
        var plan = SmallPlan.Create(40);
        var alone = SmallPlan.Run(plan, Folder("alone"));
        Assert.NotEmpty(alone);
        Assert.Equal(alone, SmallPlan.Run(plan, Folder("two"), workers: 2));
        Assert.Empty(SmallPlan.Run(plan, Folder("tasks"), task: 2, of: 3));
        Assert.Empty(SmallPlan.Run(plan, Folder("tasks"), task: 3, of: 3));
        Assert.Equal(alone, SmallPlan.Run(plan, Folder("tasks"), task: 1, of: 3));
    }

    [Fact]
    public void Run_BlocksMissingAndHalfWritten_ResumesToTheSameBytes()
    {
        var plan = SmallPlan.Create(40);
        var whole = SmallPlan.Run(plan, Folder("whole"));
        SmallPlan.Run(plan, Folder("killed"));
        var points = Directory.GetFiles(Path.Combine(Folder("killed"), "points"), "*.json").Order().ToList();
        foreach (var lost in points.Where((_, index) => index % 2 == 0))
        {
            File.Delete(lost);
        }
        File.Delete(Path.Combine(Folder("killed"), "results.csv"));
        File.WriteAllText(Path.Combine(Folder("killed"), "points", ".0001-0000.json.0.part"), "{");
        var counter = new CountingProgress();
        Assert.Equal(whole, SmallPlan.Run(plan, Folder("killed"), progress: counter));
        Assert.Equal((points.Count + 1) / 2, counter.Finished);
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder("killed"), "points"), ".*.part"));
    }

    [Fact]
    public void Run_MoreDrops_ContinuesAndFewerIsAPrefix()
    {
        var longer = SmallPlan.Run(SmallPlan.Create(48), Folder("longer"));
        var shorter = SmallPlan.Run(SmallPlan.Create(24), Folder("shorter"));
        Assert.NotEqual(longer, shorter);
        // The last of two blocks was drawn whole, so only the third is new.
        var counter = new CountingProgress();
        Assert.Equal(longer, SmallPlan.Run(SmallPlan.Create(48), Folder("shorter"), progress: counter));
        Assert.Equal(4, counter.Finished);
        Assert.Equal(shorter, SmallPlan.Run(SmallPlan.Create(24), Folder("longer")));
    }

    [Fact]
    public void Run_CurveAddedInFront_KeepsTheBlocksOfOthers()
    {
        var plan = SmallPlan.Create(40);
        var whole = SmallPlan.Run(plan, Folder("whole"));
        var half = plan with
        {
            Points = [.. plan.Points.Where(point => point.Scheme.Setting == "precision=half").Select((point, index) => point with { Number = index + 1 })],
            ResolvedInput = """{ "seed": 1, "feedback": [{ "setting": "precision=half" }] }""",
        };
        var some = SmallPlan.Run(half, Folder("grown"));
        var added = new CountingProgress();
        var both = plan with { ResolvedInput = """{ "seed": 1, "feedback": [{ "setting": "precision=single" }, { "setting": "precision=half" }] }""" };
        Assert.Equal(whole, SmallPlan.Run(both, Folder("grown"), progress: added));
        Assert.Equal(2 * 3, added.Finished);
        var removed = new CountingProgress();
        Assert.Equal(some, SmallPlan.Run(half, Folder("grown"), progress: removed));
        Assert.Equal(0, removed.Finished);
    }

    [Fact]
    public void Constructor_FolderOfAnotherInput_NamesTheKey()
    {
        SmallPlan.Run(SmallPlan.Create(16), Folder("same"));
        var error = Assert.Throws<BadInputException>(() => SmallPlan.Run(SmallPlan.Create(16, seed: 2), Folder("same")));
        Assert.Equal(
            $"{Folder("same")} holds results of another input: seed (there 1, now 2) differs; choose another folder with --out or remove this one.",
            error.Message);
    }

    [Fact]
    public void Constructor_FolderInUse_IsRefusedUnlessTasksDiffer()
    {
        var plan = SmallPlan.Create(16);
        using var first = new ExperimentSession(plan, SmallPlan.Manifest(plan), Folder("used"), 1, 2);
        Assert.Throws<BadInputException>(() => new ExperimentSession(plan, SmallPlan.Manifest(plan), Folder("used"), 1, 1));
        Assert.Throws<BadInputException>(() => new ExperimentSession(plan, SmallPlan.Manifest(plan), Folder("used"), 1, 2));
        using var second = new ExperimentSession(plan, SmallPlan.Manifest(plan), Folder("used"), 2, 2);
    }

    [Fact]
    public void Run_OnePointFails_OthersAreCompleteAndItIsTriedAgain()
    {
        var plan = SmallPlan.Create(16);
        var broken = plan with
        {
            Points = [.. plan.Points.Select(point => point.Number == 2 ? point with { Scheme = Broken(point.Scheme) } : point)],
        };
        SmallPlan.Run(broken, Folder("failed"));
        var error = Assert.Single(Directory.GetFiles(Path.Combine(Folder("failed"), "points"), "*.error.txt"));
        Assert.StartsWith("System.NotSupportedException: no such day", File.ReadAllText(error), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(Folder("failed"), "points"), "*.json").Length);
        Assert.Equal(SmallPlan.Run(plan, Folder("sound")), SmallPlan.Run(plan, Folder("failed")));
        Assert.False(File.Exists(error));
    }

    private static SchemeSetting Broken(SchemeSetting scheme) =>
        scheme with { Canonical = "broken", Create = () => throw new NotSupportedException("no such day") };

    private string Folder(string name) => Path.Combine(root, name);

    private sealed class CountingProgress : IRunProgress
    {
        public int Finished { get; private set; }

        public void Begin(ExperimentPlan plan, int missing, int total)
        {
        }

        public void Finish(PlannedPoint point, BlockResult result) => Finished++;

        public void Fail(PlannedPoint point, Exception error) => Assert.Fail(error.Message);
    }
}

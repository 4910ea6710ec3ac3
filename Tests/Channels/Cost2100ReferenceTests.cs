using Channels.Cost2100;
using Tests.Support;

namespace Tests.Channels;

/// <summary>COST 2100 drops against those of the model's own MATLAB code.</summary>
[DisposesItsTensors]
public sealed class Cost2100ReferenceTests
{
    public static TheoryData<string, Cost2100Mode> OtherScenarios => new()
    {
        { "closely-spaced-indoor-2600mhz", Cost2100Mode.Reference },
        { "closely-spaced-semi-urban-2600mhz-los", Cost2100Mode.Reference },
        { "closely-spaced-semi-urban-2600mhz-nlos", Cost2100Mode.Reference },
        { "semi-urban-300mhz-nlos", Cost2100Mode.Reference },
        { "very-large-array-2600mhz-los", Cost2100Mode.Reference },
        { "very-large-array-2600mhz-nlos", Cost2100Mode.Reference },
        { "closely-spaced-indoor-2600mhz", Cost2100Mode.Corrected },
        { "closely-spaced-semi-urban-2600mhz-los", Cost2100Mode.Corrected },
        { "closely-spaced-semi-urban-2600mhz-nlos", Cost2100Mode.Corrected },
        { "indoor-hall-5ghz", Cost2100Mode.Corrected },
        { "semi-urban-300mhz-los", Cost2100Mode.Corrected },
        { "semi-urban-300mhz-nlos", Cost2100Mode.Corrected },
        { "very-large-array-2600mhz-los", Cost2100Mode.Corrected },
        { "very-large-array-2600mhz-nlos", Cost2100Mode.Corrected },
    };

    [Theory]
    [InlineData("indoor-hall-5ghz", 1000)]
    [InlineData("semi-urban-300mhz-los", 300)]
    public void Draw_PerDropStatistics_LikeTheOfficialCode(string scenario, int drops) => Compare(scenario, drops, 11);

    [Theory, Trait("Category", "slow")]
    [InlineData("indoor-hall-5ghz", 3000)]
    [InlineData("semi-urban-300mhz-los", 2000)]
    public void Draw_ManyDrops_LikeTheOfficialCode(string scenario, int drops) => Compare(scenario, drops, 100_000);

    [Theory]
    [InlineData("indoor-hall-5ghz")]
    [InlineData("semi-urban-300mhz-los")]
    public void Draw_OneOfFourUsers_LikeASingleUser(string scenario)
    {
        var alone = DropTable.Measure(scenario, 500, seed: 21, compaction: false);
        var together = DropTable.Measure(scenario, 500, seed: 22_000, users: 4, compaction: false);
        AssertAlike(alone, together);
    }

    [Theory, MemberData(nameof(OtherScenarios))]
    public void DrawPaths_OneOfThreeUsers_LikeASingleUser(string scenario, Cost2100Mode mode) =>
        CompareUsers(scenario, mode, drops: scenario.StartsWith("closely", StringComparison.Ordinal) ? 150 : 300);   // their many clusters take long

    [Theory, Trait("Category", "slow"), MemberData(nameof(OtherScenarios))]
    public void DrawPaths_OneOfThreeUsersInManyDrops_LikeASingleUser(string scenario, Cost2100Mode mode) => CompareUsers(scenario, mode, 1000);

    [Theory]
    [InlineData("closely-spaced-indoor-2600mhz", 200, 32)]
    [InlineData("closely-spaced-semi-urban-2600mhz-los", 300, 32)]
    [InlineData("closely-spaced-semi-urban-2600mhz-nlos", 300, 32)]
    [InlineData("very-large-array-2600mhz-los", 100, 128)]
    [InlineData("very-large-array-2600mhz-nlos", 100, 128)]
    public void DrawPaths_ScenarioAt2600MHz_LikeTheOfficialCode(string scenario, int drops, int columns) => ComparePaths(scenario, drops, columns, 12);

    [Theory, Trait("Category", "slow")]
    [InlineData("closely-spaced-indoor-2600mhz", 2000, 32)]
    [InlineData("closely-spaced-semi-urban-2600mhz-los", 2000, 32)]
    [InlineData("closely-spaced-semi-urban-2600mhz-nlos", 2000, 32)]
    [InlineData("very-large-array-2600mhz-los", 1000, 128)]
    [InlineData("very-large-array-2600mhz-nlos", 1000, 128)]
    public void DrawPaths_ManyDropsAt2600MHz_LikeTheOfficialCode(string scenario, int drops, int columns) => ComparePaths(scenario, drops, columns, 50_000);

    private static void CompareUsers(string scenario, Cost2100Mode mode, int drops)
    {
        var options = new Cost2100Options { Mode = mode };
        var alone = DropTable.Measure(scenario, drops, seed: 21, compaction: false, columns: 2, with: options);
        var together = DropTable.Measure(scenario, drops, seed: 33_000, users: 3, compaction: false, columns: 2, with: options);
        AssertAlike(alone, together);
    }

    private static void ComparePaths(string scenario, int drops, int columns, ulong seed)
    {
        var theirs = DropTable.Read(scenario);
        var ours = DropTable.Measure(scenario, drops, seed, compaction: false, columns: columns);
        AssertAlike(ours.Where(pair => theirs.ContainsKey(pair.Key)).ToDictionary(), theirs);
    }

    private static void Compare(string scenario, int drops, ulong seed) =>
        AssertAlike(DropTable.Measure(scenario, drops, seed), DropTable.Read(scenario));

    // Holm's correction keeps the chance of any false alarm of a test at 1 %; seeds are fixed, so a test that passes goes on passing.
    private static void AssertAlike(IReadOnlyDictionary<string, double[]> ours, IReadOnlyDictionary<string, double[]> theirs)
    {
        var probabilities = ours.ToDictionary(pair => pair.Key, pair => KolmogorovSmirnov.PValue(pair.Value, theirs[pair.Key]));
        Assert.Empty(KolmogorovSmirnov.Rejected(probabilities, 0.01));
    }
}

namespace Tests.Support;

/// <summary>Tests that look at the whole process and therefore run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    /// <summary>What the tests name.</summary>
    public const string Name = "alone";
}

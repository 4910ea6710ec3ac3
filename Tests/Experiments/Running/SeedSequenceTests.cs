using Experiments.Running;

namespace Tests.Experiments.Running;

public sealed class SeedSequenceTests
{
    // Python: int.from_bytes(hashlib.sha256(b'1\n{"a":1}\n2\nchannel').digest()[:8], 'little')
    [Fact]
    public void Derive_KnownInput_IsTheStartOfItsSha256() =>
        Assert.Equal(3208725200661929014ul, SeedSequence.Derive(1, """{"a":1}""", 2, "channel"));

    [Fact]
    public void Derive_AnyPartDiffers_GivesAnotherSeed()
    {
        ulong[] seeds =
        [
            SeedSequence.Derive(1, "a", 0, "channel"),
            SeedSequence.Derive(2, "a", 0, "channel"),
            SeedSequence.Derive(1, "b", 0, "channel"),
            SeedSequence.Derive(1, "a", 1, "channel"),
            SeedSequence.Derive(1, "a", 0, "estimation"),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }
}

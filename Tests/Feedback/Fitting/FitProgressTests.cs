using Feedback.Fitting;

namespace Tests.Feedback.Fitting;

public sealed class FitProgressTests
{
    [Fact]
    public void Tell_EverySecondOfAStage_SpeaksEveryFiveAndExtrapolates()
    {
        var clock = new SteppedClock();
        var lines = new Lines();
        var progress = new FitProgress(lines, clock);
        for (var done = 0; done < 12; done++)
        {
            progress.Tell("drops", 10 * done, 120);
            clock.Seconds++;
        }
        progress.Tell("passes", 0, 2);
        clock.Seconds += 90;
        progress.Tell("passes", 1, 2);
        Assert.Equal(["drops: 50 of 120, 0:00:07 left", "drops: 100 of 120, 0:00:02 left", "passes: 1 of 2, 0:01:30 left"], lines.Said);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class Lines : IProgress<string>
    {
        public List<string> Said { get; } = [];

        public void Report(string value) => Said.Add(value);
    }
}

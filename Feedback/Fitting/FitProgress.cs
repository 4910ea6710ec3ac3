using System.Globalization;

namespace Feedback.Fitting;

/// <summary>Says how far each stage of a fit has come and how long it will yet take, a line every few seconds.</summary>
public sealed class FitProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly IProgress<string>? listener;
    private readonly TimeProvider clock;
    private long begun;
    private long told;

    /// <summary>Creates a teller.</summary>
    /// <param name="listener">Told the lines; null for silence.</param>
    /// <param name="clock">What time it is; null for that of the system.</param>
    public FitProgress(IProgress<string>? listener, TimeProvider? clock = null)
    {
        (this.listener, this.clock) = (listener, clock ?? TimeProvider.System);
        begun = told = this.clock.GetTimestamp();
    }

    /// <summary>Tells where a stage is.</summary>
    /// <param name="stage">What is counted, e.g. <c>training drops</c>.</param>
    /// <param name="done">How many are done; 0 begins the stage.</param>
    /// <param name="all">How many there are.</param>
    public void Tell(string stage, int done, int all)
    {
        if (done == 0)
            begun = clock.GetTimestamp();
        else if (clock.GetElapsedTime(told) >= Pause)
        {
            told = clock.GetTimestamp();
            var left = clock.GetElapsedTime(begun) * ((double)(all - done) / done);
            listener?.Report(string.Create(CultureInfo.InvariantCulture, $"{stage}: {done} of {all}, {left:h\\:mm\\:ss} left"));
        }
    }
}

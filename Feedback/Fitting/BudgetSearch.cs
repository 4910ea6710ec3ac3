using Feedback.Coding;
using Simulator;

namespace Feedback.Fitting;

/// <summary>Finds the step and the number of parts with which a report explains most within a budget.</summary>
/// <remarks>
/// First the finest step at which the whole report fits, which the mean lengths of the steps tell where to look for. Finer steps that end early may
/// still be better and fill what is left; they are tried until two in a row are no better. Parts chosen together with others that do not fit are
/// not those that explain most alone, so a report that was cut is coded anew with no more parts than fitted, and with one more as long as all of them do.
/// </remarks>
internal sealed class BudgetSearch
{
    private const int MostWorse = 2;
    private readonly int budget;
    private readonly int choices;
    private readonly RateCurve curve;
    private readonly Func<int, Action<ISymbolWriter>, BitString> message;
    private readonly Func<double, int, PartedReport> code;
    private readonly Dictionary<int, PartedReport> whole = [];
    private double explained = -1;

    /// <summary>Prepares for one report.</summary>
    /// <param name="budget">The budget [bit].</param>
    /// <param name="choices">How many half steps there are, and that nothing follows.</param>
    /// <param name="curve">Mean bits of the steps.</param>
    /// <param name="message">Makes the message of a choice and of what follows it.</param>
    /// <param name="code">Codes the report at a step, in no more parts than given.</param>
    public BudgetSearch(
        int budget, int choices, RateCurve curve, Func<int, Action<ISymbolWriter>, BitString> message, Func<double, int, PartedReport> code)
    {
        (this.budget, this.choices, this.curve, this.message, this.code) = (budget, choices, curve, message, code);
        Best = message(0, _ => { });
    }

    /// <summary>The message found.</summary>
    public BitString Best { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="start">The choice that takes the budget on average, 1 and more.</param>
    public void Run(int start)
    {
        var worse = 0;
        for (var choice = FirstTooLong(start); choice < choices && worse < MostWorse; choice++)
            worse = IsBetter(choice) ? 0 : worse + 1;
    }

    // Between the finest choice known to fit and the coarsest known not to, the next is where a mean report would be longer or shorter by what this one is.
    private int FirstTooLong(int start)
    {
        var (fitting, beyond, choice) = (0, choices, start);
        while (beyond - fitting > 1)
        {
            var report = Whole(choice);
            var attempt = Message(choice, report, report.Explained.Count);
            if (attempt.Length <= budget)
            {
                Keep(attempt, report, report.Explained.Count);
                fitting = choice;
            }
            else
            {
                beyond = choice;
            }
            var likely = RateControl.ChoiceAt(curve.StepAt(curve.At(RateControl.StepOf(choice)) * budget / attempt.Length));
            choice = Math.Clamp(likely, fitting + 1, Math.Max(beyond - 1, fitting + 1));
        }
        return beyond;
    }

    private bool IsBetter(int choice)
    {
        var before = explained;
        var report = Whole(choice);
        var all = report.Explained.Count;
        var fitting = Fit(choice, report);
        for (var most = fitting; most > 0 && most < all && fitting == most; most++)
            fitting = Fit(choice, code(RateControl.StepOf(choice), most));
        return explained > before;
    }

    private PartedReport Whole(int choice)
    {
        if (!whole.TryGetValue(choice, out var report))
            whole[choice] = report = code(RateControl.StepOf(choice), int.MaxValue);
        return report;
    }

    // The most parts that fit. Returns their number; -1 where none fit.
    private int Fit(int choice, PartedReport report)
    {
        var (fitting, parts, beyond) = ((BitString?)null, -1, report.Explained.Count + 1);
        while (beyond - parts > 1)
        {
            var middle = fitting is null && beyond > report.Explained.Count ? report.Explained.Count : (parts + beyond) / 2;
            var attempt = Message(choice, report, middle);
            if (attempt.Length <= budget)
                (fitting, parts) = (attempt, middle);
            else
                beyond = middle;
        }
        if (fitting is not null)
            Keep(fitting, report, parts);
        return parts;
    }

    private void Keep(BitString fitting, PartedReport report, int parts)
    {
        if (report.Explained.Take(parts).Sum() is var sum && sum > explained)
            (Best, explained) = (fitting, sum);
    }

    private BitString Message(int choice, PartedReport report, int parts) => message(choice, target => report.Write(target, parts));
}

using Feedback.Coding;
using Simulator;

namespace Feedback.Fitting;

/// <summary>Decides how finely a report is coded: at a given step, or within a budget as finely as fits.</summary>
/// <remarks>
/// <code>
/// step given   report
/// budget       step symbol │ report at that step │ zeros up to the budget
/// embedded     report at the step given, cut or filled up to the budget
/// </code>
/// Within a budget half steps are tried, and the first symbol says which one it was, or that nothing fitted and nothing follows. Its
/// probabilities peak where the model's mean length meets the budget.
/// </remarks>
public sealed class RateControl
{
    /// <summary>The smallest budget in which a report that says nothing fits [bit].</summary>
    public const int SmallestBudget = 3;

    /// <summary>Name of the table of mean bits at each step.</summary>
    public const string RateKey = "rate";

    private const double Decay = 0.6;
    private const double Floor = 1.0 / 1024;
    private readonly double step;
    private readonly int container;
    private readonly int expected;
    private readonly FrequencyTable? choices;
    private readonly RateCurve? curve;

    /// <summary>Creates the control.</summary>
    /// <param name="options">Step or budget.</param>
    /// <param name="steps">Number of whole steps of the scheme.</param>
    /// <param name="tables">The model, with its rates if there is a budget.</param>
    /// <param name="isOrdered">Whether the scheme sends what matters most first, so that its messages may be cut.</param>
    public RateControl(FittedOptions options, int steps, FittedTables tables, bool isOrdered = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tables);
        Require(options.Step >= 0 && options.Step <= steps - 1, "step", $"step is {options.Step}; permitted is 0 … {steps - 1}.");
        Require(
            options.ContainerBits is 0 or >= SmallestBudget, "container-bits", $"container-bits is {options.ContainerBits}; permitted is 0, or {SmallestBudget} and more.");
        Require(!options.Embedded || isOrdered, "embedded", $"embedded is true; permitted is false, since this scheme does not send what matters most first.");
        Require(!options.Embedded || options.ContainerBits > 0, "embedded", $"embedded is true without a budget; permitted with rate: {{ budget: … }} or container-bits.");
        (step, container, IsEmbedded) = (options.Step, options.ContainerBits, options.Embedded);
        if (container == 0 || IsEmbedded)
            return;
        curve = new RateCurve([.. tables.Reals(RateKey).Select(bits => (double)bits)]);
        expected = container < curve.Fewest ? 0 : ChoiceAt(curve.StepAt(container));
        double[] weights = [.. Enumerable.Range(0, 2 * steps).Select(choice => Math.Pow(Decay, Math.Abs(choice - expected)) + Floor)];
        // That nothing fitted must itself fit: at most container - 3 bits and the less than 2 that end the code.
        weights[0] = Math.Max(weights[0], weights.Skip(1).Sum() * Math.Pow(2, SmallestBudget - container));
        choices = FrequencyTable.FromWeights(weights);
    }

    /// <summary>Whether messages are cut, so that their last symbols may be missing.</summary>
    public bool IsEmbedded { get; }

    /// <summary>Writes a message.</summary>
    /// <param name="report">Codes the report at a step.</param>
    /// <returns>The message.</returns>
    public BitString Write(Action<ISymbolWriter, double> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (choices is null)
            return Contained(Message(encoder => report(encoder, step)));
        var choice = Math.Min(Math.Max(expected, 1), choices.Count - 1);
        var message = Choose(choice, report);
        if (message.Length <= container)
        {
            while (choice < choices.Count - 1 && Choose(choice + 1, report) is var finer && finer.Length <= container)
                (choice, message) = (choice + 1, finer);
        }
        else
        {
            while (message.Length > container)
                message = Choose(--choice, report);
        }
        return Contained(message);
    }

    /// <summary>Writes a message of parts: within a budget at the step and with the number of parts that explain most; otherwise all parts.</summary>
    /// <param name="code">Codes the report at a step, in no more parts than given.</param>
    /// <returns>The message.</returns>
    internal BitString WriteParts(Func<double, int, PartedReport> code)
    {
        if (choices is null)
            return Write((target, at) => All(code(at, int.MaxValue), target));
        var search = new BudgetSearch(container, choices.Count, curve!, (choice, write) => Choose(choice, (target, _) => write(target)), code);
        search.Run(Math.Clamp(expected, 1, choices.Count - 1));
        return Contained(search.Best);
    }

    /// <summary>Writes a message of parts and counts what the model says it takes.</summary>
    /// <param name="code">Codes the report at a step.</param>
    /// <returns>The message and its ideal length.</returns>
    internal CountedMessage WritePartsCounted(Func<double, int, PartedReport> code) => container > 0
        ? new(WriteParts(code), container)
        : WriteCounted((target, at) => All(code(at, int.MaxValue), target));

    /// <summary>Writes a message and counts what the model says it takes.</summary>
    /// <param name="report">Codes the report at a step.</param>
    /// <returns>The message and its ideal length.</returns>
    public CountedMessage WriteCounted(Action<ISymbolWriter, double> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (container > 0)
            return new(Write(report), container);
        var ideal = 0.0;
        var message = Write((target, at) =>
        {
            var counted = new IdealLength(target);
            report(counted, at);
            ideal = counted.Bits;
        });
        return new(message, ideal);
    }

    /// <summary>Starts to decode a message.</summary>
    /// <param name="message">The message; of an embedded one, what lies in the container.</param>
    /// <returns>Its symbols.</returns>
    /// <exception cref="InvalidMessageException">An embedded message does not fill the container.</exception>
    public ArithmeticDecoder Open(BitString message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsEmbedded)
            return new ArithmeticDecoder(new BitReader(message));
        return message.Length >= container
            ? new ArithmeticDecoder(new BitReader(new BitString(message.Bytes, container)))
            : throw new InvalidMessageException(FormattableString.Invariant($"The message has {message.Length} bits; permitted are the {container} of the container."));
    }

    /// <summary>Reads at which step a report was coded.</summary>
    /// <param name="source">The message.</param>
    /// <returns>The step; null where nothing fitted and nothing follows.</returns>
    /// <exception cref="InvalidMessageException">No encoder can have sent this.</exception>
    public double? Read(ArithmeticDecoder source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (choices is null)
            return step;
        var choice = source.Decode(choices);
        return choice > 0 ? StepOf(choice) : null;
    }

    /// <summary>The step that the first symbol of a message within a budget names, 1 and more; 0 says that nothing follows.</summary>
    internal static double StepOf(int choice) => 0.5 * (choice - 1);

    /// <summary>The symbol that names the half step nearest to a step.</summary>
    internal static int ChoiceAt(double step) => 1 + (int)Math.Round(2 * step);

    /// <summary>Refuses a setting at the place of its option.</summary>
    internal static void Require(bool met, string option, FormattableString otherwise)
    {
        if (!met)
            throw new ArgumentException(FormattableString.Invariant(otherwise), option);
    }

    private static void All(PartedReport report, ISymbolWriter target) => report.Write(target, report.Explained.Count);

    private BitString Contained(BitString message)
    {
        if (container == 0)
            return message;
        var filled = new byte[Math.Max((container + 7) / 8, message.Bytes.Length)];
        message.Bytes.CopyTo(filled);
        return new BitString(filled, container);
    }

    private static BitString Message(Action<ArithmeticEncoder> code)
    {
        var encoder = new ArithmeticEncoder();
        code(encoder);
        var writer = new BitWriter();
        encoder.Finish(writer);
        return writer.ToBitString();
    }

    private BitString Choose(int choice, Action<ISymbolWriter, double> report) => Message(encoder =>
    {
        encoder.Encode(choices!, choice);
        if (choice > 0)
            report(encoder, StepOf(choice));
    });
}

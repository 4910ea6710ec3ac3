using Feedback.Coding;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>The angular-delay crop through a codec that was fitted to drops of the scenario.</summary>
/// <remarks>
/// <code>
/// H ─► ReportFrame: [delays aligned], crop, scale ─► [basis] ─► codec ─► one arithmetic code
/// rate: a step, or a budget within which each report is coded as finely as fits
/// </code>
/// </remarks>
public sealed class FittedFeedback : IModelledScheme
{
    private readonly CsiDimensions dimensions;
    private readonly ReportFrame frame;
    private readonly ICropCodec codec;
    private readonly ICropBasis? basis;
    private readonly RateControl rate;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Its rate.</param>
    /// <param name="tables">The model.</param>
    /// <param name="codec">The codec, made of the same model.</param>
    /// <param name="basis">What crops are turned into before they are coded; nothing if not given.</param>
    /// <exception cref="Models.InvalidModelException">The model is for other dimensions.</exception>
    public FittedFeedback(CsiDimensions dimensions, FittedOptions options, FittedTables tables, ICropCodec codec, ICropBasis? basis = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        this.dimensions = dimensions;
        (this.codec, this.basis) = (codec, basis);
        frame = new ReportFrame(dimensions, tables);
        rate = new RateControl(options, codec.Steps, tables);
    }

    /// <inheritdoc/>
    public int Steps => codec.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement) => Map(measurement, rate.Write);

    /// <inheritdoc/>
    public IReadOnlyList<CountedMessage> EncodeCounted(Measurement measurement) => Map(measurement, rate.WriteCounted);

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var length = basis?.Values ?? frame.Values;
        var values = new float[checked(messages.Count * length)];
        var (scales, shifts) = (new float[messages.Count], new int[messages.Count]);
        for (var n = 0; n < messages.Count; n++)
        {
            var source = rate.Open(messages[n]);
            if (rate.Read(source) is { } step)
            {
                (scales[n], shifts[n]) = frame.Read(source);
                if (scales[n] > 0)
                    codec.Read(source, values.AsSpan(n * length, length), step);
            }
            source.Finish();
        }
        return Report.OfChannel(frame.Restore(basis?.Synthesise(values, messages.Count) ?? values, scales, shifts)).MoveToOuterDisposeScope();
    }

    private IReadOnlyList<T> Map<T>(Measurement measurement, Func<Action<ISymbolWriter, double>, T> take)
    {
        using var scope = NewDisposeScope();
        var reports = Take(measurement);
        return [.. Enumerable.Range(0, reports.Count).Select(n => take((target, step) => Write(target, reports, n, step)))];
    }

    private FramedReports Take(Measurement measurement)
    {
        var reports = frame.Take(TerminalView.Newest(measurement, dimensions));
        return basis is null ? reports : reports with { Values = basis.Analyse(reports.Values, reports.Count) };
    }

    private void Write(ISymbolWriter target, FramedReports reports, int report, double step)
    {
        if (frame.Write(target, reports, report))
            codec.Write(target, reports.Crop(report), step);
    }
}

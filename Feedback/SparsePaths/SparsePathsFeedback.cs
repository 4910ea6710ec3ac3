using System.Runtime.InteropServices;
using Feedback.Coding;
using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.SparsePaths;

/// <summary>The channel as a few propagation paths: found by orthogonal matching pursuit, sent under learned probabilities.</summary>
/// <remarks>
/// <code>
/// H ─► ReportFrame: [delays aligned], crop, scale ─► paths found, refined, quantised one after the other ─► [residual] ─► one arithmetic code
/// bits ─► cells, rings, phases ─► Gram-Schmidt repeated ─► weights of the paths ─► [+ residual] ─► H on all subcarriers
/// </code>
/// The base station does not rebuild the crop but the paths, so what they leak beyond it is rebuilt as well.
/// </remarks>
public sealed class SparsePathsFeedback : IModelledScheme
{
    private const int FewPaths = 16;
    private const int MorePaths = 3;
    private const double MostOfAll = 0.75;
    private readonly CsiDimensions dimensions;
    private readonly ReportFrame frame;
    private readonly RateControl rate;
    private readonly SparsePathsTables tables;
    private readonly PathDictionary dictionary;
    private readonly CropPhases phases;
    private readonly PathRendering rendering;
    private readonly Func<double, PathModel> modelAt;
    private readonly PathResidual? residual;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Its rate.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="Models.InvalidModelException">The model is for another scheme or other dimensions.</exception>
    public SparsePathsFeedback(CsiDimensions dimensions, FittedOptions options, FittedTables model)
        : this(dimensions, options, model, static (tables, components, step) => tables.Model(step, components))
    {
    }

    internal SparsePathsFeedback(CsiDimensions dimensions, FittedOptions options, FittedTables model, Func<SparsePathsTables, int, double, PathModel> modelOf)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        RateControl.Require(options.RateDistortion, "rate-distortion", $"rate-distortion is false; permitted is true, since paths are always weighed against their bits.");
        this.dimensions = dimensions;
        frame = new ReportFrame(dimensions, model);
        tables = SparsePathsTables.Of(model);
        rate = new RateControl(options, SparsePathsTables.Steps, model, isOrdered: true);
        dictionary = new PathDictionary(dimensions, frame.Delays);
        phases = new CropPhases(dictionary);
        rendering = new PathRendering(dictionary);
        residual = PathResidual.Of(model, dimensions);
        modelAt = step => modelOf(tables, dictionary.Channels / 2, step);
    }

    /// <inheritdoc/>
    public int Steps => SparsePathsTables.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement) => Map(measurement, rate.WriteParts);

    /// <inheritdoc/>
    public IReadOnlyList<CountedMessage> EncodeCounted(Measurement measurement) => Map(measurement, rate.WritePartsCounted);

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var channel = zeros([messages.Count, dimensions.Subcarriers, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2]);
        var rest = residual is null ? [] : new float[checked(messages.Count * frame.Values)];
        var (levels, shifts) = (new float[messages.Count], new int[messages.Count]);
        for (var n = 0; n < messages.Count; n++)
        {
            var source = rate.Open(messages[n]);
            if (rate.Read(source) is { } step)
            {
                (levels[n], shifts[n]) = frame.Read(source);
                if (levels[n] > 0 && (!rate.IsEmbedded || source.IsCertain))
                    Read(source, step, levels[n], MemoryMarshal.Cast<byte, float>(channel[n].bytes), rest.AsSpan(n * (rest.Length / messages.Count), rest.Length / messages.Count));
            }
            if (!rate.IsEmbedded)
                source.Finish();
        }
        var paths = frame.Realign(view_as_complex(channel), shifts);
        return Report.OfChannel(Array.Exists(rest, value => value != 0) ? paths + frame.Restore(rest, levels, shifts) : paths).MoveToOuterDisposeScope();
    }

    private IReadOnlyList<T> Map<T>(Measurement measurement, Func<Func<double, int, PartedReport>, T> take)
    {
        using var scope = NewDisposeScope();
        var reports = frame.Take(TerminalView.Newest(measurement, dimensions));
        var noise = measurement.NoiseVariance.to(ScalarType.Float64).cpu().data<double>().ToArray();
        return [.. Enumerable.Range(0, reports.Count).Select(n => take((step, most) => Code(reports, n, noise[n], step, most)))];
    }

    private PartedReport Code(FramedReports reports, int report, double noise, double step, int most)
    {
        if (reports.Scales[report] == ReportFrame.Silent)
            return new PartedReport([], (target, _) => frame.Write(target, reports, report));
        double level = frame.Level(reports.Scales[report]);
        var (paths, gains, rest) = Search(phases.Turn(reports.Crop(report)), noise / (level * level * dictionary.Values), step, most);
        return new PartedReport(rest is null ? gains : [.. gains.Take(rest.Paths), rest.Explained], (target, count) =>
        {
            frame.Write(target, reports, report);
            var last = count > rest?.Paths ? rest : null;
            Write(target, paths.Take(last?.Paths ?? count), last, step);
        });
    }

    // Few paths are looked for first: where a residual takes over from fewer, the others would be found for nothing.
    private (List<CodedPath> Paths, List<double> Gains, ResidualSearch.Found? Residual) Search(double[] crop, double error, double step, int most)
    {
        for (var stage = residual is null ? PathModel.MostPaths : FewPaths; ; stage = Math.Min(MorePaths * stage, PathModel.MostPaths))
        {
            using var model = modelAt(step);
            var encoder = new PathEncoder(dictionary, model, tables.Polar, tables.Start, crop, SparsePathsTables.Width(step), error);
            var limit = Math.Min(most, stage);
            var paths = encoder.Run(limit);
            var rest = Rest(crop, paths, error, step, most);
            if (paths.Count < limit || limit < stage || stage == PathModel.MostPaths || rest?.Paths <= MostOfAll * limit)
                return (paths, encoder.Gains, rest);
        }
    }

    private ResidualSearch.Found? Rest(double[] crop, List<CodedPath> paths, double error, double step, int most)
    {
        if (residual is null)
            return null;
        using var model = modelAt(step);
        return new ResidualSearch(dictionary, phases, tables.Polar, model, crop, paths, step).Best(residual, error, most);
    }

    private void Write(ISymbolWriter target, IEnumerable<CodedPath> paths, ResidualSearch.Found? rest, double step)
    {
        using var model = modelAt(step);
        var port = new SymbolPort(target);
        foreach (var path in paths)
        {
            model.Pass(port, path);
            model.Add(path);
        }
        model.Pass(port, null);
        residual?.PassPresent(port, step, rest is not null);
        if (rest is not null)
            residual!.Write(target, rest.Values, step);
    }

    private void Read(ArithmeticDecoder source, double step, double level, Span<float> channel, Span<float> rest)
    {
        var found = new DecodedPaths(dictionary, tables.Polar, SparsePathsTables.Width(step), Paths(source, step));
        rendering.Render(found.Atoms, found.Weights(found.Atoms.Count), level, channel);
        if (residual is null || !residual.PassPresent(new SymbolPort(source), step))
            return;
        residual.Read(source, rest, step);
        // Of a message that was cut, a residual is of use only if it is whole.
        var unit = rate.IsEmbedded && !source.IsCertain ? 0 : (float)(Math.Sqrt(dictionary.Values) / PathResidual.Unit);
        foreach (ref var value in rest)
            value *= unit;
    }

    // Of a message that was cut, the paths that arrived whole.
    private List<CodedPath> Paths(ArithmeticDecoder source, double step)
    {
        using var model = modelAt(step);
        var port = new SymbolPort(source);
        var paths = new List<CodedPath>();
        try
        {
            while (model.Pass(port, null) is { } path)
            {
                // Behind the end of a message there are no paths, however many zeros decode to.
                if (!source.IsCertain)
                    throw new InvalidMessageException(FormattableString.Invariant($"The message ends within its paths, after {paths.Count} of them."));
                paths.Add(path);
                model.Add(path);
            }
        }
        catch (InvalidMessageException) when (rate.IsEmbedded)
        {
            // What zeros behind the cut decode to need not be a path.
        }
        return paths;
    }
}

using System.Runtime.InteropServices;
using Feedback.Coding;
using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.SparsePaths;

/// <summary>The channel as a few propagation paths: found by orthogonal matching pursuit, sent under learned probabilities.</summary>
/// <remarks>
/// <code>
/// H ─► ReportFrame: [delays aligned], crop, scale ─► paths found, refined, quantised one after the other ─► one arithmetic code
/// bits ─► cells, rings, phases ─► Gram-Schmidt repeated ─► weights of the paths ─► H on all subcarriers
/// </code>
/// The base station does not rebuild the crop but the paths, so what they leak beyond it is rebuilt as well.
/// </remarks>
public sealed class SparsePathsFeedback : IModelledScheme
{
    private readonly CsiDimensions dimensions;
    private readonly ReportFrame frame;
    private readonly RateControl rate;
    private readonly SparsePathsTables tables;
    private readonly PathDictionary dictionary;
    private readonly CropPhases phases;
    private readonly PathRendering rendering;
    private readonly Func<double, PathModel> modelAt;

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
        var shifts = new int[messages.Count];
        for (var n = 0; n < messages.Count; n++)
        {
            var source = rate.Open(messages[n]);
            if (rate.Read(source) is { } step)
            {
                (var level, shifts[n]) = frame.Read(source);
                if (level > 0 && (!rate.IsEmbedded || source.IsCertain))
                    Rebuild(Read(source, step), step, level, MemoryMarshal.Cast<byte, float>(channel[n].bytes));
            }
            if (!rate.IsEmbedded)
                source.Finish();
        }
        return Report.OfChannel(frame.Realign(view_as_complex(channel), shifts)).MoveToOuterDisposeScope();
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
        using var model = modelAt(step);
        var encoder = new PathEncoder(
            dictionary, model, tables.Polar, tables.Start, phases.Turn(reports.Crop(report)), SparsePathsTables.Width(step), noise / (level * level * dictionary.Values));
        var paths = encoder.Run(Math.Min(most, PathModel.MostPaths));
        return new PartedReport(encoder.Gains, (target, count) =>
        {
            frame.Write(target, reports, report);
            Write(target, paths.Take(count), step);
        });
    }

    private void Write(ISymbolWriter target, IEnumerable<CodedPath> paths, double step)
    {
        using var model = modelAt(step);
        var port = new SymbolPort(target);
        foreach (var path in paths)
        {
            model.Pass(port, path);
            model.Add(path);
        }
        model.Pass(port, null);
    }

    // Of a message that was cut, the paths that arrived whole.
    private List<CodedPath> Read(ArithmeticDecoder source, double step)
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

    private void Rebuild(List<CodedPath> paths, double step, double level, Span<float> channel)
    {
        var basis = new GramSchmidt();
        var (atoms, coefficients) = (new List<PathAtom>(), new List<double[]>());
        var width = SparsePathsTables.Width(step);
        foreach (var path in paths)
        {
            var atom = new PathAtom(dictionary, withSlopes: false);
            path.Locate(atom, dictionary);
            basis.Add(atom, basis.Row(atom));
            atoms.Add(atom);
            var values = new double[dictionary.Channels];
            for (var j = 0; j < path.Rings.Length; j++)
            {
                var (real, imaginary) = tables.Polar.Value(path.Rings[j], path.Phase(j));
                (values[2 * j], values[2 * j + 1]) = (width * real, width * imaginary);
            }
            coefficients.Add(values);
        }
        rendering.Render(atoms, basis.Weights(coefficients), level, channel);
    }
}

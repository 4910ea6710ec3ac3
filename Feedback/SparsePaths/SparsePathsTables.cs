using Feedback.Coding;
using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>The model of the scheme <c>sparse-paths</c>: magnitudes, positions, radii.</summary>
internal sealed class SparsePathsTables
{
    /// <summary>Number of whole steps.</summary>
    public const int Steps = 16;

    private const string FirstKey = "sparse-paths.first-magnitude";
    private const string LaterKey = "sparse-paths.later-magnitude";
    private const string ComponentsKey = "sparse-paths.components";
    private const string RadiiKey = "sparse-paths.radii";
    private readonly FrequencyTable[] first;
    private readonly FrequencyTable?[] later;
    private readonly FrequencyTable[] components;
    private readonly PositionTables positions;
    private readonly OffsetKernel[] kernels;

    private SparsePathsTables(int[] first, int[] later, int[] components, PositionTables positions, float[] radii)
    {
        this.first = Rows(first, Magnitude.Buckets);
        // No path has a bucket of 0, so nothing follows it.
        this.later = [.. Rows(later, Magnitude.Buckets).Select((row, i) => i % Magnitude.Buckets == 0 ? null : row)];
        this.components = Rows(components, MagnitudeModel.Differences);
        this.positions = positions;
        kernels = positions.BuildKernels();
        Polar = new PolarQuantizer(radii);
    }

    /// <summary>The quantiser of coefficients.</summary>
    public PolarQuantizer Polar { get; }

    /// <summary>Δ of crops of energy about 1: 2^(-1-i/2).</summary>
    public static double Width(double step) => Math.Pow(2, -1 - 0.5 * step);

    /// <summary>Takes the tables out of a model.</summary>
    public static SparsePathsTables Of(FittedTables model) => new(
        model.Integers(FirstKey), model.Integers(LaterKey), model.Integers(ComponentsKey), PositionTables.Of(model), model.Reals(RadiiKey));

    /// <summary>Learns tables from the paths of reports at each step, and adds them to a model.</summary>
    public static FittedTables Learn(FittedTables frame, IReadOnlyList<List<IReadOnlyList<CodedPath>>> reports, float[] radii, PathDictionary dictionary)
    {
        var all = reports.SelectMany(list => list).ToList();
        var positions = new PositionFit(dictionary.Delays, dictionary.First, dictionary.Second).Run(all);
        var model = frame
            .With(FirstKey, [.. reports.SelectMany(list => MagnitudeFit.First(list))], Steps, Magnitude.Buckets)
            .With(LaterKey, MagnitudeFit.Later(all), MagnitudeModel.Orders, Magnitude.Buckets, Magnitude.Buckets)
            .With(ComponentsKey, MagnitudeFit.Components(all), Magnitude.Buckets, MagnitudeModel.Differences)
            .With(RadiiKey, radii);
        return positions.AddTo(model);
    }

    /// <summary>A model of one message at a time.</summary>
    /// <param name="step">The step of the message.</param>
    /// <param name="components">Complex weights of a path.</param>
    public PathModel Model(double step, int components) => new(
        new MagnitudeModel(first[Math.Clamp((int)Math.Floor(step + 0.5), 0, Steps - 1)], later, this.components),
        new PositionModel(positions, kernels),
        components);

    private static FrequencyTable[] Rows(int[] frequencies, int width) =>
        [.. Enumerable.Range(0, frequencies.Length / width).Select(row => new FrequencyTable(frequencies.AsSpan(row * width, width).ToArray()))];
}

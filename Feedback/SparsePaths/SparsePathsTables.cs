using System.Collections.Concurrent;
using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Quantization;

namespace Feedback.SparsePaths;

/// <summary>The model of the scheme <c>sparse-paths</c>: magnitudes, positions, radii.</summary>
internal sealed class SparsePathsTables
{
    /// <summary>Number of whole steps.</summary>
    public const int Steps = 16;

    private const int Passes = 12;
    private const string FirstKey = "sparse-paths.first-magnitude";
    private const string LaterKey = "sparse-paths.later-magnitude";
    private const string ComponentsKey = "sparse-paths.components";
    private const string StartKey = "sparse-paths.start";
    private const string RadiiKey = "sparse-paths.radii";
    private readonly FrequencyTable[] first;
    private readonly FrequencyTable?[] later;
    private readonly OrderWeights weights;
    private readonly ComponentRings components;
    private readonly PositionTables positions;
    private readonly OffsetKernel[] kernels;
    private readonly ConcurrentBag<PositionModel> idle = [];

    private SparsePathsTables(FittedTables model)
    {
        first = Rows(model.Integers(FirstKey), Magnitude.Buckets);
        // No path has a bucket of 0, so nothing follows it.
        later = [.. Rows(model.Integers(LaterKey), Magnitude.Buckets).Select((row, i) => i % Magnitude.Buckets == 0 ? null : row)];
        weights = OrderWeights.Of(model);
        components = new ComponentRings(Rows(model.Integers(ComponentsKey), ComponentRings.Differences));
        positions = PositionTables.Of(model);
        kernels = positions.BuildKernels();
        Start = model.Integers(StartKey)[0];
        Polar = new PolarQuantizer(model.Reals(RadiiKey));
    }

    /// <summary>The quantiser of coefficients.</summary>
    public PolarQuantizer Polar { get; }

    /// <summary>State of the <see cref="Trellis"/> before a report.</summary>
    public int Start { get; }

    /// <summary>Δ of crops of energy about 1: 2^(-1-i/2).</summary>
    public static double Width(double step) => Math.Pow(2, -1 - 0.5 * step);

    /// <summary>Takes the tables out of a model.</summary>
    public static SparsePathsTables Of(FittedTables model) => new(model);

    /// <summary>Learns tables from the paths of reports at each step, and adds them to a model.</summary>
    public static FittedTables Learn(FittedTables frame, IReadOnlyList<List<IReadOnlyList<CodedPath>>> reports, float[] radii, int start, PathDictionary dictionary)
    {
        var all = reports.SelectMany(list => list).ToList();
        var weights = new OrderWeights();
        var positions = new PositionFit(dictionary, OrderWeights.Densities, OrderWeights.Kernels).Run(all, weights, Passes);
        var model = frame
            .With(FirstKey, [.. reports.SelectMany(list => MagnitudeFit.First(list))], Steps, Magnitude.Buckets)
            .With(LaterKey, MagnitudeFit.Later(all), CountedPrior.Orders, Magnitude.Buckets, Magnitude.Buckets)
            .With(ComponentsKey, MagnitudeFit.Components(all), Magnitude.Buckets, ComponentRings.Differences)
            .With(StartKey, [start], 1)
            .With(RadiiKey, radii);
        return positions.AddTo(weights.AddTo(model));
    }

    /// <summary>The table of the first path's magnitude at a step.</summary>
    public FrequencyTable First(double step) => first[Math.Clamp((int)Math.Floor(step + 0.5), 0, Steps - 1)];

    /// <summary>A model of one message at a time.</summary>
    /// <param name="step">The step of the message.</param>
    /// <param name="components">Complex weights of a path.</param>
    public PathModel Model(double step, int components) => Model(new CountedPrior(First(step), later, weights), components);

    /// <summary>A model of one message at a time under another prior.</summary>
    /// <param name="prior">The prior, for the densities and kernels of these tables.</param>
    /// <param name="components">Complex weights of a path.</param>
    public PathModel Model(IPathPrior prior, int components) => new(prior, this.components, components, Start, idle, () => new PositionModel(positions, kernels));

    private static FrequencyTable[] Rows(int[] frequencies, int width) =>
        [.. Enumerable.Range(0, frequencies.Length / width).Select(row => new FrequencyTable(frequencies.AsSpan(row * width, width).ToArray()))];
}

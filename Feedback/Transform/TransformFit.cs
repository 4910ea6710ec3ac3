using Feedback.Fitting;
using Simulator;

namespace Feedback.Transform;

/// <summary>The scheme <c>transform</c>: a class for each bin, and for each step and class the probabilities of levels, learned from drops.</summary>
public sealed class TransformFit : IModelFit
{
    internal const string ClassesKey = "transform.classes";
    internal const string TablesKey = "transform";

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        return new FittedFeedback(dimensions, options, tables, new TransformCodec(tables, dimensions.ReceiveAntennas, options.Price));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var (receive, antennas) = (drops.Dimensions.ReceiveAntennas, drops.Dimensions.TransmitAntennas);
        var frames = new ReportFrame(drops.Dimensions, frame);
        return Learn(frame, [.. drops.Framed(frames).Select(reports => reports.Values)], receive, antennas, frames.Delays);
    }

    /// <summary>Learns from portions of values of bins in order of row, receive antenna, column.</summary>
    internal static FittedTables Learn(FittedTables frame, IReadOnlyList<float[]> portions, int receive, int columns, int rows)
    {
        var classes = VarianceClasses.Of(Energies(portions, receive, columns, rows));
        var count = classes.Max() + 1;
        int[] classOf = [.. Enumerable.Range(0, rows * receive * columns).Select(bin => classes[bin / (receive * columns) * columns + bin % columns])];
        var counts = new LevelCounts(DeadZone.Steps * count);
        foreach (var values in portions)
            VarianceClasses.Count(values, classOf, count, counts);
        return counts.AddTo(frame.With(ClassesKey, classes, rows, columns), TablesKey);
    }

    private static double[] Energies(IReadOnlyList<float[]> portions, int receive, int columns, int rows)
    {
        var energies = new double[rows * columns];
        foreach (var values in portions)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var bin = i / 2 % (rows * receive * columns);
                energies[bin / (receive * columns) * columns + bin % columns] += (double)values[i] * values[i];
            }
        }
        return energies;
    }
}

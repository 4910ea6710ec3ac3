using Feedback.Coding;
using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.Mixture;

/// <summary>The scheme <c>gaussian-mixture-klt</c>: a Gaussian mixture by expectation maximisation [Dempster1977], its coefficients coded by classes of variance [Park2026].</summary>
public sealed class MixtureFit : IModelFit
{
    private const int MostDrops = 2_500;
    private const int MostDiagonalDrops = 10_000;
    private const int UsualRank = 16;
    private static readonly int[] Tried = [2, 4, 8, 16, 32];
    private readonly MixtureFitOptions options;

    /// <summary>Creates the fit.</summary>
    /// <param name="options">Number of states and form of their covariances.</param>
    public MixtureFit(MixtureFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.States, "states");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.States, 256, "states");
        ArgumentOutOfRangeException.ThrowIfNegative(options.Rank, "rank");
        if (options.Rank > 0 && options.Covariance != MixtureCovariance.LowRank)
            throw Refuse($"rank is {options.Rank}; permitted with covariance: low-rank only.", "rank");
        this.options = options;
    }

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new FittedFeedback(dimensions, options, tables, new MixtureCodec(tables, dimensions, options.Price), new MixtureBasis(tables, dimensions));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var frames = new ReportFrame(drops.Dimensions, frame);
        return Learn(frame, [.. drops.Framed(frames)], drops.Dimensions, frames.Delays, drops.Progress);
    }

    internal FittedTables Learn(FittedTables frame, IReadOnlyList<FramedReports> portions, CsiDimensions dimensions, int delays, FitProgress? progress = null)
    {
        var most = options.Covariance == MixtureCovariance.Dft ? MostDiagonalDrops : MostDrops;
        var learning = new MixtureLearning([.. portions.SelectMany(portion => portion.Values.Chunk(portion.Values.Length / portion.Count)).Take(most)], dimensions, delays);
        var rank = Math.Min(options.Rank > 0 ? options.Rank : UsualRank, delays * dimensions.TransmitAntennas / 2);
        int[] sizes = options.States > 0 ? [options.States] : [.. Tried.Where(count => count <= learning.MostStates)];
        var states = sizes.Select(Mixture).MaxBy(learning.Validate)!;
        var model = states.AddTo(frame);
        // Variances of all states in one scale of classes.
        var classes = VarianceClasses.Of([.. states.Variances.Select(variance => (double)variance)]);
        var basis = new MixtureBasis(model, dimensions);
        var counts = new LevelCounts(DeadZone.Steps * (classes.Max() + 1));
        var chosen = Enumerable.Repeat(1.0, states.Count).ToArray();
        int[][] classOf = [.. classes.Chunk(states.Coefficients).Select(state => Enumerable.Repeat(state, dimensions.ReceiveAntennas).SelectMany(copy => copy).ToArray())];
        foreach (var portion in portions)
        {
            foreach (var values in basis.Analyse(portion.Values, portion.Count).Chunk(basis.Values))
            {
                chosen[(int)values[0]]++;
                VarianceClasses.Count(values.AsSpan(1), classOf[(int)values[0]], classes.Max() + 1, counts);
            }
        }
        var prior = FrequencyTable.FromWeights(chosen);
        model = model
            .With(MixtureCodec.ClassesKey, classes, states.Count, states.Coefficients)
            .With(MixtureCodec.PriorKey, [.. Enumerable.Range(0, states.Count).Select(state => (int)prior.Of(state))]);
        return counts.AddTo(model, MixtureCodec.TablesKey);

        // The time of a mixture goes with its number of states.
        MixtureStates Mixture(int count, int index)
        {
            progress?.Tell("states of mixtures", sizes.Take(index).Sum(), sizes.Sum());
            return learning.Fit(count, options.Covariance, rank);
        }
    }

    private static ArgumentException Refuse(FormattableString message, string option) => new(FormattableString.Invariant(message), option);
}

using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>Fits <see cref="PositionTables"/> to paths by expectation maximisation [Dempster1977], and lets the weights of the mixture learn meanwhile.</summary>
internal sealed class PositionFit
{
    private const double ImpossibleBits = 40;
    private static readonly (double Delay, double Direction)[] Widths = [(0.1, 2), (0.1, 64), (1, 2), (64, 2), (0.5, 0.5), (0.3, 1), (2, 1), (4, 4)];
    private readonly int delays;
    private readonly int first;
    private readonly int second;
    private readonly int densities;
    private readonly int kernels;
    private double[] delayCounts = [];
    private double[] firstCounts = [];
    private double[] secondCounts = [];
    private double[] kernelCounts = [];

    public PositionFit(PathDictionary dictionary, int densities, int kernels)
    {
        (delays, first, second) = (dictionary.Delays, dictionary.First, dictionary.Second);
        (this.densities, this.kernels) = (densities, kernels);
    }

    /// <summary>Log-likelihood of the last pass [bit a path].</summary>
    public double BitsPerPath { get; private set; }

    /// <summary>Goes through reports so often.</summary>
    public PositionTables Run(IReadOnlyList<IReadOnlyList<CodedPath>> reports, IMixtureLearning weights, int passes, FitProgress? progress = null)
    {
        var tables = Start();
        var terms = new double[densities + kernels * PathModel.MostPaths];
        for (var pass = 0; pass < passes; pass++)
        {
            progress?.Tell("passes for places", pass, passes);
            Clear();
            var model = new PositionModel(tables, tables.BuildKernels());
            var (bits, count) = (0.0, 0);
            foreach (var report in reports)
            {
                model.Clear();
                foreach (var path in report)
                {
                    model.Expect(weights, path.Bucket);
                    var share = terms.AsSpan(0, model.Terms(path, terms));
                    var mass = Normalise(share);
                    bits += mass > 0 ? -Math.Log2(mass) : ImpossibleBits;
                    count++;
                    if (mass > 0)
                    {
                        weights.Learn(share);
                        Count(model.Paths, path, share);
                    }
                    model.Add(path);
                }
            }
            BitsPerPath = bits / Math.Max(count, 1);
            weights.Conclude();
            tables = Maximise();
        }
        return tables;
    }

    /// <summary>Probabilities from counts.</summary>
    public static void Normalise(ReadOnlySpan<double> counts, Span<float> masses, double floor)
    {
        var sum = 0.0;
        foreach (var count in counts)
            sum += count + floor;
        for (var i = 0; i < masses.Length; i++)
            masses[i] = (float)((counts[i] + floor) / sum);
    }

    private static double Normalise(Span<double> terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
            sum += term;
        foreach (ref var term in terms)
            term /= sum > 0 ? sum : 1;
        return sum;
    }

    private void Clear()
    {
        delayCounts = new double[densities * delays * PositionTables.PiecesPerTap];
        firstCounts = new double[densities * delays * first];
        secondCounts = new double[densities * second];
        kernelCounts = new double[3 * kernels * OffsetKernel.Pieces];
    }

    private void Count(IReadOnlyList<CodedPath> earlier, CodedPath path, ReadOnlySpan<double> shares)
    {
        var width = Math.ScaleB(1, -path.Resolution);
        for (var term = 0; term < shares.Length; term++)
        {
            var share = shares[term];
            if (share < 1e-4)
                continue;
            if (term < densities)
            {
                CountPlace(term, path, width, share);
                continue;
            }
            var kernel = (term - densities) % kernels;
            var other = earlier[(term - densities) / kernels];
            Spread(kernel, 0, path.Delay * width - 0.5 - other.DelayPlace, width, share, 0);
            Spread(kernel, 1, path.First * width - 0.5 - other.FirstPlace, width, share, first);
            if (second > 1)
                Spread(kernel, 2, path.Second * width - 0.5 - other.SecondPlace, width, share, second);
        }
    }

    private void CountPlace(int density, CodedPath path, double width, double share)
    {
        var count = delays * PositionTables.PiecesPerTap;
        var place = (path.Delay + 0.5) * width * PositionTables.PiecesPerTap;
        var spread = width * PositionTables.PiecesPerTap;
        for (var piece = (int)(place - spread / 2); piece < Math.Max(place + spread / 2, (int)(place - spread / 2) + 1) && piece < count; piece++)
            delayCounts[density * count + piece] += share / Math.Max(spread, 1);
        firstCounts[(density * delays + (path.Delay >> path.Resolution)) * first + (path.First >> path.Resolution)] += share;
        secondCounts[density * second + (path.Second >> path.Resolution)] += share;
    }

    private void Spread(int kernel, int axis, double offset, double width, double share, int bins)
    {
        if (bins > 0)
        {
            if (offset < -0.5 * bins)
                offset += bins;
            else if (offset >= 0.5 * bins)
                offset -= bins;
        }
        var place = (axis * kernels + kernel) * OffsetKernel.Pieces;
        for (var piece = 0; piece < OffsetKernel.Pieces; piece++)
        {
            var overlap = Math.Min(offset + width, OffsetKernel.Edge(piece + 1)) - Math.Max(offset, OffsetKernel.Edge(piece));
            if (overlap > 0)
                kernelCounts[place + piece] += share * overlap / width;
        }
    }

    private PositionTables Maximise()
    {
        var count = delays * PositionTables.PiecesPerTap;
        var delayMasses = new float[densities * count];
        var firstMasses = new float[densities * delays * first];
        var secondMasses = new float[densities * second];
        for (var density = 0; density < densities; density++)
        {
            Normalise(delayCounts.AsSpan(density * count, count), delayMasses.AsSpan(density * count, count), 0.02);
            Normalise(secondCounts.AsSpan(density * second, second), secondMasses.AsSpan(density * second, second), 1);
            // Angles of a row lean on those of all rows by as much as 40 paths would.
            var all = new double[first];
            for (var i = 0; i < delays * first; i++)
                all[i % first] += firstCounts[density * delays * first + i];
            var allMasses = new float[first];
            Normalise(all, allMasses, 1);
            for (var row = 0; row < delays; row++)
            {
                var place = (density * delays + row) * first;
                for (var m = 0; m < first; m++)
                    firstCounts[place + m] += 40 * allMasses[m];
                Normalise(firstCounts.AsSpan(place, first), firstMasses.AsSpan(place, first), 0);
            }
        }
        var kernelMasses = new float[kernelCounts.Length];
        for (var i = 0; i < kernelCounts.Length; i += OffsetKernel.Pieces)
            Normalise(kernelCounts.AsSpan(i, OffsetKernel.Pieces), kernelMasses.AsSpan(i, OffsetKernel.Pieces), 0.2);
        return new PositionTables(delayMasses, firstMasses, secondMasses, kernelMasses, delays, first, second);
    }

    // Densities begin at different decays over the delay and kernels at different widths, from which expectation maximisation finds what is there.
    private PositionTables Start()
    {
        Clear();
        Array.Fill(firstCounts, 1);
        Array.Fill(secondCounts, 1);
        var pieces = delays * PositionTables.PiecesPerTap;
        for (var i = 0; i < delayCounts.Length; i++)
            delayCounts[i] = Math.Exp(-(double)(i / pieces) * (i % pieces) / pieces);
        for (var kernel = 0; kernel < kernels; kernel++)
        {
            var widths = Widths[kernel % Widths.Length];
            for (var axis = 0; axis < 3; axis++)
            {
                for (var piece = 0; piece < OffsetKernel.Pieces; piece++)
                {
                    var (lower, upper) = (OffsetKernel.Edge(piece), OffsetKernel.Edge(piece + 1));
                    var middle = Math.Abs(lower + upper) / 2;
                    kernelCounts[(axis * kernels + kernel) * OffsetKernel.Pieces + piece] =
                        1000 * (upper - lower) / (1 + Math.Pow(middle / (axis == 0 ? widths.Delay : widths.Direction), 3));
                }
            }
        }
        return Maximise();
    }
}

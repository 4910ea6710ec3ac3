namespace Feedback.SparsePaths;

/// <summary>Fits <see cref="PositionTables"/> to paths by expectation maximisation.</summary>
internal sealed class PositionFit
{
    private const int Iterations = 12;
    private const int Stride = 1 + PositionTables.Kernels;
    private readonly int delays;
    private readonly int first;
    private readonly int second;
    private double[] delayCounts = [];
    private double[] firstCounts = [];
    private double[] secondCounts = [];
    private double[] kernelCounts = [];
    private double[] weightCounts = [];

    public PositionFit(int delays, int first, int second) => (this.delays, this.first, this.second) = (delays, first, second);

    /// <summary>Log-likelihood of the last iteration [bit a path].</summary>
    public double BitsPerPath { get; private set; }

    public PositionTables Run(IReadOnlyList<IReadOnlyList<CodedPath>> reports)
    {
        var tables = Start();
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Clear();
            var model = new PositionModel(tables, tables.BuildKernels());
            var (bits, count) = (0.0, 0);
            foreach (var report in reports)
            {
                model.Clear();
                foreach (var path in report)
                {
                    bits += Expect(model, report, path);
                    count++;
                    model.Add(path);
                }
            }
            BitsPerPath = bits / Math.Max(count, 1);
            tables = Maximise();
        }
        return tables;
    }

    private void Clear()
    {
        delayCounts = new double[2 * delays * PositionTables.PiecesPerTap];
        firstCounts = new double[2 * delays * first];
        secondCounts = new double[2 * second];
        kernelCounts = new double[3 * PositionTables.Kernels * OffsetKernel.Pieces];
        weightCounts = new double[PositionTables.Orders * Stride];
    }

    private double Expect(PositionModel model, IReadOnlyList<CodedPath> report, CodedPath path)
    {
        double[] shares = [.. model.Terms(path.Resolution, path.Delay, path.First, path.Second)];
        var sum = 0.0;
        foreach (var share in shares)
            sum += share;
        if (sum <= 0)
            return 40;
        var later = model.Count == 0 ? 0 : 1;
        var order = Math.Min(model.Count, PositionTables.Orders - 1);
        var width = Math.ScaleB(1, -path.Resolution);
        for (var term = 0; term < shares.Length; term++)
        {
            var share = shares[term] / sum;
            if (share < 1e-4)
                continue;
            if (term == 0)
            {
                weightCounts[order * Stride] += share;
                var count = delays * PositionTables.PiecesPerTap;
                var place = (path.Delay + 0.5) * width * PositionTables.PiecesPerTap;
                var spread = width * PositionTables.PiecesPerTap;
                for (var piece = (int)(place - spread / 2); piece < Math.Max(place + spread / 2, (int)(place - spread / 2) + 1) && piece < count; piece++)
                    delayCounts[later * count + piece] += share / Math.Max(spread, 1);
                firstCounts[(later * delays + (path.Delay >> path.Resolution)) * first + (path.First >> path.Resolution)] += share;
                secondCounts[later * second + (path.Second >> path.Resolution)] += share;
                continue;
            }
            var kernel = (term - 1) % PositionTables.Kernels;
            var other = report[(term - 1) / PositionTables.Kernels];
            weightCounts[order * Stride + 1 + kernel] += share;
            Spread(kernel, 0, path.Delay * width - 0.5 - CodedPath.Middle(other.Delay, other.Resolution), width, share, 0);
            Spread(kernel, 1, path.First * width - 0.5 - CodedPath.Middle(other.First, other.Resolution), width, share, first);
            if (second > 1)
                Spread(kernel, 2, path.Second * width - 0.5 - CodedPath.Middle(other.Second, other.Resolution), width, share, second);
        }
        return -Math.Log2(sum);
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
        var place = (axis * PositionTables.Kernels + kernel) * OffsetKernel.Pieces;
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
        var delayMasses = new float[2 * count];
        var firstMasses = new float[2 * delays * first];
        var secondMasses = new float[2 * second];
        for (var later = 0; later < 2; later++)
        {
            Normalise(delayCounts.AsSpan(later * count, count), delayMasses.AsSpan(later * count, count), 0.02);
            Normalise(secondCounts.AsSpan(later * second, second), secondMasses.AsSpan(later * second, second), 1);
            // Angles of a row lean on those of all rows by as much as 20 paths would.
            var all = new double[first];
            for (var i = 0; i < delays * first; i++)
                all[i % first] += firstCounts[later * delays * first + i];
            var allMasses = new float[first];
            Normalise(all, allMasses, 1);
            for (var row = 0; row < delays; row++)
            {
                var place = (later * delays + row) * first;
                for (var m = 0; m < first; m++)
                    firstCounts[place + m] += 40 * allMasses[m];
                Normalise(firstCounts.AsSpan(place, first), firstMasses.AsSpan(place, first), 0);
            }
        }
        var kernelMasses = new float[kernelCounts.Length];
        for (var i = 0; i < kernelCounts.Length; i += OffsetKernel.Pieces)
            Normalise(kernelCounts.AsSpan(i, OffsetKernel.Pieces), kernelMasses.AsSpan(i, OffsetKernel.Pieces), 0.2);
        var weights = new float[weightCounts.Length];
        for (var i = 0; i < weights.Length; i += Stride)
            Normalise(weightCounts.AsSpan(i, Stride), weights.AsSpan(i, Stride), 1);
        return new PositionTables(delayMasses, firstMasses, secondMasses, kernelMasses, weights);
    }

    // Kernels begin at different widths in delay and angle, from which expectation maximisation finds what is there.
    private PositionTables Start()
    {
        Clear();
        Array.Fill(delayCounts, 1);
        Array.Fill(firstCounts, 1);
        Array.Fill(secondCounts, 1);
        Array.Fill(weightCounts, 1);
        double[][] widths = [[0.1, 2], [0.1, 64], [1, 2], [64, 2]];
        for (var kernel = 0; kernel < PositionTables.Kernels; kernel++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                for (var piece = 0; piece < OffsetKernel.Pieces; piece++)
                {
                    var (lower, upper) = (OffsetKernel.Edge(piece), OffsetKernel.Edge(piece + 1));
                    var middle = Math.Abs(lower + upper) / 2;
                    kernelCounts[(axis * PositionTables.Kernels + kernel) * OffsetKernel.Pieces + piece] =
                        1000 * (upper - lower) / (1 + Math.Pow(middle / widths[kernel][Math.Min(axis, 1)], 3));
                }
            }
        }
        return Maximise();
    }

    private static void Normalise(ReadOnlySpan<double> counts, Span<float> masses, double floor)
    {
        var sum = 0.0;
        foreach (var count in counts)
            sum += count + floor;
        for (var i = 0; i < masses.Length; i++)
            masses[i] = (float)((counts[i] + floor) / sum);
    }
}

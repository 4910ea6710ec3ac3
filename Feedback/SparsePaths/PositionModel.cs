namespace Feedback.SparsePaths;

/// <summary>Probabilities of the delay and direction of the next path given the earlier ones; float64 in the order of the text, then integers.</summary>
/// <remarks>
/// A mixture: a learned density, and learned offsets about each earlier path in a few kernels. Coordinates are coded one after the other, a bin first
/// and then halves of halves; each coordinate multiplies the weight of every term of the mixture by the mass it has where the path lies.
/// </remarks>
internal sealed class PositionModel
{
    private const uint Total = 1 << 16;
    private const double Negligible = 1e-6;
    private readonly PositionTables tables;
    private readonly OffsetKernel[] kernels;
    private readonly double[][] delayBelow;
    private readonly double[] weights = new double[1 + PositionTables.Kernels * PathModel.MostPaths];
    private readonly List<double[]> paths = [];
    private int terms;

    public PositionModel(PositionTables tables, OffsetKernel[] kernels)
    {
        this.tables = tables;
        this.kernels = kernels;
        delayBelow = [Cumulate(0), Cumulate(1)];
    }

    /// <summary>Number of earlier paths.</summary>
    public int Count => paths.Count;

    /// <summary>Forgets all paths.</summary>
    public void Clear() => paths.Clear();

    /// <summary>Adds an earlier path.</summary>
    public void Add(CodedPath path) => paths.Add([
        CodedPath.Middle(path.Delay, path.Resolution), CodedPath.Middle(path.First, path.Resolution), CodedPath.Middle(path.Second, path.Resolution)]);

    /// <summary>Passes the cells of a path.</summary>
    public (int Delay, int First, int Second) Pass(SymbolPort port, int resolution, int delay, int first, int second)
    {
        Start();
        delay = PassCoordinate(port, 0, tables.Delays, resolution, delay, 0);
        first = PassCoordinate(port, 1, tables.First, resolution, first, delay >> resolution);
        second = tables.Second > 1 ? PassCoordinate(port, 2, tables.Second, resolution, second, 0) : 0;
        return (delay, first, second);
    }

    /// <summary>Multiplies the weights of all terms by their masses where a path lies, and gives them: for fitting.</summary>
    public ReadOnlySpan<double> Terms(int resolution, int delay, int first, int second)
    {
        Start();
        var width = Math.ScaleB(1, -resolution);
        Weigh(0, width * delay - 0.5, width, 0);
        Weigh(1, width * first - 0.5, width, delay >> resolution);
        if (tables.Second > 1)
            Weigh(2, width * second - 0.5, width, 0);
        return weights.AsSpan(0, terms);
    }

    private void Start()
    {
        const int stride = 1 + PositionTables.Kernels;
        var set = tables.MixtureWeights.AsSpan(Math.Min(Count, PositionTables.Orders - 1) * stride, stride);
        weights[0] = Count == 0 ? 1 : set[0];
        terms = 1;
        for (var k = 0; k < Count && terms < weights.Length; k++)
        {
            for (var kernel = 0; kernel < PositionTables.Kernels; kernel++)
                weights[terms++] = set[1 + kernel] / (double)Count;
        }
    }

    private int PassCoordinate(SymbolPort port, int axis, int bins, int resolution, int cell, int row)
    {
        Span<double> masses = stackalloc double[bins];
        Span<uint> frequencies = stackalloc uint[Math.Max(bins, 2)];
        masses.Clear();
        Forget();
        for (var bin = 0; bin < bins; bin++)
            masses[bin] += weights[0] * Mass(0, axis, bin - 0.5, 1, row);
        for (var term = 1; term < terms; term++)
        {
            if (weights[term] > 0)
                AddBins(term, axis, masses);
        }
        Quantize(masses, frequencies);
        var found = port.Pass(frequencies[..bins], cell >> resolution);
        var width = 1.0;
        var lower = found - 0.5;
        for (var level = resolution - 1; level >= 0; level--)
        {
            width /= 2;
            masses[..2].Clear();
            for (var term = 0; term < terms; term++)
            {
                if (weights[term] == 0)
                    continue;
                masses[0] += weights[term] * Mass(term, axis, lower, width, row);
                masses[1] += weights[term] * Mass(term, axis, lower + width, width, row);
            }
            Quantize(masses[..2], frequencies);
            var half = port.Pass(frequencies[..2], cell >> level & 1);
            found = 2 * found + half;
            lower += half * width;
        }
        if (axis == 0 || (axis == 1 && tables.Second > 1))
            Weigh(axis, lower, width, row);
        return found;
    }

    // Terms that no longer matter cost no more time.
    private void Forget()
    {
        var most = 0.0;
        for (var term = 0; term < terms; term++)
            most = Math.Max(most, weights[term]);
        for (var term = 1; term < terms; term++)
            weights[term] = weights[term] < Negligible * most ? 0 : weights[term];
    }

    // Bins half a turn or more away lie on the other side.
    private void AddBins(int term, int axis, Span<double> masses)
    {
        var kernel = kernels[axis * PositionTables.Kernels + (term - 1) % PositionTables.Kernels];
        var lower = -0.5 - paths[(term - 1) / PositionTables.Kernels][axis];
        if (axis == 0)
        {
            kernel.AddBins(lower, weights[term], masses);
            return;
        }
        var half = 0.5 * masses.Length;
        var low = Math.Clamp((int)Math.Ceiling(-half - lower), 0, masses.Length);
        var high = Math.Clamp((int)Math.Ceiling(half - lower), 0, masses.Length);
        kernel.AddBins(lower + masses.Length, weights[term], masses[..low]);
        kernel.AddBins(lower + low, weights[term], masses[low..high]);
        kernel.AddBins(lower + high - masses.Length, weights[term], masses[high..]);
    }

    private void Weigh(int axis, double lower, double width, int row)
    {
        for (var term = 0; term < terms; term++)
            weights[term] *= Mass(term, axis, lower, width, row);
    }

    // Cells lie within one bin, and pieces of the densities of angle are bins.
    private double Mass(int term, int axis, double lower, double width, int row)
    {
        var later = Count == 0 ? 0 : 1;
        if (term == 0)
        {
            return axis switch
            {
                0 => Below(delayBelow[later], lower + width) - Below(delayBelow[later], lower),
                1 => tables.FirstMasses[(later * tables.Delays + row) * tables.First + (int)(lower + 0.5)] * width,
                _ => tables.SecondMasses[later * tables.Second + (int)(lower + 0.5)] * width,
            };
        }
        var path = paths[(term - 1) / PositionTables.Kernels];
        var offset = lower - path[axis];
        if (axis > 0)
        {
            var bins = axis == 1 ? tables.First : tables.Second;
            if (offset < -0.5 * bins)
                offset += bins;
            else if (offset >= 0.5 * bins)
                offset -= bins;
        }
        return kernels[axis * PositionTables.Kernels + (term - 1) % PositionTables.Kernels].Mass(offset, offset + width);
    }

    private double[] Cumulate(int later)
    {
        var count = tables.Delays * PositionTables.PiecesPerTap;
        var below = new double[count + 1];
        for (var piece = 0; piece < count; piece++)
            below[piece + 1] = below[piece] + tables.DelayMasses[later * count + piece];
        return below;
    }

    private static double Below(double[] below, double delay)
    {
        var place = Math.Clamp((delay + 0.5) * PositionTables.PiecesPerTap, 0, below.Length - 1);
        var index = Math.Min((int)place, below.Length - 2);
        return below[index] + (place - index) * (below[index + 1] - below[index]);
    }

    private static void Quantize(ReadOnlySpan<double> masses, Span<uint> frequencies)
    {
        var sum = 0.0;
        foreach (var mass in masses)
            sum += mass;
        var scale = sum > 0 ? (Total - masses.Length) / sum : 0;
        for (var i = 0; i < masses.Length; i++)
            frequencies[i] = 1 + (uint)(masses[i] * scale);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using Feedback.Coding;

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
    private const int Kernels = PositionTables.Kernels;
    private readonly PositionTables tables;
    private readonly OffsetKernel[] kernels;
    private readonly int[] bins;
    private readonly double[] sums;
    private readonly List<float[]> masses = [];
    private readonly List<EarlierPath> paths = [];
    private readonly MixtureTerm[] terms = new MixtureTerm[1 + Kernels * PathModel.MostPaths];
    private int count;

    public PositionModel(PositionTables tables, OffsetKernel[] kernels)
    {
        (this.tables, this.kernels) = (tables, kernels);
        bins = [tables.Delays, tables.First, tables.Second];
        sums = new double[Kernels * tables.Delays];
    }

    /// <summary>Number of earlier paths.</summary>
    public int Count => paths.Count;

    private int Later => Count == 0 ? 0 : 1;

    /// <summary>Forgets all paths.</summary>
    public void Clear()
    {
        paths.Clear();
        masses.Clear();
        Array.Clear(sums);
    }

    /// <summary>Adds an earlier path.</summary>
    public void Add(CodedPath path)
    {
        var earlier = new EarlierPath(path);
        masses.Add(new float[Kernels * (tables.Second > 1 ? tables.First + tables.Second : tables.First)]);
        Span<float> row = stackalloc float[tables.Delays];
        for (var kernel = 0; kernel < Kernels; kernel++)
        {
            earlier.Fill(0, kernels[kernel], row);
            AddScaled(sums.AsSpan(kernel * row.Length, row.Length), row, 1);
            earlier.Fill(1, kernels[Kernels + kernel], Directions(Count, 1, kernel));
            if (tables.Second > 1)
                earlier.Fill(2, kernels[2 * Kernels + kernel], Directions(Count, 2, kernel));
        }
        paths.Add(earlier);
    }

    /// <summary>Passes the cells of a path.</summary>
    public (int Delay, int First, int Second) Pass(SymbolPort port, int resolution, int delay, int first, int second)
    {
        Start();
        delay = PassCoordinate(port, 0, resolution, delay, 0);
        first = PassCoordinate(port, 1, resolution, first, delay >> resolution);
        second = tables.Second > 1 ? PassCoordinate(port, 2, resolution, second, 0) : 0;
        return (delay, first, second);
    }

    /// <summary>The probability of each term of the mixture times the mass it has where a path lies: for fitting.</summary>
    public IEnumerable<double> Terms(int resolution, int delay, int first, int second)
    {
        Start();
        var width = Math.ScaleB(1, -resolution);
        Weigh(0, delay >> resolution, 0, width * delay, width);
        Weigh(1, first >> resolution, delay >> resolution, width * first, width);
        if (tables.Second > 1)
            Weigh(2, second >> resolution, 0, width * second, width);
        return terms.Take(count).Select(term => term.Weight);
    }

    private void Start()
    {
        var set = tables.MixtureWeights.AsSpan(Math.Min(Count, PositionTables.Orders - 1) * (1 + Kernels), 1 + Kernels);
        terms[0] = new MixtureTerm { Path = -1, Weight = Count == 0 ? 1 : set[0] };
        count = 1 + Kernels * Count;
        for (var term = 1; term < count; term++)
            terms[term] = new MixtureTerm { Path = (term - 1) / Kernels, Kernel = (term - 1) % Kernels, Weight = set[1 + (term - 1) % Kernels] / (double)Count };
    }

    private int PassCoordinate(SymbolPort port, int axis, int resolution, int cell, int row)
    {
        Span<double> mixture = stackalloc double[bins[axis]];
        Span<uint> frequencies = stackalloc uint[Math.Max(bins[axis], 2)];
        Mix(axis, row, mixture);
        Quantize(mixture, frequencies);
        var bin = port.Pass(frequencies[..bins[axis]], cell >> resolution);
        Enter(axis, bin, row);
        var (found, width, within) = (bin, 1.0, 0.0);
        for (var level = resolution - 1; level >= 0; level--)
        {
            width /= 2;
            var (lower, upper) = (0.0, 0.0);
            foreach (ref var term in terms.AsSpan(0, count))
            {
                term.Middle = Below(term, axis, bin, row, within + width);
                lower += term.Weight * (term.Middle - term.Below);
                upper += term.Weight * (term.Mass - (term.Middle - term.Below));
            }
            mixture[0] = lower;
            mixture[1] = upper;
            Quantize(mixture[..2], frequencies);
            var half = port.Pass(frequencies[..2], cell >> level & 1);
            (found, within) = (2 * found + half, within + half * width);
            foreach (ref var term in terms.AsSpan(0, count))
            {
                var mass = term.Middle - term.Below;
                (term.Below, term.Mass) = half == 0 ? (term.Below, mass) : (term.Middle, term.Mass - mass);
            }
        }
        foreach (ref var term in terms.AsSpan(0, count))
            term.Weight *= term.Mass;
        return found;
    }

    // Before the delay is known all earlier paths weigh the same, so that the sums of what they say are enough.
    private void Mix(int axis, int row, Span<double> mixture)
    {
        for (var bin = 0; bin < mixture.Length; bin++)
            mixture[bin] = terms[0].Weight * Density(axis, bin, row);
        if (axis > 0)
        {
            foreach (ref readonly var term in terms.AsSpan(1, count - 1))
                AddScaled(mixture, Directions(term.Path, axis, term.Kernel), term.Weight);
            return;
        }
        for (var kernel = 0; kernel < Kernels && Count > 0; kernel++)
            AddSums(mixture, sums.AsSpan(kernel * mixture.Length, mixture.Length), terms[1 + kernel].Weight);
    }

    // Terms that do not matter in a bin, beside the one that matters most, cost no time any more.
    private void Enter(int axis, int bin, int row)
    {
        var most = 0.0;
        foreach (ref var term in terms.AsSpan(0, count))
        {
            term.Offset = term.Path < 0 ? 0 : paths[term.Path].Offset(axis, bins[axis], bin);
            term.Below = Below(term, axis, bin, row, 0);
            term.Mass = Below(term, axis, bin, row, 1) - term.Below;
            most = Math.Max(most, term.Weight * term.Mass);
        }
        var kept = 1;
        for (var i = 1; i < count; i++)
        {
            if (terms[i].Weight * terms[i].Mass >= Negligible * most)
                terms[kept++] = terms[i];
        }
        count = kept;
    }

    private void Weigh(int axis, int bin, int row, double cell, double width)
    {
        foreach (ref var term in terms.AsSpan(0, count))
        {
            term.Offset = term.Path < 0 ? 0 : paths[term.Path].Offset(axis, bins[axis], bin);
            term.Weight *= Below(term, axis, bin, row, cell - bin + width) - Below(term, axis, bin, row, cell - bin);
        }
    }

    // Pieces of the densities of angle are bins.
    private double Below(in MixtureTerm term, int axis, int bin, int row, double within) =>
        term.Path >= 0 ? kernels[axis * Kernels + term.Kernel].Below(term.Offset + within)
        : axis == 0 ? BelowDelay(bin + within)
        : within * Density(axis, bin, row);

    private double Density(int axis, int bin, int row) => axis switch
    {
        0 => BelowDelay(bin + 1) - BelowDelay(bin),
        1 => tables.FirstMasses[(Later * tables.Delays + row) * tables.First + bin],
        _ => tables.SecondMasses[Later * tables.Second + bin],
    };

    private double BelowDelay(double place)
    {
        var table = tables.DelaysBelow[Later];
        place = Math.Clamp(place * PositionTables.PiecesPerTap, 0, table.Length - 1);
        var index = Math.Min((int)place, table.Length - 2);
        return table[index] + (place - index) * (table[index + 1] - table[index]);
    }

    // Probabilities of the bins of a direction: kept, since every later path weighs them anew.
    private Span<float> Directions(int path, int axis, int kernel) =>
        masses[path].AsSpan(axis == 1 ? kernel * tables.First : Kernels * tables.First + kernel * tables.Second, bins[axis]);

    // Element by element, so that no sum depends on how wide the machine computes.
    private static void AddScaled(Span<double> target, ReadOnlySpan<float> source, double scale)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(target);
        var y = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < y.Length; i++)
        {
            Vector.Widen(y[i], out var lower, out var upper);
            x[2 * i] += lower * scale;
            x[2 * i + 1] += upper * scale;
        }
        for (var i = y.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += source[i] * scale;
    }

    private static void AddSums(Span<double> target, ReadOnlySpan<double> source, double scale)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += source[i] * scale;
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

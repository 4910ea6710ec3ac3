using System.Numerics;
using System.Runtime.InteropServices;
using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Probabilities of the delay and direction of the next path given the earlier ones; float64 in the order of the text, then integers.</summary>
/// <remarks>
/// Serves one report at a time, and keeps its room for the next. A mixture: learned densities, and learned offsets about each earlier path in a few kernels. Coordinates are coded one after the other, a bin first
/// and then halves of halves; each coordinate multiplies the weight of every term of the mixture by the mass it has where the path lies.
/// </remarks>
internal sealed class PositionModel
{
    private const uint Total = 1 << 16;
    private const double Negligible = 1e-6;
    private const double Least = 1e-12;
    private readonly PositionTables tables;
    private readonly OffsetKernel[] kernels;
    private readonly int[] bins;
    private readonly int densityCount;
    private readonly int kernelCount;
    // One for each path of the longest report so far.
    private readonly List<float[]> masses = [];
    private readonly List<EarlierPath> places = [];
    private readonly List<CodedPath> paths = [];
    private readonly MixtureTerm[] terms;
    private readonly double[] shares;
    private int count;

    public PositionModel(PositionTables tables, OffsetKernel[] kernels)
    {
        (this.tables, this.kernels) = (tables, kernels);
        (densityCount, kernelCount) = (tables.Densities, tables.Kernels);
        bins = [tables.Delays, tables.First, tables.Second];
        terms = new MixtureTerm[densityCount + kernelCount * PathModel.MostPaths];
        shares = new double[terms.Length];
    }

    /// <summary>Whether the array has a second axis.</summary>
    public bool IsPanel => tables.Second > 1;

    /// <summary>The earlier paths.</summary>
    public IReadOnlyList<CodedPath> Paths => paths;

    /// <summary>Forgets all paths.</summary>
    public void Clear()
    {
        paths.Clear();
        places.Clear();
    }

    /// <summary>Adds an earlier path.</summary>
    public void Add(CodedPath path)
    {
        var earlier = new EarlierPath(path);
        if (masses.Count == paths.Count)
            masses.Add(new float[kernelCount * (tables.Delays + tables.First + (tables.Second > 1 ? tables.Second : 0))]);
        for (var kernel = 0; kernel < kernelCount; kernel++)
        {
            for (var axis = 0; axis < (tables.Second > 1 ? 3 : 2); axis++)
                earlier.Fill(axis, kernels[axis * kernelCount + kernel], Masses(paths.Count, axis, kernel));
        }
        paths.Add(path);
        places.Add(earlier);
    }

    /// <summary>Passes the cells of a path.</summary>
    public (int Delay, int First, int Second) Pass(SymbolPort port, IMixtureWeights weights, int bucket, int delay, int first, int second)
    {
        var resolution = Magnitude.Resolution(bucket);
        Expect(weights, bucket);
        delay = PassCoordinate(port, 0, resolution, delay, 0);
        first = PassCoordinate(port, 1, resolution, first, delay >> resolution);
        second = tables.Second > 1 ? PassCoordinate(port, 2, resolution, second, 0) : 0;
        return (delay, first, second);
    }

    /// <summary>Prepares for a path of a magnitude.</summary>
    public void Expect(IMixtureWeights weights, int bucket)
    {
        count = densityCount + kernelCount * paths.Count;
        weights.Weigh(paths, bucket, shares.AsSpan(0, count));
        for (var term = 0; term < count; term++)
        {
            var (path, kernel) = term < densityCount ? (-1, term) : ((term - densityCount) / kernelCount, (term - densityCount) % kernelCount);
            terms[term] = new MixtureTerm { Path = path, Kernel = kernel, Weight = shares[term] };
        }
    }

    /// <summary>What the cells of a path of the magnitude expected would cost [bit].</summary>
    public double Bits(CodedPath path) => -Math.Log2(Math.Max(shares.Take(Terms(path, shares)).Sum(), Least));

    /// <summary>The probability of each term of the mixture times the mass it has where a path of the magnitude expected lies.</summary>
    /// <param name="path">The path.</param>
    /// <param name="products">Receives them, densities first, then the kernels about each earlier path.</param>
    /// <returns>Number of terms.</returns>
    public int Terms(CodedPath path, Span<double> products)
    {
        for (var term = 0; term < count; term++)
            products[term] = Product(terms[term], path);
        return count;
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

    private void Mix(int axis, int row, Span<double> mixture)
    {
        mixture.Clear();
        foreach (ref readonly var term in terms.AsSpan(0, count))
        {
            if (term.Path >= 0)
                AddScaled(mixture, Masses(term.Path, axis, term.Kernel), term.Weight);
            else
                AddDensity(mixture, axis, row, term);
        }
    }

    private void AddDensity(Span<double> mixture, int axis, int row, in MixtureTerm term)
    {
        if (term.Weight == 0)
            return;
        for (var bin = 0; bin < mixture.Length; bin++)
            mixture[bin] += term.Weight * Density(term.Kernel, axis, bin, row);
    }

    // Terms that do not matter in a bin, beside the one that matters most, cost no time any more.
    private void Enter(int axis, int bin, int row)
    {
        var most = 0.0;
        foreach (ref var term in terms.AsSpan(0, count))
        {
            term.Offset = term.Path < 0 ? 0 : places[term.Path].Offset(axis, bins[axis], bin);
            term.Below = Below(term, axis, bin, row, 0);
            term.Mass = Below(term, axis, bin, row, 1) - term.Below;
            most = Math.Max(most, term.Weight * term.Mass);
        }
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (terms[i].Weight * terms[i].Mass >= Negligible * most)
                terms[kept++] = terms[i];
        }
        count = kept;
    }

    private double Product(MixtureTerm term, CodedPath path)
    {
        var row = path.Delay >> path.Resolution;
        var product = term.Weight * Mass(term, 0, path.Delay, path.Resolution, 0);
        product *= Mass(term, 1, path.First, path.Resolution, row);
        return tables.Second > 1 ? product * Mass(term, 2, path.Second, path.Resolution, 0) : product;
    }

    private double Mass(MixtureTerm term, int axis, int cell, int resolution, int row)
    {
        var (bin, width) = (cell >> resolution, Math.ScaleB(1, -resolution));
        var within = width * cell - bin;
        term.Offset = term.Path < 0 ? 0 : places[term.Path].Offset(axis, bins[axis], bin);
        return Below(term, axis, bin, row, within + width) - Below(term, axis, bin, row, within);
    }

    // Pieces of the densities of angle are bins.
    private double Below(in MixtureTerm term, int axis, int bin, int row, double within) =>
        term.Path >= 0 ? kernels[axis * kernelCount + term.Kernel].Below(term.Offset + within)
        : axis == 0 ? BelowDelay(term.Kernel, bin + within)
        : within * Density(term.Kernel, axis, bin, row);

    private double Density(int density, int axis, int bin, int row) => axis switch
    {
        0 => BelowDelay(density, bin + 1) - BelowDelay(density, bin),
        1 => tables.FirstMasses[(density * tables.Delays + row) * tables.First + bin],
        _ => tables.SecondMasses[density * tables.Second + bin],
    };

    private double BelowDelay(int density, double place)
    {
        var table = tables.DelaysBelow[density];
        place = Math.Clamp(place * PositionTables.PiecesPerTap, 0, table.Length - 1);
        var index = Math.Min((int)place, table.Length - 2);
        return table[index] + (place - index) * (table[index + 1] - table[index]);
    }

    // Probabilities of the bins of a coordinate: kept, since every later path weighs them anew.
    private Span<float> Masses(int path, int axis, int kernel)
    {
        var before = axis switch { 0 => 0, 1 => tables.Delays, _ => tables.Delays + tables.First };
        return masses[path].AsSpan(kernelCount * before + kernel * bins[axis], bins[axis]);
    }

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

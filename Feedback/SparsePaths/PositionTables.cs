using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>What is learned about where paths lie: densities for the first path and for later ones, and offsets from earlier paths.</summary>
/// <param name="DelayMasses">Delays of the first path and of later ones, [2][D·pieces].</param>
/// <param name="FirstMasses">Directions along the first axis, [2][D][N1].</param>
/// <param name="SecondMasses">Directions along the second axis, [2][N2].</param>
/// <param name="KernelMasses">Offsets, [delay, first, second][kernel][piece].</param>
/// <param name="MixtureWeights">Weights of the density and of each kernel, [order][1 + kernels].</param>
internal sealed record PositionTables(float[] DelayMasses, float[] FirstMasses, float[] SecondMasses, float[] KernelMasses, float[] MixtureWeights)
{
    /// <summary>Pieces of a tap in which the density of delays is constant.</summary>
    public const int PiecesPerTap = 8;

    /// <summary>Number of kernels of offsets.</summary>
    public const int Kernels = 4;

    /// <summary>Number of sets of weights, by the number of earlier paths.</summary>
    public const int Orders = 12;

    private const string DelaysKey = "sparse-paths.delays";
    private const string FirstKey = "sparse-paths.directions";
    private const string SecondKey = "sparse-paths.second-directions";
    private const string KernelsKey = "sparse-paths.kernels";
    private const string WeightsKey = "sparse-paths.weights";

    /// <summary>D.</summary>
    public int Delays => DelayMasses.Length / 2 / PiecesPerTap;

    /// <summary>N1.</summary>
    public int First => FirstMasses.Length / 2 / Delays;

    /// <summary>N2.</summary>
    public int Second => SecondMasses.Length / 2;

    /// <summary>Probability of all delays below the lower edge of each piece, of the first path and of later ones.</summary>
    public IReadOnlyList<double[]> DelaysBelow { get; } = [Cumulate(DelayMasses, later: 0), Cumulate(DelayMasses, later: 1)];

    /// <summary>Takes the tables out of a model.</summary>
    public static PositionTables Of(FittedTables model) => new(
        model.Reals(DelaysKey), model.Reals(FirstKey), model.Reals(SecondKey), model.Reals(KernelsKey), model.Reals(WeightsKey));

    /// <summary>Adds the tables to a model.</summary>
    public FittedTables AddTo(FittedTables model) => model
        .With(DelaysKey, DelayMasses, 2, Delays, PiecesPerTap)
        .With(FirstKey, FirstMasses, 2, Delays, First)
        .With(SecondKey, SecondMasses, 2, Second)
        .With(KernelsKey, KernelMasses, 3, Kernels, OffsetKernel.Pieces)
        .With(WeightsKey, MixtureWeights, Orders, 1 + Kernels);

    /// <summary>The kernels, those of the delay first.</summary>
    public OffsetKernel[] BuildKernels() =>
        [.. Enumerable.Range(0, 3 * Kernels).Select(i => new OffsetKernel(KernelMasses.AsSpan(i * OffsetKernel.Pieces, OffsetKernel.Pieces)))];

    private static double[] Cumulate(float[] masses, int later)
    {
        var below = new double[masses.Length / 2 + 1];
        for (var piece = 0; piece < masses.Length / 2; piece++)
            below[piece + 1] = below[piece] + masses[later * (masses.Length / 2) + piece];
        return below;
    }
}

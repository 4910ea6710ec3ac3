using Feedback.Fitting;

namespace Feedback.SparsePaths;

/// <summary>What is learned about where paths lie: densities of a place, and offsets from earlier paths.</summary>
/// <param name="DelayMasses">Delays, [density][D·pieces].</param>
/// <param name="FirstMasses">Directions along the first axis, [density][D][N1].</param>
/// <param name="SecondMasses">Directions along the second axis, [density][N2].</param>
/// <param name="KernelMasses">Offsets, [delay, first, second][kernel][piece].</param>
/// <param name="Delays">D.</param>
/// <param name="First">N1.</param>
/// <param name="Second">N2.</param>
internal sealed record PositionTables(float[] DelayMasses, float[] FirstMasses, float[] SecondMasses, float[] KernelMasses, int Delays, int First, int Second)
{
    /// <summary>Pieces of a tap in which the density of delays is constant.</summary>
    public const int PiecesPerTap = 8;

    private const string DelaysKey = "sparse-paths.delays";
    private const string FirstKey = "sparse-paths.directions";
    private const string SecondKey = "sparse-paths.second-directions";
    private const string KernelsKey = "sparse-paths.kernels";

    /// <summary>Number of densities of a place.</summary>
    public int Densities => SecondMasses.Length / Second;

    /// <summary>Number of kernels of offsets.</summary>
    public int Kernels => KernelMasses.Length / (3 * OffsetKernel.Pieces);

    /// <summary>Probability of all delays below the lower edge of each piece, [density].</summary>
    public IReadOnlyList<double[]> DelaysBelow { get; } = [.. DelayMasses.Chunk(Delays * PiecesPerTap).Select(Cumulate)];

    /// <summary>Takes the tables out of a model.</summary>
    public static PositionTables Of(FittedTables model)
    {
        var (delays, second) = (model.Shape(FirstKey), model.Shape(SecondKey));
        return new(model.Reals(DelaysKey), model.Reals(FirstKey), model.Reals(SecondKey), model.Reals(KernelsKey), (int)delays[1], (int)delays[2], (int)second[1]);
    }

    /// <summary>Adds the tables to a model.</summary>
    public FittedTables AddTo(FittedTables model) => model
        .With(DelaysKey, DelayMasses, Densities, Delays, PiecesPerTap)
        .With(FirstKey, FirstMasses, Densities, Delays, First)
        .With(SecondKey, SecondMasses, Densities, Second)
        .With(KernelsKey, KernelMasses, 3, Kernels, OffsetKernel.Pieces);

    /// <summary>The kernels, those of the delay first.</summary>
    public OffsetKernel[] BuildKernels() =>
        [.. Enumerable.Range(0, 3 * Kernels).Select(i => new OffsetKernel(KernelMasses.AsSpan(i * OffsetKernel.Pieces, OffsetKernel.Pieces)))];

    private static double[] Cumulate(float[] masses)
    {
        var below = new double[masses.Length + 1];
        for (var piece = 0; piece < masses.Length; piece++)
            below[piece + 1] = below[piece] + masses[piece];
        return below;
    }
}

using Feedback.Coding;
using Feedback.Context;
using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.SparsePaths;

/// <summary>What paths leave of a crop, coded by context behind them: for diffuse energy and element errors, which are no paths.</summary>
/// <remarks>
/// <code>
/// … last path, end │ whether a residual follows │ every value of the crop as by the scheme context-transform, Δ that of the paths
/// </code>
/// </remarks>
internal sealed class PathResidual
{
    private const string PresentKey = "sparse-paths.residual";
    private readonly FrequencyTable[] present;
    private readonly ContextCodec codec;

    private PathResidual(FittedTables model, CsiDimensions dimensions)
    {
        present = [.. model.Integers(PresentKey).Chunk(2).Select(row => new FrequencyTable(row))];
        codec = new ContextCodec(model, dimensions, PathEncoder.Slope);
    }

    /// <summary>What crops of energy 1 are multiplied by, so that Δ is that of the codec.</summary>
    public static double Unit { get; } = DeadZone.Width(0) / SparsePathsTables.Width(0);

    /// <summary>Takes it out of a model; null where the model has none and reports end with their paths.</summary>
    public static PathResidual? Of(FittedTables model, CsiDimensions dimensions) => model.Has(PresentKey) ? new PathResidual(model, dimensions) : null;

    /// <summary>Learns.</summary>
    /// <param name="model">The tables of the paths, to which those of the residual are added.</param>
    /// <param name="residuals">The residuals that were worth their bits at each step.</param>
    /// <param name="shares">How many of all reports at each step had one.</param>
    /// <param name="drops">What the residuals are of.</param>
    /// <param name="delays">D.</param>
    public static FittedTables Learn(
        FittedTables model, IReadOnlyList<IReadOnlyList<float[]>> residuals, IReadOnlyList<(int Present, int All)> shares, FitDrops drops, int delays)
    {
        int[] frequencies = [.. shares.SelectMany(share => FrequencyTable.FromWeights([share.All - share.Present + 0.5, share.Present + 0.5]) is var table
            ? new[] { (int)table.Of(0), (int)table.Of(1) } : [])];
        return ContextFit.Learn(model.With(PresentKey, frequencies, shares.Count, 2), step => residuals[step], drops, delays);
    }

    /// <summary>Passes whether a residual follows.</summary>
    public bool PassPresent(SymbolPort port, double step, bool isPresent = false) =>
        port.Pass(present[Math.Clamp((int)Math.Floor(step + 0.5), 0, present.Length - 1)], isPresent ? 1 : 0) == 1;

    /// <summary>Codes one.</summary>
    public void Write(ISymbolWriter target, float[] residual, double step) => codec.Write(target, residual, step);

    /// <summary>Codes one as long as it is worth going on.</summary>
    /// <returns>Squared error in units of Δ², how many values are not zero, and whether it went to the end.</returns>
    public (double Error, int Sent, bool IsWhole) Try(ISymbolWriter target, float[] residual, double step, Predicate<double> isEnough) =>
        codec.Code(target, residual, step, isEnough);

    /// <summary>Decodes one.</summary>
    public void Read(ArithmeticDecoder source, Span<float> residual, double step) => codec.Read(source, residual, step);
}

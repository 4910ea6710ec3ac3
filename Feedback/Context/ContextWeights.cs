using Feedback.Fitting;
using Feedback.Transform;
using Simulator;

namespace Feedback.Context;

/// <summary>The integers by which the bins coded before one say what to expect of it, at one whole step.</summary>
/// <param name="Features">Of each feature, for real and for imaginary parts, in 2^-12.</param>
/// <param name="Signed">Of each neighbour's own part, in 2^-12.</param>
/// <param name="Priors">Of each bin without its neighbours, expected magnitude of real and imaginary parts in 2^-16 levels.</param>
internal sealed record ContextWeights(int[][] Features, int[] Signed, int[][] Priors)
{
    /// <summary>One, in weights.</summary>
    public const int One = 1 << 12;

    /// <summary>Expected magnitudes are in units of 1/Level.</summary>
    public const int Level = 1 << 16;

    private const string FeaturesKey = "context.weights";
    private const string SignedKey = "context.signed";
    private const string PriorsKey = "context.priors";

    /// <summary>The weights between those of two neighbouring steps, in shares of <see cref="BetweenSteps{T}.Parts"/>.</summary>
    public static ContextWeights Between(ContextWeights coarse, ContextWeights fine, int share)
    {
        return new([.. coarse.Features.Zip(fine.Features, Mixed)], Mixed(coarse.Signed, fine.Signed), [.. coarse.Priors.Zip(fine.Priors, Mixed)]);

        int[] Mixed(int[] left, int[] right) => [.. left.Zip(right, (a, b) => a + (int)((long)(b - a) * share / BetweenSteps<ContextWeights>.Parts))];
    }

    /// <summary>Adds the weights of all steps to a model; priors are those of the first receive antenna.</summary>
    public static FittedTables AddTo(FittedTables model, IReadOnlyList<ContextWeights> steps, CsiDimensions dimensions)
    {
        var (ports, row) = (dimensions.TransmitAntennas, dimensions.TransmitAntennas * dimensions.ReceiveAntennas);
        int[] priors = [.. steps.SelectMany(step => step.Priors).SelectMany(part => part.Chunk(row)).SelectMany(delay => delay.Take(ports))];
        return model
            .With(FeaturesKey, [.. steps.SelectMany(step => step.Features.SelectMany(part => part))], steps.Count, 2, ContextState.Features)
            .With(SignedKey, [.. steps.SelectMany(step => step.Signed)], steps.Count, Neighbourhood.SignedPlaces)
            .With(PriorsKey, priors, steps.Count, 2, priors.Length / (2 * steps.Count));
    }

    /// <summary>Takes the weights of all steps out of a model.</summary>
    public static ContextWeights[] Of(FittedTables model, CsiDimensions dimensions)
    {
        var (features, signed) = (model.Integers(FeaturesKey).Chunk(ContextState.Features).ToArray(), model.Integers(SignedKey).Chunk(Neighbourhood.SignedPlaces).ToArray());
        var priors = model.Integers(PriorsKey).Chunk((int)model.Shape(PriorsKey)[2]).Select(Repeated).ToArray();
        return
        [
            .. Enumerable.Range(0, DeadZone.Steps).Select(step =>
                new ContextWeights(features[(2 * step)..(2 * step + 2)], signed[step], priors[(2 * step)..(2 * step + 2)])),
        ];

        int[] Repeated(int[] first) =>
            [.. first.Chunk(dimensions.TransmitAntennas).SelectMany(delay => Enumerable.Repeat(delay, dimensions.ReceiveAntennas).SelectMany(copy => copy))];
    }
}

using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Probabilities of the magnitude of the next path, or that there is none, and of its components'.</summary>
internal sealed class MagnitudeModel
{
    /// <summary>Number of classes of the number of earlier paths, from one on.</summary>
    public const int Orders = 8;

    /// <summary>Components are up to one bucket above the whole path's and down to 30 below; the last symbol is a component of zero.</summary>
    public const int Differences = 33;

    private readonly FrequencyTable first;
    private readonly FrequencyTable?[] later;
    private readonly FrequencyTable[] components;

    /// <summary>Takes tables: first bucket; later ones [order][bucket before], the bucket before being at least 1; components [bucket].</summary>
    public MagnitudeModel(FrequencyTable first, FrequencyTable?[] later, FrequencyTable[] components) =>
        (this.first, this.later, this.components) = (first, later, components);

    /// <summary>The class of a number of earlier paths.</summary>
    public static int Order(int count) => count switch { <= 4 => count - 1, <= 6 => 4, <= 10 => 5, <= 18 => 6, _ => 7 };

    /// <summary>Passes the bucket of a path, 0 for none.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="count">Number of earlier paths.</param>
    /// <param name="before">Bucket of the last of them.</param>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The bucket.</returns>
    public int Pass(SymbolPort port, int count, int before, int bucket) =>
        port.Pass(count == 0 ? first : later[Order(count) * Magnitude.Buckets + before]!, bucket);

    /// <summary>Passes the ring of a component.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="bucket">Bucket of the path.</param>
    /// <param name="single">Whether it is the only component, and so lies in the bucket.</param>
    /// <param name="ring">The ring.</param>
    /// <returns>The ring.</returns>
    public int PassRing(SymbolPort port, int bucket, bool single, int ring)
    {
        if (!single)
        {
            var difference = port.Pass(components[bucket], Difference(bucket, ring));
            if (difference == Differences - 1)
                return 0;
            bucket = Math.Max(1, bucket + 1 - difference);
        }
        var (lowest, highest) = Magnitude.Rings(bucket);
        return lowest + port.PassUniform(highest - lowest + 1, ring - lowest);
    }

    /// <summary>The symbol of a component's ring.</summary>
    public static int Difference(int bucket, int ring) =>
        ring == 0 ? Differences - 1 : Math.Clamp(bucket + 1 - Magnitude.Bucket(ring), 0, Differences - 2);

    /// <summary>Whether a component is too small beside its path to have a symbol.</summary>
    public static bool IsTooSmall(int bucket, int ring) => ring > 0 && bucket + 1 - Magnitude.Bucket(ring) > Differences - 2;
}

using Feedback.Coding;

namespace Feedback.SparsePaths;

/// <summary>Probabilities of the ring of each component given the magnitude of its path.</summary>
internal sealed class ComponentRings
{
    /// <summary>Components are up to one bucket above the whole path's and down to 30 below; the last symbol is a component of zero.</summary>
    public const int Differences = 33;

    private readonly FrequencyTable[] tables;

    /// <summary>Takes the table of each bucket.</summary>
    public ComponentRings(FrequencyTable[] tables) => this.tables = tables;

    /// <summary>Passes the ring of a component.</summary>
    /// <param name="port">Where to or from.</param>
    /// <param name="bucket">Bucket of the path.</param>
    /// <param name="single">Whether it is the only component, and so lies in the bucket.</param>
    /// <param name="ring">The ring.</param>
    /// <returns>The ring.</returns>
    public int Pass(SymbolPort port, int bucket, bool single, int ring)
    {
        if (!single)
        {
            var difference = port.Pass(tables[bucket], Difference(bucket, ring));
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

namespace Feedback.SparsePaths;

/// <summary>One term of the mixture that says where the next path lies, while one of its coordinates is narrowed down.</summary>
internal struct MixtureTerm
{
    /// <summary>The earlier path that it is about; -1 for a density.</summary>
    public int Path;

    /// <summary>Which kernel of that path, or which density.</summary>
    public int Kernel;

    /// <summary>Its weight.</summary>
    public double Weight;

    /// <summary>Where the lower edge of the bin at hand lies from the path [bins].</summary>
    public double Offset;

    /// <summary>Probability of everything below the interval at hand.</summary>
    public double Below;

    /// <summary>Probability of everything below its middle.</summary>
    public double Middle;

    /// <summary>Probability of the interval.</summary>
    public double Mass;
}

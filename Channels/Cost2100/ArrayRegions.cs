using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Draws the stretches of a very large array along which clusters are seen, and the slopes of their power [Gao2015].</summary>
/// <remarks>
/// A stretch has length x with density (L + x)/(L + L_e)·e^{-x/L_e}/L_e, since long ones reach an array of length L more often, and lies
/// uniformly over L + x. The distribution function 1 - (1 + x/(L + L_e))·e^{-x/L_e} is inverted by Newton's method instead of Lambert's W:
/// with y = (L + x)/L_e it is the root of y + 1 - ln(1 + y) = a, a convex function, from the asymptote on.
/// </remarks>
internal sealed class ArrayRegions
{
    private const int NewtonSteps = 12;
    private readonly BaseStationRegions parameters;
    private readonly double[] elements;
    private readonly double length;

    /// <summary>Creates the drawer.</summary>
    /// <param name="parameters">Lengths and slopes.</param>
    /// <param name="elements">Positions of the elements along the array about its centre [m], one spacing apart.</param>
    /// <param name="spacing">The spacing [m].</param>
    public ArrayRegions(BaseStationRegions parameters, double[] elements, double spacing)
    {
        this.parameters = parameters;
        this.elements = elements;
        length = elements.Length * spacing;
    }

    /// <summary>Mean number of clusters that one element sees, of those that reach a user.</summary>
    /// <param name="reaching">Mean number of clusters that reach a user.</param>
    /// <returns>The mean.</returns>
    public double Seen(double reaching) => reaching * parameters.MeanLength / (length + parameters.MeanLength);

    /// <summary>Probability that some element sees none of the clusters, nearly (gaps in a row of Poisson stretches).</summary>
    /// <param name="reaching">Mean number of clusters that reach a user.</param>
    /// <returns>A probability.</returns>
    public double Gap(double reaching) =>
        1 - Math.Exp(-Math.Exp(-Seen(reaching)) * (1 + reaching * length / (length + parameters.MeanLength)));

    /// <summary>Draws lengths.</summary>
    /// <param name="uniform">Uniform numbers in [0, 1), float64 of any shape.</param>
    /// <returns>x [m], float64 of that shape.</returns>
    public Tensor Lengths(Tensor uniform)
    {
        using var scope = NewDisposeScope();
        // (1 - F) = (y + 1)/(y₀ + 1)·e^{y₀ - y} with y₀ = L/L_e.
        var start = length / parameters.MeanLength;
        var level = start - Math.Log(1 + start) - (1 - uniform).log();                              // y - ln(1 + y)
        var solution = level + (1 + level).log();
        for (var step = 0; step < NewtonSteps; step++)
            solution = solution - (solution - (1 + solution).log() - level) * (1 + solution) / solution.clamp(min: 1e-12);
        return ((solution - start) * parameters.MeanLength).clamp(min: 0.0).MoveToOuterDisposeScope();
    }

    /// <summary>Draws stretches.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="batch">B, number of drops.</param>
    /// <param name="most">V, clusters a drop.</param>
    /// <returns>Amplitude gain of each cluster at each element, 0 outside its stretch, float64 <c>[B, N, V]</c>.</returns>
    public Tensor Draw(RandomSource random, long batch, long most)
    {
        using var scope = NewDisposeScope();
        var chance = random.Uniform(2, batch, most);
        var lengths = Lengths(chance[0]);                                                           // [B, V]
        var centre = (chance[1] - 0.5) * (lengths + length);
        var slope = random.Normal(batch, most) * (parameters.SlopeDecibels * Math.Log(10) / 20);
        var distance = (tensor(elements, device: random.Device).unsqueeze(-1) - centre.unsqueeze(1)).abs();            // [B, N, V]
        var inside = (distance < lengths.unsqueeze(1) / 2).to(ScalarType.Float64);
        return ((distance * slope.unsqueeze(1)).exp() * inside).MoveToOuterDisposeScope();
    }
}

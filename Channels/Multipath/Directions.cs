using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Where paths leave or arrive, as vectors of any length from the array; angles are worked out only where they are asked for.</summary>
/// <param name="X">Along the x axis, float64 <c>[B, T, U, P]</c>.</param>
/// <param name="Y">Along the y axis, float64 <c>[B, T, U, P]</c>.</param>
/// <param name="Z">Upwards, float64 <c>[B, T, U, P]</c>.</param>
public sealed record Directions(Tensor X, Tensor Y, Tensor Z)
{
    private const double Shortest = 1e-100;            // keeps the direction of a vector of length 0 a number

    /// <summary>Azimuth from the x axis.</summary>
    /// <returns>Radians in (-π, π], float64 <c>[B, T, U, P]</c>.</returns>
    public Tensor Azimuth() => Y.atan2(X);

    /// <summary>Elevation from the horizon.</summary>
    /// <returns>Radians in [-π/2, π/2], float64 <c>[B, T, U, P]</c>.</returns>
    public Tensor Elevation()
    {
        using var scope = NewDisposeScope();
        return Z.atan2(Level().sqrt_()).MoveToOuterDisposeScope();
    }

    /// <summary>Cosine of the azimuth, 0 for a vector of length 0.</summary>
    /// <returns>Float64 <c>[B, T, U, P]</c>.</returns>
    public Tensor AzimuthCosine()
    {
        using var scope = NewDisposeScope();
        return (X / Level().sqrt_().clamp_(min: Shortest)).MoveToOuterDisposeScope();
    }

    /// <summary>Cosine of the angle to the x axis, 0 for a vector of length 0.</summary>
    /// <returns>Float64 <c>[B, T, U, P]</c>.</returns>
    public Tensor Cosine()
    {
        using var scope = NewDisposeScope();
        return (X / Level().addcmul_(Z, Z, 1).sqrt_().clamp_(min: Shortest)).MoveToOuterDisposeScope();
    }

    /// <summary>Sine of the elevation, 0 for a vector of length 0.</summary>
    /// <returns>Float64 <c>[B, T, U, P]</c>.</returns>
    public Tensor ElevationSine()
    {
        using var scope = NewDisposeScope();
        return (Z / Level().addcmul_(Z, Z, 1).sqrt_().clamp_(min: Shortest)).MoveToOuterDisposeScope();
    }

    /// <summary>Applies the same operation to each coordinate.</summary>
    /// <param name="operation">What to do with a coordinate.</param>
    /// <returns>The new vectors.</returns>
    public Directions Map(Func<Tensor, Tensor> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new(operation(X), operation(Y), operation(Z));
    }

    private Tensor Level() => X.square().addcmul_(Y, Y, 1);
}

using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Points or vectors in space by their coordinates [m], one tensor each so that arithmetic runs over contiguous memory.</summary>
/// <param name="X">Float64 <c>[...]</c>.</param>
/// <param name="Y">Float64 <c>[...]</c>.</param>
/// <param name="Z">Float64 <c>[...]</c>.</param>
internal readonly record struct Points(Tensor X, Tensor Y, Tensor Z)
{
    /// <summary>Points at height 0.</summary>
    /// <param name="positions">Horizontal positions, float64 <c>[..., 2]</c>.</param>
    /// <returns>The points <c>[...]</c>.</returns>
    public static Points AtGround(Tensor positions)
    {
        var x = positions.select(-1, 0);
        return new Points(x, positions.select(-1, 1), zeros_like(x));
    }

    /// <summary>The vectors from one set of points to another.</summary>
    /// <param name="from">Where they begin.</param>
    /// <param name="to">Where they end.</param>
    /// <returns>The vectors, broadcast.</returns>
    public static Points operator -(Points to, Points from) => new(to.X - from.X, to.Y - from.Y, to.Z - from.Z);

    /// <summary>Points displaced by vectors.</summary>
    /// <param name="point">The points.</param>
    /// <param name="vector">The vectors.</param>
    /// <returns>The displaced points, broadcast.</returns>
    public static Points operator +(Points point, Points vector) => new(point.X + vector.X, point.Y + vector.Y, point.Z + vector.Z);

    /// <summary>Applies the same operation to each coordinate.</summary>
    /// <param name="operation">What to do with a coordinate.</param>
    /// <returns>The new points.</returns>
    public Points Map(Func<Tensor, Tensor> operation) => new(operation(X), operation(Y), operation(Z));

    /// <summary>Length of the vectors [m].</summary>
    /// <returns>Float64 <c>[...]</c>.</returns>
    public Tensor Length()
    {
        using var scope = NewDisposeScope();
        return X.square().addcmul_(Y, Y, 1).addcmul_(Z, Z, 1).sqrt_().MoveToOuterDisposeScope();
    }

    /// <summary>Azimuth from the x axis [rad].</summary>
    /// <returns>Float64 <c>[...]</c> in (-π, π].</returns>
    public Tensor Azimuth() => Y.atan2(X);

    /// <summary>Elevation from the horizon [rad].</summary>
    /// <returns>Float64 <c>[...]</c>.</returns>
    public Tensor Elevation()
    {
        using var scope = NewDisposeScope();
        return Z.atan2(X.square().addcmul_(Y, Y, 1).sqrt_()).MoveToOuterDisposeScope();
    }
}

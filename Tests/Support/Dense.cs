using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Tests.Support;

/// <summary>Tensors as MathNet matrices, for slow and obvious references.</summary>
internal static class Dense
{
    /// <summary>A matrix from a complex tensor of two axes.</summary>
    public static Matrix<Complex> Matrix(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = ((int)tensor.shape[0], (int)tensor.shape[1]);
        var values = view_as_real(tensor.resolve_conj()).to(ScalarType.Float64).contiguous().data<double>().ToArray();
        return Matrix<Complex>.Build.Dense(rows, columns, (row, column) =>
            new Complex(values[2 * (row * columns + column)], values[2 * (row * columns + column) + 1]));
    }

    /// <summary>All values of a real tensor in row order.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>The columns scaled to 1/√n each.</summary>
    public static Matrix<Complex> EqualPower(Matrix<Complex> weights) =>
        weights.NormalizeColumns(2) / Math.Sqrt(weights.ColumnCount);

    /// <summary>The largest entry of |left - right|.</summary>
    public static double Distance(Matrix<Complex> left, Matrix<Complex> right) =>
        (left - right).Enumerate().Max(entry => entry.Magnitude);
}

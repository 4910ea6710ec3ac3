using static TorchSharp.torch;

namespace Channels.Multipath;

/// <summary>Sums of complex exponentials at arbitrary delays on all subcarriers at once: a type-1 non-uniform FFT.</summary>
/// <remarks>
/// H[k] = Σ_p c_p e^{-j2πkx_p} for k = -⌊S/2⌋ …: every path is spread over w points of a grid of M ≥ 1.5·S points with the kernel
/// φ(z) = e^{β(√(1-z²) - 1)}, the grid is transformed, and the kernel's own transform divided out [Barnett2019]. With w = 9 the error is that of
/// float32; the work is S log S + w·P per antenna instead of S·P.
/// </remarks>
internal sealed class NonuniformTransform
{
    private const int Width = 9;
    private const double Oversampling = 1.5;
    private const double Shape = 0.97 * Math.PI * Width * (1 - 0.5 / Oversampling);
    private const int QuadratureNodes = 64;
    private readonly int subcarriers;
    private readonly int points;
    private readonly Tensor correction;

    /// <summary>Tabulates the kernel's transform; the table lives in the caller's dispose scope.</summary>
    /// <param name="subcarriers">S.</param>
    /// <param name="device">Where delays will lie.</param>
    public NonuniformTransform(int subcarriers, Device device)
    {
        this.subcarriers = subcarriers;
        points = GoodLength(Math.Max((int)Math.Ceiling(Oversampling * subcarriers), 2 * Width));
        using var scope = NewDisposeScope();
        var rule = new MathNet.Numerics.Integration.GaussLegendreRule(-1, 1, QuadratureNodes);
        var nodes = tensor(rule.Abscissas, device: device);
        var weights = tensor(rule.Weights, device: device) * Kernel(nodes) * (Width / 2.0);
        var order = arange(-(subcarriers / 2), subcarriers - subcarriers / 2, dtype: ScalarType.Float64, device: device);
        var transform = (order.unsqueeze(1) * nodes * (Math.PI * Width / points)).cos().matmul(weights);    // [S]
        correction = transform.reciprocal().to(ScalarType.Float32).unsqueeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Real numbers in memory for each path and column.</summary>
    public long NumbersPerPath => 2 * Width;

    /// <summary>Real numbers in memory for each column besides.</summary>
    public long NumbersPerColumn => 4 * points;

    /// <summary>Evaluates the sums.</summary>
    /// <param name="turns">x, phase turns from one subcarrier to the next, float64 <c>[N, P]</c>.</param>
    /// <param name="weights">c, complex64 <c>[N, P, C]</c>.</param>
    /// <returns>Complex64 <c>[N, S, C]</c>, lowest subcarrier first.</returns>
    public Tensor Evaluate(Tensor turns, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var (count, columns) = (turns.shape[0], weights.shape[2]);
        var position = (turns - turns.floor()) * points;                                            // [N, P]
        var first = (position - Width / 2.0).ceil();
        var offset = arange(Width, dtype: ScalarType.Float64, device: turns.device);
        var kernel = Kernel(((first - position).unsqueeze(-1) + offset) * (2.0 / Width)).to(ScalarType.Float32);   // [N, P, w]
        var row = (first.unsqueeze(-1) + offset).to(ScalarType.Int64).remainder(points)
            + arange(count, device: turns.device).mul(points).reshape(-1, 1, 1);
        var parts = view_as_real(weights).flatten(-2).unsqueeze(2);                                 // [N, P, 1, 2·C]
        var spread = (parts * kernel.unsqueeze(-1)).reshape(-1, 2 * columns);
        var grid = zeros(count * points, 2 * columns, device: turns.device).index_add_(0, row.flatten(), spread, 1);
        var transformed = fft.fft_(view_as_complex(grid.reshape(count, points, columns, 2)), dim: 1);
        var negative = subcarriers / 2;
        var wanted = cat([transformed.narrow(1, points - negative, negative), transformed.narrow(1, 0, subcarriers - negative)], 1);
        return wanted.mul_(correction).MoveToOuterDisposeScope();
    }

    private static Tensor Kernel(Tensor positions)
    {
        using var scope = NewDisposeScope();
        return ((1 - positions.square()).clamp_(min: 0.0).sqrt_() - 1).mul_(Shape).exp_().MoveToOuterDisposeScope();
    }

    /// <summary>The next number without prime factors above 5, for which FFTs are fast.</summary>
    private static int GoodLength(int least)
    {
        for (var length = least; ; length++)
        {
            var rest = length;
            foreach (var prime in new[] { 2, 3, 5 })
            {
                while (rest % prime == 0)
                    rest /= prime;
            }
            if (rest == 1)
                return length;
        }
    }
}

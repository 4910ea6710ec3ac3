using Feedback.Fitting;
using Feedback.Transform;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Eigen;

/// <summary>The scheme <c>klt</c>: eigenvectors of the mean covariance of crops, then classes and levels of their coefficients [Huang1963].</summary>
public sealed class EigenFit : IModelFit
{
    private const double Kept = 0.9999;
    private readonly int most;

    /// <summary>Creates the fit.</summary>
    /// <param name="options">How large the basis may be.</param>
    public EigenFit(EigenFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Components, 1, "components");
        most = options.Components;
    }

    /// <inheritdoc/>
    public IModelledScheme Scheme(CsiDimensions dimensions, FittedOptions options, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        var codec = new TransformCodec(tables, dimensions.ReceiveAntennas, options.Price);
        return new FittedFeedback(dimensions, options, tables, codec, new EigenBasis(tables, dimensions));
    }

    /// <inheritdoc/>
    public FittedTables Fit(FittedTables frame, FitDrops drops)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drops);
        var frames = new ReportFrame(drops.Dimensions, frame);
        return Learn(frame, [.. drops.Framed(frames)], drops.Dimensions, frames.Delays);
    }

    internal FittedTables Learn(FittedTables frame, IReadOnlyList<FramedReports> portions, CsiDimensions dimensions, int delays)
    {
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(Covariance(portions, dimensions, delays));        // ascending; [D·A], [D·A, D·A]
        var powers = values.data<double>().ToArray();
        var kept = Active(powers);
        var basis = view_as_real(vectors.narrow(1, powers.Length - kept, kept).contiguous()).to(ScalarType.Float32);   // [D·A, K, 2]
        var model = frame.WithHalves(EigenBasis.VectorsKey, basis.contiguous().data<float>().ToArray(), powers.Length, kept, 2);
        var turned = new EigenBasis(model, dimensions);
        List<float[]> coefficients = [.. portions.Select(portion => turned.Analyse(portion.Values, portion.Count))];
        return TransformFit.Learn(model, coefficients, dimensions.ReceiveAntennas, kept, 1);
    }

    private static Tensor Covariance(IReadOnlyList<FramedReports> portions, CsiDimensions dimensions, int delays)
    {
        using var scope = NewDisposeScope();
        var (receive, ports) = (dimensions.ReceiveAntennas, dimensions.TransmitAntennas);
        var sum = zeros([delays * ports, delays * ports], dtype: ScalarType.ComplexFloat64);
        foreach (var portion in portions)
        {
            using var inner = NewDisposeScope();
            var crops = view_as_complex(tensor(portion.Values, [portion.Count, delays, receive, ports, 2]))
                .transpose(1, 2).reshape(portion.Count * receive, delays * ports);             // [n·R, D·A]
            sum.add_(crops.mT.matmul(crops.conj().resolve_conj()).to(ScalarType.ComplexFloat64));   // Σ x xᴴ
        }
        return sum.MoveToOuterDisposeScope();
    }

    // The fewest components that hold all but a ten-thousandth of the energy.
    private int Active(double[] ascending)
    {
        var (total, held, count) = (ascending.Sum(), 0.0, 0);
        while (count < Math.Min(most, ascending.Length) && held < Kept * total)
            held += ascending[^++count];
        return count;
    }
}

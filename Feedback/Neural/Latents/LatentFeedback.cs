using Feedback.Coding;
using Feedback.Fitting;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Latents;

/// <summary>The angular-delay crop through a trained network whose latent values are coded arithmetically.</summary>
/// <remarks>
/// <code>
/// H ─► ReportFrame: [delays aligned], crop, scale ─► each receive antenna: network ─► symbols ─► one arithmetic code
/// </code>
/// Every receive antenna is coded on its own, so one model serves any R.
/// </remarks>
public sealed class LatentFeedback : IDitheredScheme
{
    // A curve of rates needs some points.
    private const int FewestSteps = 3;
    private readonly CsiDimensions dimensions;
    private readonly ReportFrame frame;
    private readonly LatentModel model;
    private readonly RateControl rate;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Its rate.</param>
    /// <param name="model">The model of that name.</param>
    /// <exception cref="Models.InvalidModelException">The model is for other dimensions.</exception>
    public LatentFeedback(CsiDimensions dimensions, LatentOptions options, LatentModel model)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        NetworkDimensions.Check(model.Tables.Name, model.Network.Antennas, model.Network.Delays, dimensions);
        if (options.ContainerBits > 0 && model.Network.Steps < FewestSteps)
            throw new ArgumentException($"budget cannot be held by the model '{model.Tables.Name}', which has {model.Network.Steps} rate(s); permitted is a model of at least {FewestSteps}.", nameof(options));
        (this.dimensions, this.model) = (dimensions, model);
        frame = new ReportFrame(dimensions, model.Tables);
        rate = new RateControl(new FittedOptions { Step = options.Step, ContainerBits = options.ContainerBits }, model.Network.Steps, model.Tables);
    }

    /// <inheritdoc/>
    public nn.Module Network => model.Network;

    private int Receive => dimensions.ReceiveAntennas;

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var reports = frame.Take(TerminalView.Newest(measurement, dimensions));
        var values = tensor(reports.Values, [reports.Count, frame.Delays, Receive, dimensions.TransmitAntennas, 2]);
        var latents = model.Transform.Analyse(values.transpose(1, 2).flatten(0, 1));     // N·R rows
        return [.. Enumerable.Range(0, reports.Count).Select(n => rate.Write((target, step) =>
        {
            for (var r = frame.Write(target, reports, n) ? 0 : Receive; r < Receive; r++)
                model.Coder.Write(target, latents[n * Receive + r], step);
        }))];
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var size = model.Coder.Values;
        var latents = new double[messages.Count * Receive * size];
        var (scales, shifts) = (new float[messages.Count], new int[messages.Count]);
        for (var n = 0; n < messages.Count; n++)
        {
            var source = new ArithmeticDecoder(new BitReader(messages[n]));
            if (rate.Read(source) is { } step)
            {
                (scales[n], shifts[n]) = frame.Read(source);
                for (var r = scales[n] > 0 ? 0 : Receive; r < Receive; r++)
                    model.Coder.Read(source, step, latents.AsSpan((n * Receive + r) * size, size));
            }
            source.Finish();
        }
        var crops = model.Transform.Synthesise(latents, messages.Count * Receive);       // [N·R, D, A, 2]
        var rows = crops.reshape(messages.Count, Receive, frame.Delays, dimensions.TransmitAntennas, 2).transpose(1, 2).contiguous();
        return Report.OfChannel(frame.Restore(rows.data<float>().ToArray(), scales, shifts)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double rate) => Relax(csi, rate, null);

    /// <inheritdoc/>
    public (Tensor Reconstruction, Tensor EstimatedBits) Dither(Tensor csi, double rate, Generator random) => Relax(csi, rate, random);

    private (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double step, Generator? random)
    {
        ArgumentNullException.ThrowIfNull(csi);
        using var scope = NewDisposeScope();
        var unit = Math.Sqrt(2 * csi.shape[1] * csi.shape[2] * csi.shape[3]);
        var crops = view_as_real(csi.transpose(1, 2).flatten(0, 1).contiguous()) * unit;   // [N·R, D, A, 2]
        var (rebuilt, bits) = model.Network.Relax(crops, step, random);
        var planes = (rebuilt / unit).reshape(csi.shape[0], csi.shape[2], csi.shape[1], csi.shape[3], 2).transpose(1, 2);
        var sums = bits.reshape(csi.shape[0], csi.shape[2]).sum(1);
        return (view_as_complex(planes.contiguous()).MoveToOuterDisposeScope(), sums.MoveToOuterDisposeScope());
    }
}

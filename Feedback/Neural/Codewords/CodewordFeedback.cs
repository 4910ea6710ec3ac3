using Feedback.Coding;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Neural.Codewords;

/// <summary>An autoencoder such as CsiNet with its codeword quantised to real bits [CsiNet].</summary>
/// <remarks>
/// <code>
/// H → angular-delay crop, per receive antenna → scale (11 bits) → terminal's network → M indices (M·b bits) → base station's network → Ĥ
/// </code>
/// A report has R·(11 + M·b) bits. Every receive antenna is coded on its own, so one model serves any R.
/// </remarks>
public sealed class CodewordFeedback : ITrainableFeedbackScheme
{
    private readonly CsiDimensions dimensions;
    private readonly AngularDelayTransform transform;
    private readonly CodewordModel model;
    private readonly int bits;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">Model and bits.</param>
    /// <param name="model">The model of that name.</param>
    /// <exception cref="InvalidModelException">The model is for other dimensions.</exception>
    public CodewordFeedback(CsiDimensions dimensions, CodewordOptions options, CodewordModel model)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bits, CodewordQuantizer.MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Bits, CodewordQuantizer.MaximumBits);
        model.ThrowIfOtherThan(dimensions);
        this.dimensions = dimensions;
        this.model = model;
        bits = options.Bits;
        transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, model.Network.Size.Delays);
    }

    /// <inheritdoc/>
    public nn.Module Network => model.Network;

    /// <summary>Bits of every report.</summary>
    public int ReportBits => dimensions.ReceiveAntennas * model.Codec.Length(bits);

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        using var scope = NewDisposeScope();
        var channel = TerminalView.Newest(measurement, dimensions);                  // [N, S, R, A]
        var crops = transform.Crop(channel).transpose(1, 2).flatten(0, 1);           // [N·R, D, A]
        var writers = Enumerable.Range(0, measurement.Count).Select(_ => new BitWriter(ReportBits)).ToArray();
        model.Codec.Encode(crops, bits, crop => writers[crop / dimensions.ReceiveAntennas]);
        return [.. writers.Select(writer => writer.ToBitString())];
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var receive = dimensions.ReceiveAntennas;
        var readers = messages.SelectMany(message => Enumerable.Repeat(new BitReader(message), receive)).ToArray();
        var crops = model.Codec.Decode(readers, bits);                               // [N·R, D, A]
        var rows = crops.reshape(messages.Count, receive, transform.Delays, dimensions.TransmitAntennas).transpose(1, 2);
        return Report.OfChannel(transform.Restore(rows)).MoveToOuterDisposeScope();  // [N, S, R, A]
    }

    /// <inheritdoc/>
    public (Tensor Reconstruction, Tensor EstimatedBits) Relax(Tensor csi, double rate)
    {
        ArgumentNullException.ThrowIfNull(csi);
        using var scope = NewDisposeScope();
        var unit = Math.Sqrt(model.Network.Size.Values);
        var crops = csi.transpose(1, 2).flatten(0, 1);                               // [N·R, D, A]
        var rebuilt = model.Network.call(view_as_real(crops) * unit) / unit;         // [N·R, D, A, 2]
        var planes = rebuilt.reshape(csi.shape[0], csi.shape[2], csi.shape[1], csi.shape[3], 2).transpose(1, 2);
        var estimate = full([csi.shape[0]], ReportBits, dtype: ScalarType.Float32, device: csi.device);
        return (view_as_complex(planes.contiguous()).MoveToOuterDisposeScope(), estimate.MoveToOuterDisposeScope());
    }
}

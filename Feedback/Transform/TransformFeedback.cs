using Simulator;
using static TorchSharp.torch;

namespace Feedback.Transform;

/// <summary>The angular-delay crop through a dead-zone quantiser and an arithmetic coder with learned probabilities.</summary>
/// <remarks>
/// <code>
/// H ─► angular-delay crop ─► scale (11 bits) │ real values / step ─► levels ─► arithmetic code under the table of each bin's class
/// </code>
/// The length of a message follows the channel; a zero channel takes the bits of the scale only.
/// </remarks>
public sealed class TransformFeedback : IFeedbackScheme
{
    private readonly CsiDimensions dimensions;
    private readonly AngularDelayTransform transform;
    private readonly TransformCoder coder;

    /// <summary>Creates the scheme.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="options">The step.</param>
    /// <param name="model">The model of that name.</param>
    /// <exception cref="Neural.InvalidModelException">The model is for other dimensions.</exception>
    public TransformFeedback(CsiDimensions dimensions, TransformOptions options, TransformModel model)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        if (options.Step is < 0 or >= DeadZone.Steps)
            throw new ArgumentException($"step is {options.Step}; permitted is 0 … {DeadZone.Steps - 1}.", nameof(options));
        model.ThrowIfOtherThan(dimensions);
        this.dimensions = dimensions;
        transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, model.Delays);
        coder = new TransformCoder(model, options.Step, dimensions.ReceiveAntennas);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        var parts = Parts(measurement);
        var messages = new BitString[parts.Length / coder.Values];
        for (var n = 0; n < messages.Length; n++)
            messages[n] = coder.Write(parts.AsSpan(n * coder.Values, coder.Values));
        return messages;
    }

    /// <summary>The ideal length of each report's message under the model, -Σ log2 p and the bits of the scale [bit].</summary>
    /// <param name="measurement">What <see cref="Encode"/> would be given.</param>
    /// <returns>One number a report; the message is less than 2 bits longer.</returns>
    public IReadOnlyList<double> EstimateBits(Measurement measurement)
    {
        var parts = Parts(measurement);
        return [.. Enumerable.Range(0, parts.Length / coder.Values).Select(n => coder.Estimate(parts.AsSpan(n * coder.Values, coder.Values)))];
    }

    /// <inheritdoc/>
    public Report Decode(IReadOnlyList<BitString> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var scope = NewDisposeScope();
        var parts = new float[checked(messages.Count * coder.Values)];
        var scale = new float[messages.Count];
        for (var n = 0; n < messages.Count; n++)
            scale[n] = coder.Read(messages[n], parts.AsSpan(n * coder.Values, coder.Values));
        var crop = view_as_complex(tensor(
            parts, [messages.Count, transform.Delays, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2]));
        var channel = view_as_real(transform.Restore(crop)) * tensor(scale, [messages.Count, 1, 1, 1, 1]);   // [N, S, R, A, 2]
        return Report.OfChannel(view_as_complex(channel)).MoveToOuterDisposeScope();
    }

    private float[] Parts(Measurement measurement)
    {
        using var scope = NewDisposeScope();
        var parts = view_as_real(transform.Crop(TerminalView.Newest(measurement, dimensions)));              // [N, D, R, A, 2]
        TerminalView.Peaks(parts);
        return parts.cpu().contiguous().data<float>().ToArray();
    }
}

using Feedback.Coding;
using Feedback.Transform;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>The weights of a <see cref="Refinement"/> as plain numbers, and room for one crop at a time.</summary>
/// <remarks>Single precision in a fixed order, so that a report does not depend on those beside it, on threads, or on a library's kernels.</remarks>
internal sealed class RefinementEvaluator
{
    /// <summary>Planes of a crop: levels of both parts, and mean, scale and chance of zero of each.</summary>
    public const int Planes = 8;

    private readonly PlainConvolution linear;
    private readonly PlainConvolution outlook;
    private readonly Block[] blocks;
    private readonly PlainConvolution output;
    private readonly PlainImage levels;
    private readonly PlainImage known;
    private readonly PlainImage image;
    private readonly PlainImage inner;
    private readonly PlainImage rectified;
    private readonly PlainImage turned;
    private readonly PlainImage correction;

    /// <summary>Takes weights over.</summary>
    /// <param name="architecture">The size.</param>
    /// <param name="weights">Those of the refinement by their names.</param>
    public RefinementEvaluator(HybridArchitecture architecture, IReadOnlyDictionary<string, Tensor> weights)
    {
        var (delays, antennas, channels) = (architecture.Delays, architecture.Antennas, architecture.Channels);
        (levels, known, correction) = (new(2, delays, antennas), new(Refinement.Outlooks, delays, antennas), new(2, delays, antennas));
        (image, inner) = (new(channels, delays, antennas), new(channels, delays, antennas));
        (rectified, turned) = (new(channels, delays, antennas), new(channels, antennas, delays));
        (linear, outlook, output) = (Convolution("linear"), Convolution("outlook"), Convolution("output"));
        blocks =
        [
            .. Enumerable.Range(0, architecture.Blocks).Select(index => new Block(
                new PlainAttention(name => Plain($"block{index}.angles.{name}"), channels, antennas, delays),
                new PlainAttention(name => Plain($"block{index}.delays.{name}"), channels, delays, antennas),
                Convolution($"block{index}.convolution1"),
                Convolution($"block{index}.convolution2"))),
        ];

        PlainConvolution Convolution(string name)
        {
            var size = weights[name + ".weight"].shape;
            return new PlainConvolution(Plain(name + ".weight"), ((int)size[0], (int)size[1], (int)size[2], (int)size[3]), Plain(name + ".bias"));
        }

        float[] Plain(string name)
        {
            using var scope = NewDisposeScope();
            return weights[name].detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        }
    }

    /// <summary>Rebuilds a crop.</summary>
    /// <param name="planes">Levels, then mean, scale and chance of zero of each part, 8 x D·A.</param>
    /// <param name="step">The rate.</param>
    /// <param name="values">û, D·A x 2.</param>
    public void Rebuild(ReadOnlySpan<double> planes, double step, Span<float> values)
    {
        Enter(planes, step);
        linear.Apply(levels, inner);
        foreach (ref var value in inner.Values)
            value = PlainArithmetic.Squash(value, 1);
        outlook.Apply(known, image, inner);
        foreach (var block in blocks)
        {
            image.TransposeTo(turned);
            block.Angles.Apply(turned);
            turned.TransposeTo(image);
            block.Delays.Apply(image);
            image.RectifyTo(rectified, LevelPrior.Slope);
            block.First.Apply(rectified, inner);
            inner.RectifyTo(rectified, LevelPrior.Slope);
            block.Second.Apply(rectified, image, image);
        }
        image.RectifyTo(rectified, LevelPrior.Slope);
        output.Apply(rectified, correction);
        Leave(values, (float)Math.Sqrt(PriorEvaluator.SquaredWidth(step)));
    }

    private void Enter(ReadOnlySpan<double> planes, double step)
    {
        var (bins, columns) = (levels.Rows * levels.Columns, levels.Columns);
        for (var row = 0; row < levels.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var bin = row * columns + column;
                var (real, imaginary) = (planes[bin], planes[bins + bin]);
                (levels.Row(0, row)[column], levels.Row(1, row)[column]) = ((float)real, (float)imaginary);
                known.Row(0, row)[column] = (float)(Math.Log(Math.Abs(real) + Math.Abs(imaginary) + 1) / 4);
                for (var plane = 2; plane < Planes; plane++)
                    known.Row(plane - 1, row)[column] = (float)planes[plane * bins + bin];
            }
            known.Row(Planes - 1, row).Fill((float)(step / 16));
        }
    }

    private void Leave(Span<float> values, float width)
    {
        for (var row = 0; row < levels.Rows; row++)
        {
            for (var part = 0; part < 2; part++)
            {
                var plain = levels.Row(part, row);
                var added = correction.Row(part, row);
                for (var column = 0; column < plain.Length; column++)
                    values[2 * (row * plain.Length + column) + part] = (plain[column] + Math.Sign(plain[column]) * (float)DeadZone.Centroid + added[column]) * width;
            }
        }
    }

    private sealed record Block(PlainAttention Angles, PlainAttention Delays, PlainConvolution First, PlainConvolution Second);
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.StqNet;

/// <summary>A transformer block of spatially separable attention: within windows, then to a map sub-sampled from the whole image [Twins].</summary>
/// <remarks>
/// <code>
/// x ─► +local(LN x) ─► +MLP(LN x) ─► +global(LN x) ─► +MLP(LN x)
/// </code>
/// A token is a delay row of one plane (real or imaginary part), A values wide; windows are 8 consecutive rows. Keys and values of the global
/// attention are one head's width and shared by all heads: an 8x8 convolution of stride 8, layer normalisation, a dense layer.
/// </remarks>
public sealed class SeparableAttention : nn.Module<Tensor, Tensor>
{
    /// <summary>Rows of a window, and the stride of the sub-sampling.</summary>
    public const int Window = 8;

    private const int Heads = 4;
    private readonly RowNormalisation localNormalisation;
    private readonly Linear localInput;
    private readonly Linear localOutput;
    private readonly RowNormalisation firstNormalisation;
    private readonly Linear firstWiden;
    private readonly Linear firstNarrow;
    private readonly RowNormalisation globalNormalisation;
    private readonly Linear globalQuery;
    private readonly Conv2d subsample;
    private readonly RowNormalisation mapNormalisation;
    private readonly Linear globalMap;
    private readonly Linear globalOutput;
    private readonly RowNormalisation secondNormalisation;
    private readonly Linear secondWiden;
    private readonly Linear secondNarrow;

    /// <summary>Creates the block.</summary>
    /// <param name="antennas">A, width of a token, a multiple of 8.</param>
    public SeparableAttention(int antennas)
        : base(nameof(SeparableAttention))
    {
        localNormalisation = new RowNormalisation(antennas);
        localInput = nn.Linear(antennas, 3 * antennas);
        localOutput = nn.Linear(antennas, antennas);
        firstNormalisation = new RowNormalisation(antennas);
        firstWiden = nn.Linear(antennas, antennas);
        firstNarrow = nn.Linear(antennas, antennas);
        globalNormalisation = new RowNormalisation(antennas);
        globalQuery = nn.Linear(antennas, antennas);
        subsample = nn.Conv2d(2, 2, kernel_size: Window, stride: Window);
        mapNormalisation = new RowNormalisation(antennas / Window);
        globalMap = nn.Linear(antennas / Window, antennas / Heads);
        globalOutput = nn.Linear(antennas, antennas);
        secondNormalisation = new RowNormalisation(antennas);
        secondWiden = nn.Linear(antennas, antennas);
        secondNarrow = nn.Linear(antennas, antennas);
        RegisterComponents();
    }

    /// <summary>Multiply-accumulate operations of a block.</summary>
    /// <param name="delays">D.</param>
    /// <param name="antennas">A.</param>
    /// <returns>Their number for an image.</returns>
    public static long Operations(long delays, long antennas)
    {
        var (tokens, square, map) = (2 * delays, antennas * antennas, 2 * delays / Window);
        var dense = tokens * square * (3 + 1 + 2 + 1 + 1 + 2);
        var attention = 2 * tokens * antennas * (Window + map);
        var subsampled = 4 * delays * antennas + map * (antennas / Window) * (antennas / Heads);
        return dense + attention + subsampled;
    }

    /// <summary>Sets the block so that it adds the same row to every token.</summary>
    /// <param name="row">The row, float32 <c>[A]</c>.</param>
    public void Pass(Tensor row)
    {
        using var frozen = no_grad();
        foreach (var layer in new[] { localOutput, firstNarrow, globalOutput, secondNarrow })
        {
            layer.weight.zero_();
            layer.bias!.zero_();
        }
        secondNarrow.bias!.copy_(row);
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">x, <c>[n, 2, D, A]</c>.</param>
    /// <returns>x, <c>[n, 2, D, A]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var local = input + Local(localNormalisation.call(input));
        var mixed = local + firstNarrow.call(nn.functional.gelu(firstWiden.call(firstNormalisation.call(local))));
        var whole = mixed + Global(globalNormalisation.call(mixed));
        return (whole + secondNarrow.call(nn.functional.gelu(secondWiden.call(secondNormalisation.call(whole))))).MoveToOuterDisposeScope();
    }

    private Tensor Local(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (shape, width) = (input.shape, input.shape[3] / Heads);
        var parts = localInput.call(input).reshape(-1, Window, 3, Heads, width).permute(2, 0, 3, 1, 4);   // [3, windows, heads, 8, width]
        var mixed = Attend(parts[0], parts[1], parts[2]).transpose(1, 2).reshape(shape);
        return localOutput.call(mixed).MoveToOuterDisposeScope();
    }

    private Tensor Global(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (shape, width) = (input.shape, input.shape[3] / Heads);
        var query = globalQuery.call(input).reshape(shape[0], shape[1] * shape[2], Heads, width).transpose(1, 2);   // [n, heads, 2D, width]
        var map = globalMap.call(mapNormalisation.call(subsample.call(input))).reshape(shape[0], 1, -1, width);        // [n, 1, 2D/8, width]
        var mixed = Attend(query, map, map).transpose(1, 2).reshape(shape);
        return globalOutput.call(mixed).MoveToOuterDisposeScope();
    }

    // softmax(q·kᵀ/√width)·v.
    private static Tensor Attend(Tensor query, Tensor key, Tensor value)
    {
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.shape[^1]);
        return nn.functional.softmax(scores, -1).matmul(value);
    }
}

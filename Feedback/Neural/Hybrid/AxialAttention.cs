using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Hybrid;

/// <summary>Attention along the last axis but one of an image: <c>[n, L, T, C]</c>, T tokens of C channels in each of L lines.</summary>
internal sealed class AxialAttention : nn.Module<Tensor, Tensor>
{
    /// <summary>Number of heads.</summary>
    public const int Heads = 2;

    private readonly Parameter positions;
    private readonly Linear input;
    private readonly Linear output;

    /// <summary>Creates the block for lines of so many tokens.</summary>
    public AxialAttention(int channels, int tokens)
        : base(nameof(AxialAttention))
    {
        positions = new Parameter(zeros([tokens, channels]));
        input = nn.Linear(channels, 3 * channels);
        output = nn.Linear(channels, channels);
        RegisterComponents();
    }

    /// <summary>x + attention(x).</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (tokens, channels) = (image.shape[2], image.shape[3]);
        var parts = input.call(image + positions).reshape(-1, tokens, 3 * Heads, channels / Heads).transpose(1, 2);   // [n·L, 3·heads, T, width]
        var (query, key, value) = (parts.narrow(1, 0, Heads), parts.narrow(1, Heads, Heads), parts.narrow(1, 2 * Heads, Heads));
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(channels / Heads);
        var mixed = nn.functional.softmax(scores, -1).matmul(value).transpose(1, 2).reshape(image.shape);
        return (image + output.call(mixed)).MoveToOuterDisposeScope();
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingStep;

/// <summary>CsiNet, batch 200: forward, mean squared error, backward, Adam, as in csinet_step.py.</summary>
internal sealed class CsiNetStep
{
    private const int Batch = 200;
    private readonly Network network = new();
    private readonly Adam optimizer;
    private readonly Tensor input = rand([Batch, 2, 32, 32]);

    public CsiNetStep() => optimizer = optim.Adam(network.parameters(), lr: 1e-3);

    public void Run()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = nn.functional.mse_loss(network.call(input), input);
        loss.backward();
        optimizer.step();
    }
}

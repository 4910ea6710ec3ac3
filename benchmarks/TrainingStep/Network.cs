using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingStep;

/// <summary>CsiNet at ratio 1/4 on 2 x 32 x 32 inputs, layer for layer as in csinet_step.py.</summary>
internal sealed class Network : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _encoder;
    private readonly Linear _compress;
    private readonly Linear _expand;
    private readonly Sequential _refine1;
    private readonly Sequential _refine2;
    private readonly Sequential _output;

    public Network() : base(nameof(Network))
    {
        _encoder = nn.Sequential(nn.Conv2d(2, 2, 3, padding: 1), nn.BatchNorm2d(2), nn.LeakyReLU(0.3), nn.Flatten());
        _compress = nn.Linear(2048, 512);
        _expand = nn.Linear(512, 2048);
        _refine1 = Refine();
        _refine2 = Refine();
        _output = nn.Sequential(nn.Conv2d(2, 2, 3, padding: 1), nn.Sigmoid());
        RegisterComponents();
    }

    private static Sequential Refine() => nn.Sequential(
        nn.Conv2d(2, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.LeakyReLU(0.3),
        nn.Conv2d(8, 16, 3, padding: 1), nn.BatchNorm2d(16), nn.LeakyReLU(0.3),
        nn.Conv2d(16, 2, 3, padding: 1), nn.BatchNorm2d(2));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var image = _expand.call(_compress.call(_encoder.call(input))).view(-1, 2, 32, 32);
        image = nn.functional.leaky_relu(image + _refine1.call(image), 0.3);
        image = nn.functional.leaky_relu(image + _refine2.call(image), 0.3);
        return _output.call(image).MoveToOuterDisposeScope();
    }
}

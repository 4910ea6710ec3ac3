using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingStep;

/// <summary>CsiNet at ratio 1/4 on 2 x 32 x 32 inputs, layer for layer as in csinet_step.py.</summary>
internal sealed class Network : nn.Module<Tensor, Tensor>
{
    private readonly Layer _encoder;
    private readonly Linear _compress;
    private readonly Linear _expand;
    private readonly Refinement _refine1;
    private readonly Refinement _refine2;
    private readonly Conv2d _output;

    public Network() : base(nameof(Network))
    {
        _encoder = new Layer(2, 2);
        _compress = nn.Linear(2048, 512);
        _expand = nn.Linear(512, 2048);
        _refine1 = new Refinement();
        _refine2 = new Refinement();
        _output = nn.Conv2d(2, 2, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var code = _compress.call(Rectify(_encoder.call(input)).flatten(1));
        var image = _expand.call(code).reshape(-1, 2, 32, 32);
        image = Rectify(image + _refine1.call(image));
        image = Rectify(image + _refine2.call(image));
        return _output.call(image).sigmoid().MoveToOuterDisposeScope();
    }

    private static Tensor Rectify(Tensor input) => nn.functional.leaky_relu(input, 0.3);

    private sealed class Refinement : nn.Module<Tensor, Tensor>
    {
        private readonly Layer _widen = new(2, 8);
        private readonly Layer _mix = new(8, 16);
        private readonly Layer _narrow = new(16, 2);

        public Refinement() : base(nameof(Refinement)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return _narrow.call(Rectify(_mix.call(Rectify(_widen.call(input))))).MoveToOuterDisposeScope();
        }
    }

    private sealed class Layer : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d _convolution;
        private readonly BatchNorm2d _normalisation;

        public Layer(int inputs, int outputs) : base(nameof(Layer))
        {
            _convolution = nn.Conv2d(inputs, outputs, 3, padding: 1);
            _normalisation = nn.BatchNorm2d(outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return _normalisation.call(_convolution.call(input)).MoveToOuterDisposeScope();
        }
    }
}

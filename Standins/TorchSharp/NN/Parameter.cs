using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public class Parameter : Tensor
    {
        // The parameter takes the native tensor over, and its place in the scope that owned it; the tensor it was made of is empty afterwards.
        public Parameter(Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).MoveHandle(), false)
        {
            if (data.OwningDisposeScope is not null) DisposeScope.ReplaceWith(data, this);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}

using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What differs between the versions of libtorch.</summary>
internal static class Compatibility
{
    /// <summary>The transpose of a matrix; tensors of other rank are reversed, which libtorch permits until it stops doing so.</summary>
    public static Tensor T(Tensor tensor) => Aten.Call("aten::numpy_T", tensor);
}

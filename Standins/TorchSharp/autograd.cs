namespace TorchSharp;

public static partial class torch
{
    /// <summary>Puts the previous mode back at its end.</summary>
    private sealed class GradientMode : IDisposable
    {
        private readonly byte previous = Native.GetGradMode();
        public GradientMode(bool enabled) => Native.SetGradMode(Native.Flag(enabled));
        public void Dispose() => Native.SetGradMode(previous);
    }

    public static IDisposable no_grad() => new GradientMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static partial class autograd
    {
        private static IntPtr[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(t => t is null ? IntPtr.Zero : t.Handle)];

        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            IntPtr[] from = Handles(tensors), with = Handles(grad_tensors), to = Handles(inputs);
            fixed (IntPtr* f = from, t = to, w = with)
                Native.Check(Native.Backward(f, from.Length, w, with.Length, Native.Flag(retain_graph ?? create_graph), Native.Flag(create_graph), t, to.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }
    }
}

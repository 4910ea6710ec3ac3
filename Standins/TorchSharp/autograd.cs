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

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private IntPtr guard = Native.EnterInferenceMode(Native.Flag(mode));

        public void Dispose()
        {
            if (guard != IntPtr.Zero) Native.LeaveInferenceMode(guard);
            guard = IntPtr.Zero;
        }
    }

    public static IDisposable no_grad() => new GradientMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
    public static bool is_grad_enabled() => Native.GetGradMode() != 0;
    public static bool is_inference_mode_enabled() => Native.IsInferenceMode() != 0;

    public static partial class autograd
    {
        private static IntPtr[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(t => t is null ? IntPtr.Zero : t.Handle)];

        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            IntPtr[] from = Handles(outputs), to = Handles(inputs), with = Handles(grad_outputs), results = new IntPtr[to.Length];
            fixed (IntPtr* f = from, t = to, w = with, r = results)
                Native.Check(Native.Grad(f, from.Length, t, to.Length, w, with.Length, Native.Flag(retain_graph), Native.Flag(create_graph), Native.Flag(allow_unused), r));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(handle => handle == IntPtr.Zero ? null! : new Tensor(handle))];
        }

        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            IntPtr[] from = Handles(tensors), with = Handles(grad_tensors), to = Handles(inputs);
            fixed (IntPtr* f = from, t = to, w = with)
                Native.Check(Native.Backward(f, from.Length, w, with.Length, Native.Flag(retain_graph ?? create_graph), Native.Flag(create_graph), t, to.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);
    }
}

using System.Runtime.CompilerServices;
using static TorchSharp.Aten;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices] => Call("aten::index.Tensor", this, Argument.Optional(indices));
        [IndexerName("TensorItems")]
        public Tensor this[long i1] => At([i1]);
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] => At([i1, i2]);
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] => At([i1, i2, i3]);
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] { get => At([i1, i2, i3, i4]); set { using Tensor view = At([i1, i2, i3, i4]); view.copy_(value); } }

        /// <summary>The view that is left when one index after the other has been applied to the first axis.</summary>
        private Tensor At(ReadOnlySpan<long> indices)
        {
            IntPtr view = CallRaw("aten::select.int", this, 0, indices[0]);
            foreach (long index in indices[1..])
            {
                IntPtr wider = view;
                try { view = CallRaw("aten::select.int", Argument.Raw(wider), 0, index); }
                finally { Native.Release(wider); }
            }
            return new Tensor(view);
        }
    }
}

using System.Runtime.CompilerServices;
using static TorchSharp.Aten;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of an indexing expression.</summary>
    public struct TensorIndex
    {
        internal enum Kinds { None, Single, Null, Ellipsis, Bool, Tensor, Slice }

        internal Kinds kind;
        internal long? start, stop, step;
        internal Tensor? tensor;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { kind = Kinds.Slice, start = start, stop = stop, step = step };
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);
        public static TensorIndex Slice(Range range) => Slice(Offset(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : Offset(range.End));
        public static TensorIndex Bool(bool value) => new() { kind = Kinds.Bool, start = value ? 1 : 0 };
        public static TensorIndex Single(long? index) => new() { kind = Kinds.Single, start = index };
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kinds.Tensor, tensor = tensor };

        public static TensorIndex Ellipsis = new() { kind = Kinds.Ellipsis };
        public static TensorIndex None = new() { kind = Kinds.None };
        public static TensorIndex Null = new() { kind = Kinds.Null };
        public static TensorIndex Colon = Slice();

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(Offset(index));
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        private static long Offset(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }

    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices] { get => index(indices); set => index_put_(value, indices); }
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices] { get => index(indices); set => index_put_(value, indices); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1] { get => Call("aten::select.int", this, 0, i1); set => Put([i1], value); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] { get => At([i1, i2]); set => Put([i1, i2], value); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] { get => At([i1, i2, i3]); set => Put([i1, i2, i3], value); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] { get => At([i1, i2, i3, i4]); set => Put([i1, i2, i3, i4], value); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5] { get => At([i1, i2, i3, i4, i5]); set => Put([i1, i2, i3, i4, i5], value); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6] { get => At([i1, i2, i3, i4, i5, i6]); set => Put([i1, i2, i3, i4, i5, i6], value); }
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices] { get => At(indices); set => Put(indices, value); }

        private Tensor At(ReadOnlySpan<long> indices)
        {
            using View view = new(this);
            foreach (long i in indices) view.Become(CallRaw("aten::select.int", view.Current, 0, i));
            return view.Take();
        }

        private void Put(ReadOnlySpan<long> indices, Tensor value)
        {
            using View view = new(this);
            foreach (long i in indices) view.Become(CallRaw("aten::select.int", view.Current, 0, i));
            CallVoid("aten::copy_", view.Current, value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using View view = new(this);
            Tensor?[]? lists = view.Restrict(indices);
            return lists is null ? view.Take() : Call("aten::index.Tensor", view.Current, Argument.Optional(lists));
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), false);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using View view = new(this);
            if (view.Restrict(indices) is { } lists) CallVoid("aten::index_put_", view.Current, Argument.Optional(lists), value, accumulate);
            else if (!accumulate) view.Fill(value);
            else throw new Exception("Invalid 'indices' parameter. Must be an array of TensorIndex objects containing tensors with indices that match the shape of the tensor to update");
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = full(Array.Empty<long>(), value, dtype, device);
            return index_put_(number, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>A view of a tensor that becomes narrower index by index.</summary>
        private sealed class View(Tensor tensor) : IDisposable
        {
            private IntPtr step;
            private List<Tensor>? masks;

            public Argument Current => step == IntPtr.Zero ? tensor : Argument.Raw(step);

            public void Become(IntPtr next)
            {
                if (step != IntPtr.Zero) Native.Release(step);
                step = next;
            }

            /// <summary>Applies all indices but tensors; these come back in the order of the axes, or null if there is none.</summary>
            public Tensor?[]? Restrict(TensorIndex[] indices)
            {
                long given = 0;
                foreach (TensorIndex index in indices) given += Width(index);
                List<Tensor?>? lists = null;
                long axis = 0, listed = 0;
                foreach (TensorIndex index in indices)
                    switch (index.kind)
                    {
                        case TensorIndex.Kinds.Single:
                            Become(CallRaw("aten::select.int", Current, axis, index.start));
                            break;
                        case TensorIndex.Kinds.Slice:
                            if (index.start is not null || index.stop is not null || index.step is not null)
                                Become(CallRaw("aten::slice.Tensor", Current, axis, index.start, index.stop, index.step ?? 1));
                            axis++;
                            break;
                        case TensorIndex.Kinds.Ellipsis:
                            axis += tensor.ndim - given;
                            break;
                        case TensorIndex.Kinds.None or TensorIndex.Kinds.Null:
                            Become(CallRaw("aten::unsqueeze", Current, axis++));
                            break;
                        case TensorIndex.Kinds.Bool:
                            Become(CallRaw("aten::unsqueeze", Current, axis));
                            Tensor mask = torch.tensor(new[] { index.start != 0 }, device: tensor.device);
                            (masks ??= []).Add(mask);
                            List(mask, 1);
                            break;
                        case TensorIndex.Kinds.Tensor:
                            List(index.tensor!, Width(index));
                            break;
                    }
                return lists?.ToArray();

                // ATen lets a mask of several axes stand for as many entries as it has axes.
                void List(Tensor list, long width)
                {
                    lists ??= [];
                    for (; listed < axis; listed++) lists.Add(null);
                    lists.Add(list);
                    listed += width;
                    axis += width;
                }
            }

            private static long Width(TensorIndex index) => index.kind switch
            {
                TensorIndex.Kinds.Single or TensorIndex.Kinds.Slice => 1,
                TensorIndex.Kinds.Tensor => index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? index.tensor.ndim : 1,
                _ => 0,
            };

            /// <summary>Writes a value; leading axes of length one that the view lacks are dropped.</summary>
            public void Fill(Tensor value)
            {
                using View fitted = new(value);
                long own = step == IntPtr.Zero ? tensor.ndim : Get(step, Fact.Dimensions);
                long[] shape = value.shape;
                for (long axes = shape.Length; axes > own && shape[^(int)axes] == 1; axes--) fitted.Become(CallRaw("aten::squeeze.dim", fitted.Current, 0));
                CallVoid("aten::copy_", Current, fitted.Current);
            }

            /// <summary>Hands the view out.</summary>
            public Tensor Take()
            {
                if (step == IntPtr.Zero) return tensor.alias();
                Tensor taken = new(step);
                step = IntPtr.Zero;
                return taken;
            }

            public void Dispose()
            {
                if (step != IntPtr.Zero) Native.Release(step);
                if (masks is not null) foreach (Tensor mask in masks) mask.Dispose();
            }
        }
    }
}

using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public readonly struct TensorIndex
    {
        private enum Kind { None, Ellipsis, Single, Slice, Tensor, Bool }

        private readonly Kind _kind;
        private readonly long? _start, _stop, _step;
        private readonly Tensor? _tensor;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null) =>
            (_kind, _start, _stop, _step, _tensor) = (kind, start, stop, step, tensor);

        public static readonly TensorIndex None = new(Kind.None);
        public static readonly TensorIndex Null = None;
        public static readonly TensorIndex Ellipsis = new(Kind.Ellipsis);
        public static readonly TensorIndex Colon = new(Kind.Slice);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);
        public static TensorIndex Slice(Range range) =>
            new(Kind.Slice, FromIndex(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : FromIndex(range.End));
        public static TensorIndex Slice((int?, int?) range) => new(Kind.Slice, range.Item1, range.Item2);
        public static TensorIndex Single(long? index) => index is null ? None : new(Kind.Single, index);
        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);
        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex(Index index) => Single(FromIndex(index));
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        private static long FromIndex(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        /// <summary>Applies everything but tensors, as views; the tensors that are left index the result (null where a dimension is whole).</summary>
        internal static (Tensor View, Tensor?[] Tensors) Apply(Tensor source, TensorIndex[] indices)
        {
            var rest = new List<Tensor?>();
            Tensor view = source.alias();
            int dim = 0, taken = indices.Count(i => i._kind is Kind.Single or Kind.Slice) + (int)indices.Sum(i =>
                i._tensor is { dtype: ScalarType.Bool } mask ? mask.ndim : i._tensor is null ? 0 : 1);
            foreach (TensorIndex index in indices)
            {
                switch (index._kind)
                {
                    case Kind.Single:
                        view = Step(view, view.select(dim, index._start!.Value));
                        break;
                    case Kind.Slice:
                        if (index._start is not null || index._stop is not null || index._step is not null)
                            view = Step(view, Ops.Call("slice.Tensor", view, dim, index._start, index._stop, index._step ?? 1));
                        rest.Add(null);
                        dim++;
                        break;
                    case Kind.Ellipsis:
                        for (long whole = source.ndim - taken; whole > 0; whole--, dim++) rest.Add(null);
                        break;
                    case Kind.None:
                        view = Step(view, view.unsqueeze(dim));
                        rest.Add(null);
                        dim++;
                        break;
                    case Kind.Bool:
                        view = Step(view, view.unsqueeze(dim));
                        rest.Add(index._start != 0 ? tensor(new long[] { 0 }) : tensor(Array.Empty<long>()));
                        dim++;
                        break;
                    default:
                        rest.Add(index._tensor);
                        dim += index._tensor!.dtype == ScalarType.Bool ? (int)index._tensor.ndim : 1;
                        break;
                }
            }
            return (view, rest.Exists(t => t is not null) ? [.. rest] : []);
        }

        private static Tensor Step(Tensor before, Tensor after)
        {
            before.Dispose();
            return after;
        }
    }

    public partial class Tensor
    {
        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[] rest) = TensorIndex.Apply(this, indices);
            if (rest.Length == 0) return view;
            using (view) return view.index(rest);
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            (Tensor view, Tensor?[] rest) = TensorIndex.Apply(this, indices);
            using (view)
            {
                if (rest.Length > 0) view.index_put_(value, rest, accumulate);
                else if (accumulate) view.add_(value);
                else view.copy_(value);
            }
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = value.ToTensor(dtype, device);
            return index_put_(number, indices, false);
        }

        private static TensorIndex[] Indices(params long[] indices) => Array.ConvertAll(indices, i => (TensorIndex)i);

        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices, false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices, false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Indices(indices));
            set => index_put_(value, Indices(indices), false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, Indices(i1), false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Indices(i1, i2));
            set => index_put_(value, Indices(i1, i2), false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Indices(i1, i2, i3));
            set => index_put_(value, Indices(i1, i2, i3), false);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Indices(i1, i2, i3, i4));
            set => index_put_(value, Indices(i1, i2, i3, i4), false);
        }
    }
}

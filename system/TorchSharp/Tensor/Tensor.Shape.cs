namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Ops.Call("view", this, shape);
        public Tensor view_as(Tensor other) => view(other.shape);
        public Tensor reshape(params long[] shape) => Ops.Call("reshape", this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.Call("flatten.using_ints", this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => dim >= 0 && dim < ndim && sizes.Length > 0
            ? Ops.Call("unflatten.int", this, dim, sizes)
            : throw new ArgumentException($"unflatten: dimension {dim} and {sizes.Length} sizes; the dimension must be in [0, {ndim}), with a size");
        public Tensor ravel() => Ops.Call("ravel", this);
        public Tensor squeeze(long? dim = null) => dim is null ? Ops.Call("squeeze", this) : Ops.Call("squeeze.dim", this, dim);
        public Tensor squeeze_(long? dim = null) => dim is null ? Ops.InPlace("squeeze_", this) : Ops.InPlace("squeeze_.dim", this, dim);
        public Tensor unsqueeze(long dim) => Ops.Call("unsqueeze", this, dim);
        public Tensor unsqueeze_(long dim) => Ops.InPlace("unsqueeze_", this, dim);
        public Tensor expand(params long[] sizes) => Ops.Call("expand", this, sizes);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.Call("expand", this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Ops.Call("expand", this, sizes, isImplicit);
        public Tensor expand_as(Tensor other) => expand(other.shape);
        public Tensor broadcast_to(params long[] shape) => Ops.Call("broadcast_to", this, shape);
        public Tensor repeat(params long[] sizes) => Ops.Call("repeat", this, sizes);
        public Tensor tile(long[] reps) => Ops.Call("tile", this, reps);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.Call("repeat_interleave.self_int", this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.Call("repeat_interleave.self_Tensor", this, repeats, dim, output_size);
        public Tensor transpose(long dim0, long dim1) => Ops.Call("transpose.int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Ops.InPlace("transpose_", this, dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor t() => Ops.Call("t", this);
        public Tensor permute(params long[] permutation) => Ops.Call("permute", this, permutation);
        public Tensor movedim(long[] source, long[] destination) => Ops.Call("movedim.intlist", this, source, destination);
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);
        public Tensor flip(params long[] dims) => Ops.Call("flip", this, dims);
        public Tensor fliplr() => Ops.Call("fliplr", this);
        public Tensor flipud() => Ops.Call("flipud", this);
        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } dim ? [dim] : []);
        public Tensor roll(long[] shifts) => roll(shifts, [0]);
        public Tensor roll(long[] shifts, long[] dims) => Ops.Call("roll", this, shifts, dims);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Ops.Call("as_strided", this, size, strides, storageOffset);
        public Tensor unfold(long dimension, long size, long step) => Ops.Call("unfold", this, dimension, size, step);
        public Tensor tril(long diagonal = 0) => Ops.Call("tril", this, diagonal);
        public Tensor triu(long diagonal = 0) => Ops.Call("triu", this, diagonal);
        public Tensor diag(long diagonal = 0) => Ops.Call("diag", this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            dim1 != dim2 ? Ops.Call("diagonal", this, offset, dim1, dim2)
                : throw new ArgumentException($"Diagonal dimensions cannot be identical {dim1}, {dim2}");
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Ops.Call("diag_embed", this, offset, dim1, dim2);
        public Tensor contiguous() => Ops.Call("contiguous", this);
        /// <summary>Another object for the very same tensor, gradient included. (aten::alias would make a view; this operator hands back what is not
        /// conjugated.)</summary>
        public Tensor alias() => Ops.Call("resolve_conj", this);
        public Tensor T => Ops.Call("numpy_T", this);

        public Tensor[] split(long size, int dim = 0) => Ops.CallMany("split.Tensor", this, size, dim);
        public Tensor[] split(params long[] sizes) => split(sizes, 0L);
        public Tensor[] split(long[] sizes, long dim = 0) => Ops.CallMany("split_with_sizes", this, sizes, dim);
        public Tensor[] chunk(long chunks, long dim = 0) => Ops.CallMany("chunk", this, chunks, dim);
        public Tensor[] unbind(long dimension = 0) => Ops.CallMany("unbind.int", this, dimension);
        public Tensor[] tensor_split(long size, long dim = 0) => Ops.CallMany("tensor_split.sections", this, size, dim);
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Ops.CallMany("tensor_split.indices", this, sizes, dim);
    }

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor unflatten(Tensor input, long dim, params long[] sizes) => input.unflatten(dim, sizes);
    public static Tensor ravel(Tensor input) => input.ravel();
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor unsqueeze_(Tensor input, long dim) => input.unsqueeze_(dim);
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);
    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);
    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);
    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor swapaxes(Tensor input, long axis0, long axis1) => input.swapaxes(axis0, axis1);
    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.swapdims(dim0, dim1);
    public static Tensor t(Tensor input) => input.t();
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);
    public static Tensor moveaxis(Tensor input, long[] source, long[] destination) => input.moveaxis(source, destination);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor fliplr(Tensor input) => input.fliplr();
    public static Tensor flipud(Tensor input) => input.flipud();
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);
    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);
    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal(offset, dim1, dim2);
    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) => input.diag_embed(offset, dim1, dim2);
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);
    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);
    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => tensors.Length switch
    {
        0 => throw new ArgumentException("there is nothing to concatenate", nameof(tensors)),
        1 => tensors[0].alias(), // upstream copies nothing then
        _ => Ops.Call("cat", tensors, dim),
    };
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.Call("stack", tensors.ToArray(), dim);
    public static Tensor hstack(IList<Tensor> tensors) => Ops.Call("hstack", tensors.ToArray());
    public static Tensor hstack(params Tensor[] tensors) => Ops.Call("hstack", tensors);
    public static Tensor vstack(IList<Tensor> tensors) => Ops.Call("vstack", tensors.ToArray());
    public static Tensor vstack(Tensor[] tensors) => Ops.Call("vstack", tensors);
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Ops.CallMany("meshgrid.indexing", tensors.ToArray(), indexing);
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Ops.CallMany("broadcast_tensors", tensors);
}

using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor, in the order of its shape whatever its strides. Keeps the tensor alive.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape, _stride;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        (_tensor, _shape, _stride, _contiguous, Count) = (tensor, tensor.shape, tensor.stride(), tensor.is_contiguous(), tensor.numel());
    }

    public long Count { get; }
    public bool IsReadOnly => false;

    private T* Data => (T*)_tensor.DataPointer;

    public T this[params long[] indices]
    {
        get => Data[Offset(indices)];
        set => Data[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        if (Count == 0 && _shape.Length < 2) return [];
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public Array ToNDArray()
    {
        if (_shape.Length == 0) return ToArray();
        Array result = Array.CreateInstance(typeof(T), _shape);
        if (Count == 0) return result;
        CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result)),
                (int)Count));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        Span<T> target = array[arrayIndex..];
        int n = (int)Math.Min(target.Length, Count - tensorIndex);
        T* data = Data;
        if (_contiguous) new ReadOnlySpan<T>(data + tensorIndex, n).CopyTo(target);
        else for (int i = 0; i < n; i++) target[i] = data[Offset(tensorIndex + i)];
        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        ReadOnlySpan<T> source = array[arrayIndex..];
        int n = (int)Math.Min(source.Length, Count - tensorIndex);
        T* data = Data;
        if (_contiguous) source[..n].CopyTo(new Span<T>(data + tensorIndex, n));
        else for (int i = 0; i < n; i++) data[Offset(tensorIndex + i)] = source[i];
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T At(long index) => Data[Offset(index)];

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;
    public override int GetHashCode() => _tensor.GetHashCode();
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Count == right.Count && left.SequenceEqual(right);
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public void Dispose() { }

    /// <summary>Upstream has no elements to start from in an empty tensor either: ToArray of one with two dimensions or more throws.</summary>
    private void CheckStart(long tensorIndex)
    {
        if (tensorIndex < 0 || tensorIndex >= Count)
            throw new ArgumentOutOfRangeException(nameof(tensorIndex), $"element {tensorIndex} of a tensor of {Count} elements");
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] < 0 || indices[0] >= Count) throw new IndexOutOfRangeException($"index {indices[0]} in a tensor of {Count} elements");
            return Offset(indices[0]);
        }
        long offset = 0;
        for (int d = 0; d < _shape.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _shape[d]) throw new IndexOutOfRangeException($"{indices[d]} >= {_shape[d]} in dimension {d}.");
            offset += indices[d] * _stride[d];
        }
        return offset;
    }

    private long Offset(long index)
    {
        if (_contiguous) return index;
        long offset = 0;
        for (int d = _shape.Length - 1; d >= 0; d--)
        {
            index = Math.DivRem(index, _shape[d], out long here);
            offset += here * _stride[d];
        }
        return offset;
    }
}

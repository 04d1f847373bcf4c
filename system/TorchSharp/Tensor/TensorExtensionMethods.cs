using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();
    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();
    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        from_array(new[] { scalar }, device).squeeze(0).clone().requires_grad_(requires_grad);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, n) => product * n);

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>A number as a tensor without dimensions.</summary>
    internal static Tensor ToTensor(this Scalar value, ScalarType? dtype = null, Device? device = null) =>
        Ops.Call("scalar_tensor", value, dtype ?? (value.Type == ScalarType.Float64 ? get_default_dtype() : value.Type), Value.None, device ?? CPU);

    // Upstream's format, in which its modules store their tensors: element type, rank and lengths as LEB128, then the bytes.
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = tensor.detach().cpu().contiguous();
        writer.Encode((long)plain.dtype);
        long[] shape = plain.shape;
        writer.Encode(shape.Length);
        foreach (long n in shape) writer.Encode(n);
        plain.WriteBytesToStream(writer.BaseStream);
    }

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        (ScalarType type, long[] shape) = Header(reader);
        if (type != tensor.dtype)
            throw new ArgumentException($"the stored tensor's element type {type} is not {tensor.dtype}: it was stored from another model");
        ReadInto(tensor, shape, reader, skip);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? loaded = null;
        Load(ref loaded, reader, skip);
        return loaded!;
    }

    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        (ScalarType type, long[] shape) = Header(reader);
        tensor ??= zeros(shape, dtype: type);
        ReadInto(tensor, shape, reader, skip);
    }

    private static (ScalarType Type, long[] Shape) Header(BinaryReader reader)
    {
        var type = (ScalarType)reader.Decode();
        long rank = reader.Decode();
        if (rank is < 0 or > 64) throw new InvalidDataException($"a stored tensor cannot have {rank} dimensions");
        var shape = new long[rank];
        for (int d = 0; d < shape.Length; d++) shape[d] = reader.Decode();
        return (type, shape);
    }

    private static void ReadInto(Tensor tensor, long[] shape, BinaryReader reader, bool skip)
    {
        if (skip)
        {
            reader.BaseStream.Seek(shape.TotalSize() * tensor.ElementSize, SeekOrigin.Current);
            return;
        }
        if (!shape.SequenceEqual(tensor.shape))
            throw new ArgumentException($"the stored tensor's shape [{string.Join('x', shape)}] is not [{string.Join('x', tensor.shape)}]: another model's");
        using IDisposable plain = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor here = empty(shape, dtype: tensor.dtype, device: CPU);
        here.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(here);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>NumPy's format (version 1.0): float32 [N, ...sample shape], in the data's own units.</summary>
internal sealed class NpyRecords(GeneratorInfo info) : IRecords
{
    private readonly int _size = info.SampleSize * sizeof(float);

    public byte[] Header(ulong total) => Header("<f4", [total, .. info.SampleShape.Select(size => (ulong)size)]);

    public void Write(Stream stream, SampleBatch batch) => stream.Write(MemoryMarshal.AsBytes(batch.Samples.Span));

    public (ulong Records, long Bytes) Whole(Stream part)
    {
        long records = (part.Length - part.Position) / _size;
        return ((ulong)records, records * _size);
    }

    /// <summary>The magic number and the description, filled up with spaces to a multiple of 64 bytes.</summary>
    public static byte[] Header(string type, IEnumerable<ulong> shape)
    {
        string sizes = string.Concat(shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + ", "));
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes.TrimEnd()}), }}";
        int length = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - 10));
        Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n", header.AsSpan(10));
        return header;
    }
}

/// <summary>NumPy's format: int64 [N].</summary>
internal sealed class NpyLabels : ILabelRecords
{
    public int Size => sizeof(long);

    public byte[] Header(ulong total) => NpyRecords.Header("<i8", [total]);

    public void Encode(long label, Span<byte> record) => BinaryPrimitives.WriteInt64LittleEndian(record, label);
}

using System.Buffers.Binary;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>The IDX format of images: a byte a pixel.</summary>
internal sealed class IdxRecords(int rows, int columns) : IRecords
{
    private byte[] _pixels = [];

    public byte[] Header(ulong total) => Header(0x00000803, total, rows, columns);

    public void Write(Stream stream, SampleBatch batch)
    {
        ReadOnlySpan<float> samples = batch.Samples.Span;
        if (_pixels.Length < samples.Length) _pixels = new byte[samples.Length];
        for (int i = 0; i < samples.Length; i++) _pixels[i] = SampleWriters.Pixel(samples[i]);
        stream.Write(_pixels, 0, samples.Length);
    }

    public (ulong Records, long Bytes) Whole(Stream part)
    {
        long records = (part.Length - part.Position) / (rows * columns);
        return ((ulong)records, records * rows * columns);
    }

    public static byte[] Header(int magic, ulong total, params int[] sizes)
    {
        if (total > int.MaxValue) throw UserErrorException.Usage($"--count {total}: an IDX file holds at most {int.MaxValue} samples; use .npy or .csv.");
        byte[] header = new byte[8 + 4 * sizes.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), (int)total);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8 + 4 * i), sizes[i]);
        return header;
    }
}

/// <summary>The IDX format of labels: a byte each.</summary>
internal sealed class IdxLabels : ILabelRecords
{
    public int Size => 1;

    public byte[] Header(ulong total) => IdxRecords.Header(0x00000801, total);

    public void Encode(long label, Span<byte> record) => record[0] = (byte)label;
}

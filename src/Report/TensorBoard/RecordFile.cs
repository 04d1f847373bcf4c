using System.Buffers.Binary;
using System.Numerics;

namespace GanPipeline.Report.TensorBoard;

/// <summary>
/// The framing of TensorBoard's files: the length as 8 bytes, its checksum, the bytes, their checksum, all little-endian. A checksum is CRC-32C (Castagnoli),
/// rotated right by 15 bits plus a constant, since a CRC of bytes that hold CRCs would be weak.
/// </summary>
internal static class RecordFile
{
    private const int HeaderSize = 12, FooterSize = 4;
    private const uint MaskDelta = 0xA282EAD8;

    public static byte[] Frame(ReadOnlySpan<byte> record)
    {
        byte[] framed = new byte[HeaderSize + record.Length + FooterSize];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(8), Checksum(framed.AsSpan(0, 8)));
        record.CopyTo(framed.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(HeaderSize + record.Length), Checksum(record));
        return framed;
    }

    /// <summary>The records of a file up to its end or to the first that is not whole: what a killed process left.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> file)
    {
        while (file.Length >= HeaderSize + FooterSize)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.Span[8..]) != Checksum(file.Span[..8]) || length > (ulong)(file.Length - HeaderSize - FooterSize))
                yield break;
            ReadOnlyMemory<byte> record = file.Slice(HeaderSize, (int)length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.Span[(HeaderSize + record.Length)..]) != Checksum(record.Span)) yield break;
            yield return record;
            file = file[(HeaderSize + record.Length + FooterSize)..];
        }
    }

    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}

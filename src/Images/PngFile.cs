using System.Buffers.Binary;
using System.IO.Compression;
using GanPipeline.Primitives;

namespace GanPipeline.Images;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): 8 bits a channel, grey or RGB, not interlaced.</summary>
internal static class PngFile
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes <paramref name="raster"/> to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, Raster raster) => AtomicFile.Write(path, stream => Write(stream, raster));

    /// <summary>Writes <paramref name="raster"/> to <paramref name="stream"/>.</summary>
    public static void Write(Stream stream, Raster raster)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], raster.Height);
        header[8] = 8; // bits a channel
        header[9] = raster.Channels == 1 ? (byte)0 : (byte)2; // grey or truecolour
        header[10..].Clear(); // deflate, the standard filters, no interlace

        stream.Write(Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(raster));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Compress(Raster raster)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = raster.Width * raster.Channels;
            for (var y = 0; y < raster.Height; y++)
            {
                zlib.WriteByte(0); // no filter: sample grids and plots are mostly flat and compress well as they are
                zlib.Write(raster.Data, y * stride, stride);
            }
        }

        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    /// <summary>The checksum of a chunk (ISO/IEC 15948, section 5.5).</summary>
    /// <param name="typeAndData">The chunk without its length and its checksum.</param>
    public static uint Checksum(ReadOnlySpan<byte> typeAndData) => ~Crc(typeAndData, uint.MaxValue);

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        stream.Write(word);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(data, Crc(type, uint.MaxValue)));
        stream.Write(word);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (var b in data)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
            {
                c = (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1);
            }

            table[n] = c;
        }

        return table;
    }
}

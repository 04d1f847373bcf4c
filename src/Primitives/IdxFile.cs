using System.Buffers.Binary;
using System.IO.Compression;

namespace GanPipeline.Primitives;

/// <summary>Grey images as an IDX file holds them.</summary>
/// <param name="Pixels">Row-major [Count, Rows, Columns], 0 to 255.</param>
/// <param name="Count">Number of images, at least 1.</param>
/// <param name="Rows">Height of each.</param>
/// <param name="Columns">Width of each.</param>
internal sealed record IdxImages(byte[] Pixels, int Count, int Rows, int Columns);

/// <summary>
/// The IDX format of the MNIST family: a magic number, big-endian sizes, bytes. Reads plain and gzip-compressed files (told apart by their contents, not by
/// their name) and trusts nothing: a header that claims more than the file can hold is refused before any memory is taken for it.
/// </summary>
internal static class IdxFile
{
    private const int LabelsMagic = 0x00000801, ImagesMagic = 0x00000803;

    /// <summary>Deflate cannot shrink data more than 1032 times, so a compressed file bounds what may honestly be in it.</summary>
    private const long MaxExpansion = 1032;

    /// <summary>Images shrink 2 to 30 times; a small file of zeros for gigabytes is not read.</summary>
    private const long HonestExpansion = 100, HonestBytes = 64 << 20;

    /// <summary>Reads a file of images (magic number 2051).</summary>
    /// <exception cref="UserErrorException">The file is missing, is no such file, is cut short or is longer than it says.</exception>
    public static IdxImages ReadImages(string path)
    {
        var (sizes, data) = Read(path, ImagesMagic, "images");
        return new IdxImages(data, sizes[0], sizes[1], sizes[2]);
    }

    /// <summary>Reads a file of labels (magic number 2049).</summary>
    /// <exception cref="UserErrorException">The file is missing, is no such file, is cut short or is longer than it says.</exception>
    public static byte[] ReadLabels(string path) => Read(path, LabelsMagic, "labels").Data;

    /// <summary>
    /// Writes images; the file is compressed when its name ends in <c>.gz</c>. The pixels may come in pieces of any length, and are written as they come.
    /// </summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The pieces do not add up to count × rows × columns bytes; nothing is published then.</exception>
    public static void WriteImages(string path, int count, int rows, int columns, IEnumerable<ReadOnlyMemory<byte>> pixels) =>
        Write(path, [ImagesMagic, count, rows, columns], pixels);

    /// <summary>Writes labels; the file is compressed when its name ends in <c>.gz</c>.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The pieces do not add up to <paramref name="count"/> bytes; nothing is published then.</exception>
    public static void WriteLabels(string path, int count, IEnumerable<ReadOnlyMemory<byte>> labels) => Write(path, [LabelsMagic, count], labels);

    private static (int[] Sizes, byte[] Data) Read(string path, int magic, string content)
    {
        try
        {
            using var file = InputFile.Open(path, $"an IDX file of {content} (plain or .gz) is needed here");
            var compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            if (!compressed)
            {
                return Parse(path, file, magic, content, limit: file.Length, honest: long.MaxValue);
            }

            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return Parse(path, gzip, magic, content, limit: file.Length * MaxExpansion, honest: Math.Max(HonestBytes, file.Length * HonestExpansion));
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{path}: its gzip compression is damaged; fetch the file again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read: {e.Message.TrimEnd('.')}; check that it is a file and that you may read it", e);
        }
    }

    private static (int[] Sizes, byte[] Data) Parse(string path, Stream stream, int magic, string content, long limit, long honest)
    {
        var dimensions = magic & 0xFF;
        Span<byte> header = stackalloc byte[16];
        header = header[..(4 + 4 * dimensions)];
        var got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var found = BinaryPrimitives.ReadInt32BigEndian(header);
        if (got >= 4 && found != magic)
        {
            var hint = found is LabelsMagic or ImagesMagic ? "images and labels may have been swapped" : "this is no such file";
            throw new UserErrorException($"{path}: starts with {found:X8}, but an IDX file of {content} starts with {magic:X8}; {hint}");
        }

        if (got < header.Length)
        {
            throw new UserErrorException($"{path}: ends at byte {got}, inside its {header.Length}-byte IDX header; fetch the file again");
        }

        var sizes = new int[dimensions];
        UInt128 claimed = 1;
        for (var i = 0; i < dimensions; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + 4 * i)..]);
            claimed *= size;
            if (size is 0 or > int.MaxValue)
            {
                throw new UserErrorException($"{path}: claims a size of {size} at byte {4 + 4 * i}; an IDX file of {content} holds at least one; " +
                    "fetch the file again");
            }

            sizes[i] = (int)size;
        }

        var shape = string.Join(" x ", sizes);
        if (claimed > (UInt128)Array.MaxLength)
        {
            throw new UserErrorException($"{path}: claims {shape} bytes of {content}, more than the {Array.MaxLength} that can be read at once; " +
                "split the file");
        }

        if (claimed + (uint)header.Length > (UInt128)limit)
        {
            throw new UserErrorException($"{path}: claims {shape} bytes of {content}, but is too short to hold them; fetch the file again");
        }

        if (claimed > (UInt128)honest)
        {
            throw new UserErrorException($"{path}: claims {shape} bytes of {content} in {limit / MaxExpansion} compressed ones; if it can be trusted, " +
                "decompress it first");
        }

        var data = new byte[(int)claimed];
        var read = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        if (read < data.Length)
        {
            throw new UserErrorException($"{path}: ends after {read} of {shape} = {data.Length} bytes of {content}; fetch the file again");
        }

        if (stream.ReadByte() != -1)
        {
            throw new UserErrorException($"{path}: goes on after its {shape} = {data.Length} bytes of {content}; fetch the file again");
        }

        return (sizes, data);
    }

    private static void Write(string path, ReadOnlySpan<int> header, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var expected = 1L;
        var bytes = new byte[4 * header.Length];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), header[i]);
            if (i > 0)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(header[i], 1);
                expected = checked(expected * header[i]);
            }
        }

        AtomicFile.Write(path, file =>
        {
            using var gzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
            var stream = gzip ?? file;
            stream.Write(bytes);
            var written = 0L;
            foreach (var piece in pieces)
            {
                stream.Write(piece.Span);
                written += piece.Length;
            }

            if (written != expected)
            {
                throw new ArgumentException($"{path}: {written} bytes were given for a file of {expected}", nameof(pieces));
            }
        });
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GanPipeline.Training.Checkpoints;

/// <summary>
/// The container: 8 bytes magic, uint32 version, uint32 header length, header (JSON), uint32 tensor count; for each tensor uint32 name length, name (ASCII),
/// uint64 value count and float32 values; at the end SHA-256 of everything before. All little-endian. A file may have any length; it is written and read in
/// parts.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>What is written. Of all but tables the versions from <see cref="Oldest"/> on are the same.</summary>
    public const int Version = 6;

    /// <summary>Bytes that the header may have: what is written can be read.</summary>
    public const int MaxHeader = 16 << 20;

    private const int Oldest = 3, MaxName = 4096, MaxTensors = 4096, Part = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "GANPCKPT"u8;

    public static void Write(string path, byte[] header, IReadOnlyDictionary<string, float[]> tensors) => AtomicFile.Write(path, stream =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
        void PutCount(int count)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, count);
            Put(bytes);
        }
        void PutLength(long length)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
            Put(bytes);
        }
        CheckHeader(header.Length);
        Put(Magic);
        PutCount(Version);
        PutCount(header.Length);
        Put(header);
        PutCount(tensors.Count);
        foreach ((string name, float[] values) in tensors)
        {
            byte[] ascii = Encoding.ASCII.GetBytes(name);
            PutCount(ascii.Length);
            Put(ascii);
            PutLength(values.LongLength);
            // In parts: the bytes of 2^29 values and more have no span.
            for (ReadOnlySpan<float> left = values; left.Length > 0; left = left[Math.Min(Part, left.Length)..])
                Put(MemoryMarshal.AsBytes(left[..Math.Min(Part, left.Length)]));
        }
        stream.Write(hash.GetHashAndReset());
    });

    /// <summary>Refuses a header that could not be read back.</summary>
    /// <exception cref="UserErrorException">It is too long; the message says why it may be.</exception>
    public static void CheckHeader(long bytes)
    {
        if (bytes <= MaxHeader) return;
        throw new UserErrorException(FormattableString.Invariant($"a checkpoint would have to hold {bytes} bytes of options, class names, categories and ") +
            FormattableString.Invariant($"ranges, and {MaxHeader} are possible: leave out columns of many different values, or join their rare ones."));
    }

    public static (long Version, byte[] Header, IReadOnlyDictionary<string, float[]> Tensors) Read(string path)
    {
        try
        {
            using FileStream stream = InputFile.Open(path, "name a checkpoint (.ckpt) or the folder of a run.");
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException($"{path}: cannot be read as a checkpoint ({e.Message}).", e);
        }
    }

    private static (long Version, byte[] Header, IReadOnlyDictionary<string, float[]> Tensors) Read(FileStream stream, string path)
    {
        long end = stream.Length - SHA256.HashSizeInBytes;
        T[] Take<T>(long count) where T : unmanaged
        {
            long at = stream.Position, bytes = count * Marshal.SizeOf<T>();
            if (bytes > end - at) throw Damaged(path, $"a part of {bytes} bytes at byte {at} reaches past its end");
            T[] values = new T[count];
            for (Span<T> left = values; left.Length > 0; left = left[Math.Min(Part, left.Length)..])
                stream.ReadExactly(MemoryMarshal.AsBytes(left[..Math.Min(Part, left.Length)]));
            return values;
        }
        long Count<T>(long most) where T : unmanaged, IBinaryInteger<T>
        {
            long at = stream.Position, count = long.CreateSaturating(T.ReadLittleEndian(Take<byte>(Marshal.SizeOf<T>()), isUnsigned: true));
            return count <= most ? count : throw Damaged(path, $"the count {count} at byte {at} is out of range");
        }
        if (end < Magic.Length + 4 || !Take<byte>(Magic.Length).AsSpan().SequenceEqual(Magic)) throw Damaged(path, "it is no checkpoint of this program");
        long version = Count<uint>(uint.MaxValue);
        if (version is not (>= Oldest and <= Version)) throw Damaged(path, $"it has format version {version}, and this program reads version {Version}");
        // The checksum guards against accidents, the bounds above and below against malice: no memory is taken for what the file has not got.
        if (!IsWhole(stream, end)) throw Damaged(path, "its checksum does not match: it is cut short or damaged");
        stream.Position = Magic.Length + 4;
        byte[] header = Take<byte>(Count<uint>(MaxHeader));
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (long left = Count<uint>(MaxTensors); left > 0; left--)
        {
            long at = stream.Position;
            string name = Encoding.ASCII.GetString(Take<byte>(Count<uint>(MaxName)));
            if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')) throw Damaged(path, $"the name of a tensor at byte {at} is none");
            if (!tensors.TryAdd(name, Take<float>(Count<ulong>(Array.MaxLength)))) throw Damaged(path, $"the tensor '{name}' is there twice");
        }
        return stream.Position == end ? (version, header, tensors) : throw Damaged(path, $"{end - stream.Position} bytes are left over");
    }

    /// <summary>Whether the bytes before <paramref name="end"/> have the checksum that stands there.</summary>
    private static bool IsWhole(FileStream stream, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] part = new byte[Part], checksum = new byte[SHA256.HashSizeInBytes];
        stream.Position = 0;
        for (long left = end; left > 0;)
        {
            Span<byte> bytes = part.AsSpan(0, (int)Math.Min(part.Length, left));
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            left -= bytes.Length;
        }
        stream.ReadExactly(checksum);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(checksum);
    }

    private static UserErrorException Damaged(string path, string why) => new($"{path}: {why}. Use another checkpoint, or train again into a new folder.");
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Training.Checkpoints;

/// <summary>
/// The container: 8 bytes magic, uint32 version, uint32 header length, header (JSON), uint32 tensor count; for each tensor uint32 name length, name (ASCII),
/// uint64 value count and float32 values; at the end SHA-256 of everything before. All little-endian. A file may have any length; it is written and read in
/// parts.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Bytes that the header may have: what is written can be read.</summary>
    public const int MaxHeader = 16 << 20;

    private const int Version = 3, MaxName = 4096, MaxTensors = 4096, Part = 1 << 20;

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

    public static (byte[] Header, IReadOnlyDictionary<string, float[]> Tensors) Read(string path)
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

    private static (byte[] Header, IReadOnlyDictionary<string, float[]> Tensors) Read(FileStream stream, string path)
    {
        long end = stream.Length - SHA256.HashSizeInBytes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The checksum guards against accidents, the bounds below against malice: nothing is taken from memory that the file has not got.
        T[] Take<T>(long count) where T : unmanaged
        {
            long at = stream.Position, bytes = count * Marshal.SizeOf<T>();
            if (bytes > end - at) throw Damaged(path, $"a part of {bytes} bytes at byte {at} reaches past its end: it is cut short or damaged");
            T[] values = new T[count];
            for (Span<T> left = values; left.Length > 0; left = left[Math.Min(Part, left.Length)..])
            {
                Span<byte> part = MemoryMarshal.AsBytes(left[..Math.Min(Part, left.Length)]);
                stream.ReadExactly(part);
                hash.AppendData(part);
            }
            return values;
        }
        long Count<T>(long most) where T : unmanaged, IBinaryInteger<T>
        {
            long at = stream.Position, count = long.CreateSaturating(T.ReadLittleEndian(Take<byte>(Marshal.SizeOf<T>()), isUnsigned: true));
            return count <= most ? count : throw Damaged(path, $"the count {count} at byte {at} is out of range");
        }
        if (end < 0 || !Take<byte>(Math.Min(Magic.Length, end)).AsSpan().SequenceEqual(Magic)) throw Damaged(path, "it is no checkpoint of this program");
        long version = Count<uint>(uint.MaxValue);
        if (version != Version) throw Damaged(path, $"it has format version {version}, and this program reads version {Version}");
        byte[] header = Take<byte>(Count<uint>(MaxHeader));
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (long left = Count<uint>(MaxTensors); left > 0; left--)
        {
            long at = stream.Position;
            string name = Encoding.ASCII.GetString(Take<byte>(Count<uint>(MaxName)));
            if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')) throw Damaged(path, $"the name of a tensor at byte {at} is none");
            if (!tensors.TryAdd(name, Take<float>(Count<ulong>(Array.MaxLength)))) throw Damaged(path, $"the tensor '{name}' is there twice");
        }
        if (stream.Position != end) throw Damaged(path, $"{end - stream.Position} bytes are left over");
        byte[] checksum = new byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(checksum);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(checksum) ? (header, tensors)
            : throw Damaged(path, "its checksum does not match: it is damaged");
    }

    private static UserErrorException Damaged(string path, string why) => new($"{path}: {why}. Use another checkpoint, or train again into a new folder.");
}

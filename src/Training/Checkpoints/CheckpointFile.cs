using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Training.Checkpoints;

/// <summary>
/// The container: 8 bytes magic, uint32 version, uint32 header length, header (JSON), uint32 tensor count; for each tensor uint32 name length, name (UTF-8),
/// uint32 value count and float32 values; at the end SHA-256 of everything before. All little-endian.
/// </summary>
internal static class CheckpointFile
{
    private const int Version = 2, MaxHeader = 16 << 20, MaxName = 4096, MaxTensors = 4096;

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
        Put(Magic);
        PutCount(Version);
        PutCount(header.Length);
        Put(header);
        PutCount(tensors.Count);
        foreach ((string name, float[] values) in tensors)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            PutCount(utf8.Length);
            Put(utf8);
            PutCount(values.Length);
            Put(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        stream.Write(hash.GetHashAndReset());
    });

    public static (byte[] Header, IReadOnlyDictionary<string, float[]> Tensors) Read(string path)
    {
        byte[] file;
        try { file = File.ReadAllBytes(path); }
        catch (IOException e) { throw new UserErrorException($"{path}: cannot be read as a checkpoint ({e.Message}).", e); }
        if (file.Length < Magic.Length + 4 || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw Damaged(path, "it is no checkpoint of this program");
        int version = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(Magic.Length));
        if (version != Version) throw Damaged(path, $"it has format version {version}, and this program reads version {Version}");
        int body = file.Length - SHA256.HashSizeInBytes;
        if (body < 20 || !SHA256.HashData(file.AsSpan(0, body)).AsSpan().SequenceEqual(file.AsSpan(body)))
            throw Damaged(path, "its checksum does not match: it is cut short or damaged");
        int at = Magic.Length + 4;
        // The checksum guards against accidents, the bounds below against malice.
        ReadOnlySpan<byte> Take(int count)
        {
            if (count > body - at) throw Damaged(path, $"a part of {count} bytes at byte {at} reaches past its end");
            ReadOnlySpan<byte> part = file.AsSpan(at, count);
            at += count;
            return part;
        }
        int Count(int most)
        {
            int count = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
            return count >= 0 && count <= most ? count : throw Damaged(path, $"the count {count} at byte {at - 4} is out of range");
        }
        byte[] header = Take(Count(MaxHeader)).ToArray();
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (int left = Count(MaxTensors); left > 0; left--)
        {
            string name = Encoding.UTF8.GetString(Take(Count(MaxName)));
            float[] values = MemoryMarshal.Cast<byte, float>(Take(4 * Count(body / 4))).ToArray();
            if (!tensors.TryAdd(name, values)) throw Damaged(path, $"the tensor '{name}' is there twice");
        }
        return at == body ? (header, tensors) : throw Damaged(path, $"{body - at} bytes are left over");
    }

    private static UserErrorException Damaged(string path, string why) => new($"{path}: {why}. Use another checkpoint, or train again into a new folder.");
}

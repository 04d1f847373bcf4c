using System.Buffers.Binary;
using Parquet.Meta;

namespace GanPipeline.TableFiles;

/// <summary>
/// A Parquet file as Parquet.Net reads it: before it reads a page, which it goes to from the file's beginning, what stands before the page is walked. A size
/// below nothing would have it read the same page for ever, and a large one take memory that the page does not fill.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class ParquetInput(FileStream file) : Stream
{
    private const int FirstBytes = 1 << 12, MostBytes = 1 << 26, Larger = 16;
    private const int AlwaysAllowed = 1 << 24, MostExpansion = 2000, MostHead = 18;

    private byte[] _bytes = new byte[FirstBytes];

    /// <summary>The rows of the group that is read, of which a page has no more, and how its pages are packed; null while no pages are read.</summary>
    public (int Rows, CompressionCodec Codec)? Reading { get; set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position { get => file.Position; set => file.Position = value; }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        if (origin == SeekOrigin.Begin && Reading is { } reading) CheckPage(offset, reading.Rows, reading.Codec);
        return file.Seek(offset, origin);
    }

    /// <inheritdoc/>
    public override int ReadByte() => file.ReadByte();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => file.Read(buffer);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        file.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => file.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void CheckPage(long offset, int rows, CompressionCodec codec)
    {
        if (offset < 0 || offset >= file.Length) throw new EndOfStreamException("a page lies outside of it");
        while (true)
        {
            file.Position = offset;
            int length = file.ReadAtLeast(_bytes, _bytes.Length, throwOnEndOfStream: false);
            var page = new PageSizes();
            var walk = new ParquetThrift(_bytes, length) { Number = page.Number };
            try { walk.Walk(ParquetThrift.Page); }
            catch (EndOfStreamException) when (length == _bytes.Length && length < MostBytes) // texts may stand in it, as the least and the greatest value
            {
                _bytes = new byte[length * Larger];
                continue;
            }
            page.Check(file.Length - offset - walk.At, rows);
            if (page.IsPacked) CheckPacked(offset + walk.At + page.Levels, codec, page.Packed);
            return;
        }
    }

    /// <summary>What Snappy and Zstandard packed says its size once more, and it is for that one that memory is taken.</summary>
    private void CheckPacked(long offset, CompressionCodec codec, long packed)
    {
        Span<byte> head = stackalloc byte[MostHead];
        file.Position = offset;
        head = head[..file.ReadAtLeast(head, MostHead, throwOnEndOfStream: false)];
        ulong size = codec switch { CompressionCodec.SNAPPY => SnappySize(head), CompressionCodec.ZSTD => ZstandardSize(head), _ => 0 };
        if (size > (ulong)MostUnpacked(packed)) throw new InvalidDataException($"it claims {size} bytes in a page of {packed}");
    }

    /// <summary>A number of 7 bits a byte, the lowest first (Snappy's format description, section 1).</summary>
    private static ulong SnappySize(ReadOnlySpan<byte> head)
    {
        ulong size = 0;
        for (int i = 0; i < head.Length && i < 5; i++)
        {
            size |= (ulong)(head[i] & 127) << (7 * i);
            if (head[i] < 128) break;
        }
        return size;
    }

    /// <summary>The size in a frame's header (RFC 8878, section 3.1.1.1); 0 where it says none.</summary>
    private static ulong ZstandardSize(ReadOnlySpan<byte> head)
    {
        if (head.Length < MostHead || BinaryPrimitives.ReadUInt32LittleEndian(head) != 0xFD2FB528) return 0;
        int flags = head[4], kind = flags >> 6, dictionary = (flags & 3) switch { 3 => 4, var bytes => bytes };
        bool whole = (flags & 32) != 0; // then there is no byte for the window
        ReadOnlySpan<byte> field = head[(5 + (whole ? 0 : 1) + dictionary)..];
        return kind switch
        {
            0 => whole ? field[0] : 0u,
            1 => BinaryPrimitives.ReadUInt16LittleEndian(field) + 256u,
            2 => BinaryPrimitives.ReadUInt32LittleEndian(field),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(field),
        };
    }

    private static long MostUnpacked(long packed) => Math.Max(AlwaysAllowed, MostExpansion * packed);

    /// <summary>What a page says of its sizes.</summary>
    private sealed class PageSizes
    {
        private long _unpacked, _packed, _values, _entries, _nulls, _repetitions, _definitions;

        /// <summary>Whether it holds anything.</summary>
        public bool IsPacked => _packed > _repetitions + _definitions;

        /// <summary>Bytes before what is packed.</summary>
        public long Levels => _repetitions + _definitions;

        /// <summary>Bytes of it in the file.</summary>
        public long Packed => _packed;

        public void Number(string of, int field, long value)
        {
            switch (of, field)
            {
                case ("PageHeader", 2): _unpacked = value; break;
                case ("PageHeader", 3): _packed = value; break;
                case ("DataPageHeader", 1): _values = Larger(_values, value); break;
                case ("DataPageHeaderV2", 1): _values = Larger(_values, value); break;
                case ("DataPageHeaderV2", 2): _nulls = value; break;
                case ("DataPageHeaderV2", 5): _definitions = value; break;
                case ("DataPageHeaderV2", 6): _repetitions = value; break;
                case ("DictionaryPageHeader", 1): _entries = value; break;
            }
        }

        public void Check(long left, int rows)
        {
            if (_packed < 0 || _packed > left || _unpacked < 0 || _unpacked > MostUnpacked(_packed))
                throw new InvalidDataException($"it claims a page of {_packed} bytes, {_unpacked} when unpacked, where {left} are left");
            if (_values < 0 || _values > rows || _nulls < 0 || _nulls > _values)
                throw new InvalidDataException($"it claims a page of {_values} values, of which {_nulls} are missing, in a group of {rows} rows");
            if (_entries < 0 || _entries > _unpacked || _definitions < 0 || _repetitions < 0 || _definitions + _repetitions > _packed)
                throw new InvalidDataException($"it claims {_entries} different values in a page of {_unpacked} bytes");
        }

        /// <summary>The one that is out of bounds of two, if any is.</summary>
        private static long Larger(long one, long other) => one < 0 || other < 0 ? Math.Min(one, other) : Math.Max(one, other);
    }
}

using System.IO.Compression;

namespace GanPipeline.Primitives;

/// <summary>
/// What a gzip file holds, unpacked as it is read, with bounds: a small file may unpack to more than any disk holds, and one that was cut off would end as if
/// it were whole.
/// </summary>
internal sealed class GzipInput : ForwardInput
{
    private const long AlwaysAllowed = 1L << 30;
    private const int MostExpansion = 200;

    // .NET takes the end of a file that was cut off for the end of what it holds. So a member of our own is put behind the file: only where the file is whole
    // does it come out at the end.
    private static readonly byte[] Mark = "the end of a file"u8.ToArray();
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly string _path;
    private readonly Stream _packed;
    private readonly GZipStream _unpacked;
    private readonly byte[] _block = new byte[1 << 16];
    private int _at, _held; // what is read and not given out: the last of it may be the mark
    private long _total;
    private bool _ended;

    /// <summary>Unpacks a stream of known length, which it then owns; <paramref name="path"/> names it in messages.</summary>
    public GzipInput(string path, Stream packed) =>
        (_path, _packed, _unpacked) = (path, packed, new GZipStream(new Continued(packed, PackedMark), CompressionMode.Decompress));

    /// <summary>Whether bytes are the beginning of a gzip file.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">It is damaged, was cut off, or unpacks to far more than an honest file does.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _held <= Mark.Length) Fill();
        int given = Math.Min(buffer.Length, _ended ? _held : _held - Mark.Length);
        _block.AsSpan(_at, given).CopyTo(buffer);
        (_at, _held) = (_at + given, _held - given);
        return given;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _block.AsSpan(_at, _held).CopyTo(_block);
        _at = 0;
        int read;
        try { read = _unpacked.Read(_block.AsSpan(_held)); }
        catch (InvalidDataException e) { throw Damaged(e); }
        (_held, _total) = (_held + read, _total + read);
        if (_total > AlwaysAllowed && _total / MostExpansion > _packed.Length)
        {
            throw new UserErrorException($"{_path}: its {_packed.Length} bytes unpack to more than {MostExpansion} times as many; " +
                "if it can be trusted, unpack it first (gunzip).");
        }
        if (read > 0) return;
        if (!_block.AsSpan(0, _held).SequenceEqual(Mark)) throw Damaged(null);
        (_ended, _held) = (true, 0);
    }

    private UserErrorException Damaged(Exception? e) => new($"{_path}: its gzip compression is damaged, or the file was cut off; fetch or pack it again.", e);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream, and some bytes behind it.</summary>
    private sealed class Continued(Stream first, byte[] then) : ForwardInput
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            if (buffer.Length > 0 && _given == 0 && first.Read(buffer) is > 0 and int read) return read;
            int rest = Math.Min(buffer.Length, then.Length - _given);
            then.AsSpan(_given, rest).CopyTo(buffer);
            _given += rest;
            return rest;
        }
    }
}

using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>
/// Takes what would be written to a file that is there already, and ends with an error where it differs: whether an earlier run has finished a file cannot be
/// told in another way, since a finished file does not say which options made it.
/// </summary>
internal sealed class ComparedStream : Stream
{
    private readonly string _path;
    private readonly Stream _there;
    private readonly byte[] _block = new byte[1 << 16];

    private ComparedStream(string path, Stream there) => (_path, _there) = (path, there);

    /// <summary>Compares a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">What would write it.</param>
    /// <exception cref="UserErrorException">It differs.</exception>
    public static void Compare(string path, Action<Stream> write)
    {
        using FileStream there = File.OpenRead(path);
        using var stream = new ComparedStream(path, there);
        write(stream);
        if (there.ReadByte() >= 0) throw stream.Differs();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Span<byte> there = _block.AsSpan(0, Math.Min(_block.Length, buffer.Length));
            if (_there.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) < there.Length || !there.SequenceEqual(buffer[..there.Length]))
                throw Differs();
            buffer = buffer[there.Length..];
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private UserErrorException Differs() =>
        new($"{_path}: it is there already, and it is not what these options make; choose another name, or give --force to replace it.");
}

using System.Text;

namespace GanPipeline.Primitives;

/// <summary>
/// Opens files that are read whole, or from any place: regular files only, since a pipe or a device can be endless, has no length to check a header against,
/// and would block before anything is said.
/// </summary>
internal static class InputFile
{
    /// <summary>Opens a regular file; links are followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do if it cannot be used, as the end of a sentence: <c>give a generator that 'gan export' made</c>.</param>
    /// <param name="limit">Bytes that it may have at most.</param>
    /// <param name="share">What other processes may do with it meanwhile.</param>
    /// <exception cref="UserErrorException">
    /// There is no such file, it is a folder, pipe, device or socket, it is longer, or it may not be read.
    /// </exception>
    public static FileStream Open(string path, string remedy, long limit = long.MaxValue, FileShare share = FileShare.Read)
    {
        try
        {
            // Before it is opened, since opening a pipe waits for somebody who writes. No file has a name with a zero, which the system takes for its end.
            string? what = (path.Contains('\0') ? FileKind.Missing : UnixFile.Kind(path)) switch
            {
                FileKind.Regular => null,
                FileKind.Missing => "no such file",
                FileKind.Folder => "it is a folder, where a file is needed",
                _ => "it is a pipe or a device, where a file is needed: write what comes from it into one",
            };
            if (what is not null) throw new UserErrorException($"{path}: {what}; {remedy}");
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1 << 16);
            if (stream.Length <= limit) return stream;
            long length = stream.Length;
            stream.Dispose();
            throw new UserErrorException($"{path}: is {length} bytes long, above the limit of {limit}; {remedy}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: no such file; {remedy}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Unreadable(path, e); }
    }

    /// <summary>All bytes of a regular file; see <see cref="Open"/>.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Open"/>, or reading fails.</exception>
    public static byte[] ReadBytes(string path, string remedy, long limit)
    {
        using FileStream stream = Open(path, remedy, Math.Min(limit, Array.MaxLength), FileShare.ReadWrite | FileShare.Delete); // a run writes its files on
        try
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException e) { throw Unreadable(path, e); }
    }

    /// <summary>All text of a regular file in UTF-8, or, with a byte order mark, UTF-16.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Open"/>, or it is no such text; the message then names the line.</exception>
    public static string ReadText(string path, string remedy, long limit)
    {
        byte[] bytes = ReadBytes(path, remedy, limit);
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(encoding.Preamble) ? bytes.AsSpan(encoding.Preamble.Length) : bytes;
        try { return encoding.GetString(text); }
        catch (DecoderFallbackException e)
        {
            int line = 1 + text[..Math.Clamp(e.Index, 0, text.Length)].Count((byte)'\n');
            throw new UserErrorException($"{path} line {line}: its bytes are no text in UTF-8; save the file as UTF-8 " +
                "(for example by iconv -f WINDOWS-1252 -t UTF-8)", e);
        }
    }

    private static UserErrorException Unreadable(string path, Exception e) =>
        new($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check that it is a file and that you may read it", e);
}

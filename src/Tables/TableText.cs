using System.Text;
using System.Text.Unicode;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// The text of a table's file, whatever it is packed in and by whatever Unicode it is written. Byte order marks at the beginnings of lines, which files have
/// that were joined, are no part of it; a NUL is refused.
/// </summary>
internal sealed class TableText : TextReader
{
    private const int HeadLength = 4096;
    private const char Mark = '\uFEFF';

    private readonly string _path;
    private readonly TextReader _inner;
    private readonly char[] _block = new char[1 << 16];
    private int _at, _end;
    private bool _ended, _quoted, _lineBegins = true;

    /// <summary>Reads a text; <paramref name="path"/> names it in messages.</summary>
    public TableText(TextReader inner, string path)
    {
        (_inner, _path) = (inner, path);
        Fill();
    }

    /// <summary>What comes first, before anything is read.</summary>
    public ReadOnlySpan<char> Head => _block.AsSpan(_at, _end - _at);

    /// <summary>Whether that is all.</summary>
    public bool HeadIsWhole => _ended;

    /// <summary>Opens a file, or standard input, as text.</summary>
    /// <exception cref="UserErrorException">It is no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TableText Open(string path)
    {
        CheckHead(path);
        Stream bytes = OpenBytes(path);
        try { return new TableText(new StreamReader(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true), true, 1 << 16), path); }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file's bytes as they are unpacked.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream OpenBytes(string path)
    {
        FileStream file = SpooledInput.Open(path);
        try
        {
            bool packed = GzipInput.Begins([.. Bytes(file)]);
            file.Position = 0;
            return packed ? new GzipInput(path, file) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        static IEnumerable<byte> Bytes(FileStream file)
        {
            for (int i = 0; i < 2 && file.ReadByte() is >= 0 and var next; i++) yield return (byte)next;
        }
    }

    /// <summary>The first bytes of a file, unpacked.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] HeadOf(string path)
    {
        using Stream bytes = OpenBytes(path);
        byte[] head = new byte[HeadLength];
        return head[..bytes.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <inheritdoc/>
    public override int Peek() => _at < _end || Fill() ? _block[_at] : -1;

    /// <inheritdoc/>
    public override int Read() => _at < _end || Fill() ? _block[_at++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (_at == _end && !Fill()) return 0;
        int given = Math.Min(buffer.Length, _end - _at);
        _block.AsSpan(_at, given).CopyTo(buffer);
        _at += given;
        return given;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        while (!_ended)
        {
            int read = _inner.ReadBlock(_block);
            _ended = read < _block.Length;
            (_at, _end) = (0, read);
            Span<char> text = _block.AsSpan(0, read);
            if (text.Contains('\0')) throw new UserErrorException($"{_path}{LineOfBadByte(_path)}: it holds a NUL, which no text does; it is another kind " +
                "of file, or damaged: write it again as a text file in UTF-8.");
            if (text.Contains(Mark)) _end = WithoutMarks(text);
            else
            {
                _quoted ^= int.IsOddInteger(text.Count('"'));
                _lineBegins = text is [.., '\n' or '\r'];
            }
            if (_end > 0) return true;
        }
        return false;
    }

    private int WithoutMarks(Span<char> text)
    {
        int kept = 0;
        foreach (char letter in text)
        {
            if (letter == Mark && _lineBegins && !_quoted) continue;
            if (letter == '"') _quoted = !_quoted;
            _lineBegins = letter is '\n' or '\r';
            text[kept++] = letter;
        }
        return kept;
    }

    /// <summary>Says what a file is that is no text, where its first bytes show it.</summary>
    private static void CheckHead(string path)
    {
        byte[] head = HeadOf(path);
        string? what = head switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "it is a ZIP file, or a spreadsheet (.xlsx): save the table as CSV, or unpack it",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "it is a spreadsheet (.xls): save the table as CSV",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "it is a Parquet file, which is not read here: name a CSV file",
            [(byte)'A', (byte)'R', (byte)'R', (byte)'O', (byte)'W', (byte)'1', ..] => "it is an Arrow (Feather) file: save the table as Parquet or CSV",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "it is packed by Zstandard: unpack it, or pack it by gzip",
            [(byte)'B', (byte)'Z', (byte)'h', ..] when head.AsSpan().Contains((byte)0) => "it is packed by bzip2: unpack it, or pack it by gzip",
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "it is packed by xz: unpack it, or pack it by gzip",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] => null,
            _ when Zeros(head, 1) => "it is UTF-16 text without a byte order mark, and so no text in UTF-8: convert it (iconv -f UTF-16LE -t UTF-8)",
            _ when Zeros(head, 0) => "it is UTF-16 text without a byte order mark, and so no text in UTF-8: convert it (iconv -f UTF-16BE -t UTF-8)",
            _ => null,
        };
        if (what is not null) throw new UserErrorException($"{path}: {what}.");
    }

    /// <summary>Whether most bytes at the even or at the odd places are zero, and hardly any others: UTF-16 of a text that is mostly Latin.</summary>
    private static bool Zeros(byte[] head, int parity)
    {
        int pairs = head.Length / 2;
        int zeros = Enumerable.Range(0, pairs).Count(i => head[2 * i + parity] == 0), others = Enumerable.Range(0, pairs).Count(i => head[2 * i
            + 1 - parity] == 0);
        return pairs >= 2 && zeros > pairs / 2 && others <= pairs / 50;
    }

    /// <summary>" line N" of the first line that is no UTF-8, or holds a NUL; nothing where that cannot be seen.</summary>
    public static string LineOfBadByte(string path)
    {
        if (!SpooledInput.Exists(path)) return "";
        using Stream bytes = OpenBytes(path);
        using var buffered = new BufferedStream(bytes, 1 << 16);
        var line = new List<byte>();
        for (int number = 1, next = 0, before = 0; next >= 0; number++, before = next)
        {
            line.Clear();
            while ((next = buffered.ReadByte()) >= 0 && next is not ('\n' or '\r')) line.Add((byte)next);
            if (next == '\n' && before == '\r' && line.Count == 0) number--; // the second half of a line end
            if (line.Contains(0) || !Utf8.IsValid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line)))
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $" line {number}");
        }
        return "";
    }
}

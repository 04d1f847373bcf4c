using System.IO.Compression;
using System.Text;

namespace GanPipeline.TableFiles;

/// <summary>A table as text.</summary>
/// <param name="Separator">What stands between two fields.</param>
internal sealed record TextForm(char Separator) : TableForm
{
    /// <summary>RFC 4180, with the line ends of Unix.</summary>
    public static TextForm Usual { get; } = new(',');

    /// <summary>How lines end.</summary>
    public string NewLine { get; init; } = "\n";

    /// <summary>Whether it is packed by gzip.</summary>
    public bool Packed { get; init; }

    /// <summary>Whether it begins with a byte order mark.</summary>
    public bool HasMark { get; init; }

    /// <summary>The line before the header by which Excel is told the separator, with its end; empty where there is none.</summary>
    public string Declaration { get; init; } = "";

    /// <summary>The columns whose fields are all in quotes, missing ones apart.</summary>
    public IReadOnlyList<bool> Quoted { get; init; } = [];

    /// <summary>How its numbers are written.</summary>
    public NumberHints Hints { get; init; } = NumberHints.Invariant;

    /// <summary>
    /// How the numbers of each column are written in the texts that are given, where they are to be written with decimal points and without groups; null for a
    /// column whose texts are written as they are.
    /// </summary>
    public IReadOnlyList<NumberHints?> Points { get; private init; } = [];

    /// <summary>Whether its text is in UTF-8, so that its bytes can be copied and others added to them.</summary>
    public bool IsUtf8 { get; init; } = true;

    /// <summary>How a file is written.</summary>
    /// <exception cref="UserErrorException">It is no text.</exception>
    public static TextForm Of(string path)
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file{TableReader.Rules.NoFile}.");
        try
        {
            byte[] head = TableText.HeadOf(path);
            using FileStream file = SpooledInput.Open(path);
            using TableText text = TableText.Open(path);
            var dialect = Dialect.Of(text.Head, text.HeadIsWhole, path);
            int end = text.Head.IndexOfAny('\r', '\n');
            return new TextForm(dialect.Separator)
            {
                NewLine = end < 0 || text.Head[end] == '\n' ? "\n" : end + 1 < text.Head.Length && text.Head[end + 1] == '\n' ? "\r\n" : "\r",
                Packed = GzipInput.Begins([(byte)Math.Max(0, file.ReadByte()), (byte)Math.Max(0, file.ReadByte())]),
                HasMark = head is [0xEF, 0xBB, 0xBF, ..],
                IsUtf8 = head is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..]),
                Declaration = text.Head[..dialect.Declaration].ToString(),
                Quoted = dialect.Quoted,
                Hints = dialect.Hints,
            };
        }
        catch (DecoderFallbackException e)
        {
            using CsvRows rows = CsvRows.Open(path, TableReader.Rules); // which says it
            throw new UserErrorException($"{path}: its bytes are no UTF-8 text; save the file as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check that it is a file and that you may read it.", e);
        }
    }

    /// <summary>
    /// Of a file whose fields are separated by commas, with decimal points where it is made of one with other separators and decimal commas: such a comma is
    /// none there.
    /// </summary>
    /// <param name="source">The other file.</param>
    /// <param name="header">Its columns.</param>
    /// <param name="hints">How a column's numbers are written there; null for one of texts.</param>
    public TextForm WithPoints(TextForm source, IReadOnlyList<string> header, Func<string, NumberHints?> hints) =>
        Separator != ',' || source.Separator == ',' ? this : this with { Points = [.. header.Select(hints)] };

    /// <summary>Whether the bytes of such a file, unpacked, are those of another: all but the packing is the same.</summary>
    public bool IsWrittenAs(TextForm other) => IsUtf8 && other.IsUtf8 && Separator == other.Separator;

    /// <summary>A text as a field of such a file.</summary>
    /// <param name="column">The column, from 0; -1 for a field of the header.</param>
    /// <param name="text">The text.</param>
    public string Field(int column, string text)
    {
        if (column >= 0 && column < Points.Count && Points[column] is { } hints) text = hints.Plain(text) ?? text;
        if (column >= 0 && column < Quoted.Count && Quoted[column] && text.Length > 0) return InQuotes(text);
        bool special = text.AsSpan().IndexOfAny([Separator, '"', '\r', '\n']) >= 0 || text is [' ', ..] or [.., ' '];
        return special ? InQuotes(text) : text;
    }

    /// <summary>What packs a stream that then stays open, to be disposed of when all is written; null where nothing is packed.</summary>
    public GZipStream? Packing(Stream stream) => Packed ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;

    /// <inheritdoc/>
    public override ITableSink Begin(Stream stream, IReadOnlyList<string> header) => new Sink(this, stream, header);

    private static string InQuotes(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class Sink : ITableSink
    {
        private readonly TextForm _form;
        private readonly GZipStream? _packing;
        private readonly StreamWriter _text;

        public Sink(TextForm form, Stream stream, IReadOnlyList<string> header)
        {
            (_form, _packing) = (form, form.Packing(stream));
            _text = new StreamWriter(_packing ?? stream, new UTF8Encoding(form.HasMark), 1 << 16, leaveOpen: true);
            _text.Write(form.Declaration);
            Write(header, ofRow: false);
        }

        public void Write(IReadOnlyList<string?> row) => Write(row, ofRow: true);

        public void Complete()
        {
            _text.Flush();
            _packing?.Dispose();
        }

        public void Dispose() => _packing?.Dispose();

        private void Write(IReadOnlyList<string?> row, bool ofRow)
        {
            for (int i = 0; i < row.Count; i++)
            {
                if (i > 0) _text.Write(_form.Separator);
                _text.Write(_form.Field(ofRow ? i : -1, row[i] ?? ""));
            }
            if (row is [null or ""]) _text.Write("\"\""); // an empty line is no row
            _text.Write(_form.NewLine);
        }
    }
}

using System.Globalization;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Rows of a table under the table's own header; a missing value is an empty field.</summary>
/// <param name="info">The generator.</param>
/// <param name="last">The text of a further field at the end of each row; null for none.</param>
/// <param name="newLine">How lines end.</param>
/// <param name="safe">Whether spreadsheets are kept from taking texts for formulas.</param>
internal sealed class TableRecords(GeneratorInfo info, string? last = null, string newLine = "\n", bool safe = false) : IRecords
{
    private const int NumberLength = 48; // a decimal takes at most 31 characters
    private const int MostQuoted = 1 << 16;

    // A table has few different texts, and each is quoted once.
    private readonly Dictionary<string, byte[]> _quoted = new(StringComparer.Ordinal);
    private readonly byte[] _rowEnd = Encoding.UTF8.GetBytes((last is null ? "" : "," + last) + newLine);
    private byte[] _rows = new byte[1 << 16];
    private int _length;

    public byte[] Header(ulong total) =>
        Encoding.UTF8.GetBytes(string.Join(',', info.Columns.Select(column => CsvRecords.Quoted(column.Name, safe))) + newLine);

    public void Write(Stream stream, SampleBatch batch)
    {
        _length = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            for (int i = 0; i < batch.Columns.Count; i++)
            {
                if (i > 0) Room(1)[_length++] = (byte)',';
                TableValues values = batch.Columns[i];
                if (info.Columns[i].IsText) Append(Quoted(values.Texts[row]));
                else _length += Format(values.Numbers[row], Room(NumberLength).AsSpan(_length));
            }
            Append(_rowEnd);
        }
        stream.Write(_rows, 0, _length);
    }

    public (ulong Records, long Bytes) Whole(Stream part) => CsvRecords.WholeRecords(part, new byte[1 << 16]);

    /// <summary>The shortest text that reads back as the same number, without an exponent where it can be had; empty for NaN.</summary>
    internal static string Number(double value)
    {
        Span<byte> text = stackalloc byte[NumberLength];
        return Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>Writes that text and gives its length. Whole numbers, of which tables are full, take a third of the time that others do.</summary>
    private static int Format(double value, Span<byte> text)
    {
        if (double.IsNaN(value)) return 0;
        int written;
        if (value == (int)value && Math.Abs(value) < 1e7) ((int)value).TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        else
        {
            value.TryFormat(text, out written, default, CultureInfo.InvariantCulture);
            if (text[..written].Contains((byte)'E') && decimal.TryParse(text[..written], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal plain)
                && plain != 0)
                plain.TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        }
        return written;
    }

    private void Append(byte[] text)
    {
        text.CopyTo(Room(text.Length), _length);
        _length += text.Length;
    }

    /// <summary>The buffer, with room for so many more bytes.</summary>
    private byte[] Room(int bytes)
    {
        if (_rows.Length - _length < bytes) Array.Resize(ref _rows, checked(2 * (_rows.Length + bytes)));
        return _rows;
    }

    private byte[] Quoted(string text)
    {
        if (_quoted.TryGetValue(text, out byte[]? quoted)) return quoted;
        if (_quoted.Count == MostQuoted) _quoted.Clear(); // IDs are each another one, and would fill the memory
        return _quoted[text] = Encoding.UTF8.GetBytes(CsvRecords.Quoted(text, safe));
    }
}

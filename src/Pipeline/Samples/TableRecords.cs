using System.Globalization;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;

namespace GanPipeline.Stages;

/// <summary>Rows of a table under the table's own header; a missing value is an empty field.</summary>
/// <param name="info">The generator.</param>
/// <param name="form">How fields and lines are written.</param>
/// <param name="last">The text of a further field at the end of each row; null for none.</param>
/// <param name="safe">Whether spreadsheets are kept from taking texts for formulas.</param>
internal sealed class TableRecords(GeneratorInfo info, TextForm form, string? last = null, bool safe = false) : IRecords
{
    private const int NumberLength = 48; // a decimal takes at most 31 characters
    private const int MostQuoted = 1 << 16;

    // A table has few different texts, and each is quoted once.
    private readonly Dictionary<string, byte[]>[] _fields = [.. info.Columns.Select(_ => new Dictionary<string, byte[]>(StringComparer.Ordinal))];
    private readonly byte[] _rowEnd = Encoding.UTF8.GetBytes((last is null ? "" : form.Separator + last) + form.NewLine);
    private readonly byte _separator = (byte)form.Separator;
    private byte[] _rows = new byte[1 << 16];
    private int _length;

    public byte[] Header(ulong total) =>
        Encoding.UTF8.GetBytes(string.Join(form.Separator, info.Columns.Select(column => CsvRecords.Field(column.Name, form, safe))) + form.NewLine);

    public void Write(Stream stream, SampleBatch batch)
    {
        _length = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            for (int i = 0; i < batch.Columns.Count; i++)
            {
                if (i > 0) Room(1)[_length++] = _separator;
                TableValues values = batch.Columns[i];
                if (info.Columns[i].IsText) Append(Field(i, values.Texts[row]));
                else AppendNumber(i, values.Numbers[row]);
            }
            Append(_rowEnd);
        }
        stream.Write(_rows, 0, _length);
    }

    /// <summary>A generated row as texts.</summary>
    internal static string[] Texts(IReadOnlyList<OutputColumn> columns, IReadOnlyList<TableValues> values, int row) =>
        [.. columns.Select((column, i) => column.IsText ? values[i].Texts[row] : Number(values[i].Numbers[row]))];

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

    /// <summary>A number as a field: in quotes where the column's are, or where a decimal comma would be taken for the end of the field.</summary>
    private void AppendNumber(int column, double value)
    {
        int length = Format(value, Room(NumberLength + 2).AsSpan(_length));
        Span<byte> text = _rows.AsSpan(_length, length);
        if (form.Hints.Decimal == ',' && !text.Contains((byte)',')) text.Replace((byte)'.', (byte)',');
        if (length > 0 && ((column < form.Quoted.Count && form.Quoted[column]) || text.Contains(_separator)))
        {
            text.CopyTo(_rows.AsSpan(_length + 1));
            _rows[_length] = _rows[_length + length + 1] = (byte)'"';
            length += 2;
        }
        _length += length;
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

    private byte[] Field(int column, string text)
    {
        Dictionary<string, byte[]> fields = _fields[column];
        if (fields.TryGetValue(text, out byte[]? field)) return field;
        if (fields.Count == MostQuoted) fields.Clear(); // IDs are each another one, and would fill the memory
        return fields[text] = Encoding.UTF8.GetBytes(CsvRecords.Field(text, form, safe, column));
    }
}

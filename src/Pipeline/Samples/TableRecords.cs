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
    private const int MostQuoted = 1 << 16;

    private readonly ColumnTexts[] _texts = [.. info.Columns
        .Select((column, i) => new ColumnTexts(column, i < form.Points.Count && form.Points[i] is not null))];

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
                else AppendNumber(i, values, row);
            }
            Append(_rowEnd);
        }
        stream.Write(_rows, 0, _length);
    }

    public (ulong Records, long Bytes) Whole(Stream part) => CsvRecords.WholeRecords(part, new byte[1 << 16]);

    /// <summary>A number as a field: in quotes where the column's are, or where a decimal comma would be taken for the end of the field.</summary>
    private void AppendNumber(int column, TableValues values, int row)
    {
        ColumnTexts texts = _texts[column];
        int length = texts.Write(values, row, Room(texts.MostBytes + 2).AsSpan(_length));
        Span<byte> text = _rows.AsSpan(_length, length);
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

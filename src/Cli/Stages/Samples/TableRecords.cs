using System.Globalization;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Stages;

/// <summary>Rows of a table under the table's own header; a missing value is an empty field.</summary>
/// <param name="info">The generator.</param>
/// <param name="last">The text of a further field at the end of each row; null for none.</param>
/// <param name="newLine">How lines end.</param>
internal sealed class TableRecords(GeneratorInfo info, string? last = null, string newLine = "\n") : IRecords
{
    // A table has few different texts, and each is quoted once.
    private readonly Dictionary<string, string> _quoted = new(StringComparer.Ordinal);
    private readonly StringBuilder _rows = new();

    public byte[] Header(ulong total) => Encoding.UTF8.GetBytes(string.Join(',', info.Columns.Select(column => CsvRecords.Quoted(column.Name))) + newLine);

    public void Write(Stream stream, SampleBatch batch)
    {
        _rows.Clear();
        for (int row = 0; row < batch.Count; row++)
        {
            for (int i = 0; i < batch.Columns.Count; i++)
            {
                if (i > 0) _rows.Append(',');
                TableValues values = batch.Columns[i];
                _rows.Append(info.Columns[i].IsText ? Quoted(values.Texts[row]) : Number(values.Numbers[row]));
            }
            if (last is not null) _rows.Append(',').Append(last);
            _rows.Append(newLine);
        }
        foreach (ReadOnlyMemory<char> part in _rows.GetChunks()) stream.Write(Encoding.UTF8.GetBytes(part.ToArray()));
    }

    public (ulong Records, long Bytes) Whole(Stream part) => CsvRecords.WholeRecords(part, new byte[1 << 16]);

    /// <summary>The shortest text that reads back as the same number, without an exponent where it can be had.</summary>
    internal static string Number(float value)
    {
        if (float.IsNaN(value)) return "";
        string text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal plain)
            && plain != 0
            ? plain.ToString(CultureInfo.InvariantCulture) : text;
    }

    private string Quoted(string text) => _quoted.TryGetValue(text, out string? quoted) ? quoted : _quoted[text] = CsvRecords.Quoted(text);
}

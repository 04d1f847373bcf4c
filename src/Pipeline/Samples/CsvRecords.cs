using System.Globalization;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;

namespace GanPipeline.Stages;

/// <summary>A row a sample: the values by position, and the class name.</summary>
internal sealed class CsvRecords(GeneratorInfo info, TextForm form, bool safe = false) : IRecords
{
    private readonly byte[][] _classes = [.. info.ClassNames.Select(name => Encoding.UTF8.GetBytes(Field(name, form, safe)))];
    private readonly byte _separator = (byte)form.Separator;
    private readonly byte[] _row = new byte[32 * (info.SampleSize + 1)]; // a float takes at most 16 characters

    public byte[] Header(ulong total)
    {
        IEnumerable<string> names = Enumerable.Range(0, info.SampleSize).Select(i => $"x{i}");
        return Encoding.UTF8.GetBytes(string.Join(form.Separator, info.ClassNames.Count > 0 ? names.Append("class") : names) + "\n");
    }

    public void Write(Stream stream, SampleBatch batch)
    {
        ReadOnlySpan<float> samples = batch.Samples.Span;
        for (int row = 0; row * info.SampleSize < samples.Length; row++)
        {
            int length = 0;
            foreach (float value in samples.Slice(row * info.SampleSize, info.SampleSize))
            {
                value.TryFormat(_row.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
                length += written;
                _row[length++] = _separator;
            }
            if (_classes.Length == 0) length--;
            stream.Write(_row, 0, length);
            if (_classes.Length > 0) stream.Write(_classes[(int)batch.Labels.Span[row]]);
            stream.WriteByte((byte)'\n');
        }
    }

    public (ulong Records, long Bytes) Whole(Stream part) => WholeRecords(part, _row);

    /// <summary>Counts whole records; <paramref name="block"/> is memory to read into.</summary>
    internal static (ulong Records, long Bytes) WholeRecords(Stream part, byte[] block)
    {
        ulong records = 0;
        long at = 0, end = 0;
        bool quoted = false; // a class name may hold a line break
        for (int read; (read = part.Read(block)) > 0;)
        {
            foreach (byte b in block.AsSpan(0, read))
            {
                at++;
                if (b == '"') quoted = !quoted;
                if (b != '\n' || quoted) continue;
                records++;
                end = at;
            }
        }
        return (records, end);
    }

    /// <summary>A text as a field; <paramref name="safe"/> keeps spreadsheets from taking it for a formula.</summary>
    internal static string Field(string text, TextForm form, bool safe, int column = -1) => form.Field(column, safe ? CsvFormat.WithoutFormula(text) : text);
}

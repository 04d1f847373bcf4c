using System.Text;

namespace GanPipeline.Cli.Stages;

/// <summary>Adds a column to a CSV file without touching a byte of the others: only the ends of records are found, a block at a time.</summary>
internal static class CsvColumn
{
    /// <summary>Copies records, each with one field more: <paramref name="name"/> in the first one, <paramref name="value"/> in all others. Empty lines stay empty.</summary>
    public static void Append(Stream source, Stream target, string name, string value)
    {
        byte[] header = Field(name), field = Field(value), block = new byte[1 << 16];
        bool quoted = false, inHeader = true, empty = true, pendingReturn = false;
        for (int read; (read = source.Read(block)) > 0;)
        {
            using var changed = new MemoryStream(read * 2);
            for (int i = 0; i < read; i++)
            {
                byte b = block[i];
                if (b == '"') quoted = !quoted; // a quote within quotes is doubled, and so toggles twice
                if (b == '\n' && !quoted) EndRecord(changed);
                if (pendingReturn) changed.WriteByte((byte)'\r');
                pendingReturn = b == '\r' && !quoted;
                if (pendingReturn) continue;
                changed.WriteByte(b);
                empty = b == '\n' && !quoted;
            }
            changed.WriteTo(target);
        }
        EndRecord(target);
        if (pendingReturn) target.WriteByte((byte)'\r');

        void EndRecord(Stream output)
        {
            if (!empty) output.Write(inHeader ? header : field);
            inHeader &= empty;
            empty = true;
        }
    }

    private static byte[] Field(string text) => Encoding.UTF8.GetBytes("," + (text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}

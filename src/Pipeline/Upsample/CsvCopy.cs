using System.Text;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;

namespace GanPipeline.Stages;

/// <summary>Copies a text file of a table without changing a byte of its records; only the ends of records are looked for, a block at a time.</summary>
internal static class CsvCopy
{
    /// <summary>Copies all records, each, where a column is asked for, with one field more; behind the last there is a line end.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="source">The file, unpacked.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="target">Where to.</param>
    /// <param name="column">The name of the column and its value in every row; empty lines stay empty.</param>
    /// <param name="stop">Ends the copying.</param>
    /// <returns>How the first line ends.</returns>
    /// <exception cref="UserErrorException">A quote is not closed.</exception>
    public static string Copy(string path, Stream source, TextForm form, Stream target, (string Name, string Value)? column, CancellationToken stop)
    {
        byte[] block = new byte[1 << 16], field = column is { } c ? Field(c.Name) : [];
        bool declares = form.Declaration.Length > 0; // the line before the header gets no field
        int held = 0; // a carriage return that waits for what follows
        bool quoted = false, empty = true;
        string? newLine = null;
        for (int read; (read = source.Read(block, held, block.Length - held)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            int end = held + read, start = 0;
            held = block[end - 1] == '\r' ? 1 : 0;
            end -= held;
            for (int i = 0; i < end; i++)
            {
                if (block[i] == '"') quoted = !quoted; // a quote within quotes is doubled, and so toggles twice
                // A carriage return alone ends a line, too, as it does for TableReader; one before a line feed is half of a line end.
                bool alone = block[i] == '\r' && !(i + 1 < end && block[i + 1] == '\n');
                if (block[i] == '\r' && !quoted && !alone) continue;
                if (block[i] != '\n' && !alone || quoted)
                {
                    empty = false;
                    continue;
                }
                int lineEnd = !alone && i > 0 && block[i - 1] == '\r' ? i - 1 : i;
                newLine ??= alone ? "\r" : lineEnd < i ? "\r\n" : "\n";
                target.Write(block, start, lineEnd - start);
                if (!empty) EndRecord();
                start = lineEnd;
                empty = true;
            }
            target.Write(block, start, end - start);
            block[0] = (byte)'\r';
        }
        if (quoted) throw new UserErrorException($"{path}: a quote is opened and never closed; correct the file first.");
        newLine ??= held > 0 ? "\r" : "\n";
        if (!empty)
        {
            EndRecord();
            target.Write(Encoding.ASCII.GetBytes(newLine));
        }
        return newLine;

        void EndRecord()
        {
            if (!declares)
            {
                target.Write(field);
                if (column is { } c) field = Field(c.Value);
            }
            declares = false;
        }

        byte[] Field(string text) => Encoding.UTF8.GetBytes(form.Separator + form.Field(-1, text));
    }
}

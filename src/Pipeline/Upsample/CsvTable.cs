using System.Globalization;
using System.Text;
using CsvHelper;
using GanPipeline.Primitives;
using Microsoft.ML;

namespace GanPipeline.Stages;

/// <summary>
/// A CSV file with a header: one class column, and numbers in all others. It is read a row at a time and written again byte for byte, so it may be larger than
/// memory.
/// </summary>
internal sealed class CsvTable(string path, string label, string? syntheticColumn, bool safe) : ILabelledData
{
    private int _columns;
    private int _labelColumn;

    public IDataView View(MLContext context, CancellationToken stop)
    {
        using (CsvReader csv = Open())
            Guard(csv, () => ReadHeader(csv));
        return LabelledRow.View(context, Rows(stop), _columns - 1);
    }

    public bool IsFolder => false;

    public void CheckTarget(string target, bool force)
    {
        if (Directory.Exists(target)) throw UserErrorException.Usage($"--out {target}: it is a folder; name a .csv file.");
    }

    public void Write(string target, IEnumerable<LabelledRow> added, CancellationToken stop) => AtomicFile.Write(target, stream =>
    {
        string newLine;
        using (FileStream source = SpooledInput.Open(path))
            newLine = CsvCopy.Copy(path, source, stream, syntheticColumn is null ? null : (syntheticColumn, "0"), stop);
        using var csv = new CsvWriter(new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true), CsvFormat.Written(newLine));
        foreach (LabelledRow row in added)
        {
            stop.ThrowIfCancellationRequested();
            for (int i = 0, next = 0; i < _columns; i++)
            {
                if (i == _labelColumn) csv.WriteField(safe ? CsvFormat.WithoutFormula(row.Label) : row.Label);
                else csv.WriteField(row.Features[next++]);
            }
            if (syntheticColumn is not null) csv.WriteField("1");
            csv.NextRecord();
        }
    });

    private CsvReader Open()
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file.");
        FileStream stream = SpooledInput.Open(path);
        int first = stream.ReadByte(), second = stream.ReadByte();
        if ((first, second) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            stream.Dispose();
            throw new UserErrorException($"{path}: it is UTF-16 text; save it as UTF-8.");
        }
        stream.Position = 0;
        return new CsvReader(new StreamReader(stream), CsvFormat.Read());
    }

    private string[] ReadHeader(CsvReader csv)
    {
        if (!csv.Read() || !csv.ReadHeader()) throw new UserErrorException($"{path}: it is empty; a header line with column names is needed.");
        string[] header = csv.HeaderRecord!;
        (_columns, _labelColumn) = (header.Length, Array.IndexOf(header, label));
        if (_labelColumn < 0)
            throw new UserErrorException($"{path}: no column '{label}'; it has {string.Join(", ", header.Take(20))}. Name the class column with --label.");
        if (_columns == 1) throw new UserErrorException($"{path}: it has no column but '{label}'; there is nothing to generate.");
        if (header.Contains(syntheticColumn))
            throw UserErrorException.Usage($"--synthetic-column {syntheticColumn}: {path} has a column of that name; choose another.");
        return header;
    }

    /// <summary>The rows, all in one object.</summary>
    private IEnumerable<LabelledRow> Rows(CancellationToken stop)
    {
        using CsvReader csv = Open();
        string[] header = Guard(csv, () => ReadHeader(csv));
        var row = new LabelledRow { Features = new float[_columns - 1] };
        Func<bool> read = () => csv.Read() && Fill(row, csv, header);
        while (Guard(csv, read))
        {
            stop.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private bool Fill(LabelledRow row, CsvReader csv, string[] header)
    {
        if (csv.Parser.Count != _columns)
            throw new UserErrorException($"{path} line {csv.Parser.RawRow}: {csv.Parser.Count} fields, but the header has {_columns}.");
        for (int i = 0, next = 0; i < _columns; i++)
        {
            if (i == _labelColumn) row.Label = csv.Parser[i];
            else row.Features[next++] = Number(csv, header[i], csv.Parser[i]);
        }
        return true;
    }

    private float Number(CsvReader csv, string column, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value
            : throw new UserErrorException($"{path} line {csv.Parser.RawRow}, column '{column}': '{text}' is not a finite number; " +
                "only numeric columns can be up-sampled so far.");

    private T Guard<T>(CsvReader csv, Func<T> read)
    {
        try { return read(); }
        catch (CsvHelperException e) { throw new UserErrorException($"{path} line {csv.Parser.RawRow}: not readable as CSV ({e.Message.Split('\n')[0]}).", e); }
    }
}

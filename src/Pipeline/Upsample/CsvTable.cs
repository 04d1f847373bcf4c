using System.Globalization;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
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
        Open().Dispose();
        return LabelledRow.View(context, Rows(stop), _columns - 1);
    }

    public bool IsFolder => false;

    public void CheckTarget(string target, bool force)
    {
        if (Directory.Exists(target)) throw UserErrorException.Usage($"--out {target}: it is a folder; name a file.");
        TableEnding.CheckOutput("--out", target);
        if (TableEnding.IsParquet(target) || TableFile.FormOf(path) is ParquetForm)
            throw UserErrorException.Usage($"--out {target}: rows of a generator of points are added to text files alone; name a .csv file.");
    }

    public void Write(string target, IEnumerable<LabelledRow> added, CancellationToken stop)
    {
        var source = (TextForm)TableFile.FormOf(path);
        var form = (TextForm)TableForm.For(target, path, source, () => new([]));
        new TableCopy(path, source, form, syntheticColumn).Write(target, (stream, written) =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            foreach (LabelledRow row in added)
            {
                stop.ThrowIfCancellationRequested();
                for (int i = 0, next = 0; i < _columns; i++)
                {
                    if (i > 0) text.Write(form.Separator);
                    text.Write(form.Field(i, i == _labelColumn ? safe ? CsvFormat.WithoutFormula(row.Label) : row.Label : Number(row.Features[next++])));
                }
                if (syntheticColumn is not null) text.Write(form.Separator + "1");
                text.Write(written.NewLine);
            }
        }, stop);

        string Number(float value) => value.ToString(CultureInfo.InvariantCulture).Replace('.', form.Hints.Decimal);
    }

    private CsvRows Open()
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file.");
        CsvRows rows = CsvRows.Open(path, CsvRules.Points);
        try { CheckHeader([.. rows.Header]); }
        catch
        {
            rows.Dispose();
            throw;
        }
        return rows;
    }

    private void CheckHeader(string[] header)
    {
        (_columns, _labelColumn) = (header.Length, Array.IndexOf(header, label));
        if (_labelColumn < 0)
            throw ColumnNames.Unknown(path, label, header, "Name the class column with --label.");
        if (_columns == 1) throw new UserErrorException($"{path}: it has no column but '{label}'; there is nothing to generate.");
        if (header.Contains(syntheticColumn))
            throw UserErrorException.Usage($"--synthetic-column {syntheticColumn}: {path} has a column of that name; choose another.");
    }

    /// <summary>The rows, all in one object.</summary>
    private IEnumerable<LabelledRow> Rows(CancellationToken stop)
    {
        using CsvRows rows = Open();
        var row = new LabelledRow { Features = new float[_columns - 1] };
        while (rows.Read())
        {
            stop.ThrowIfCancellationRequested();
            for (int i = 0, next = 0; i < _columns; i++)
            {
                if (i == _labelColumn) row.Label = rows[i];
                else row.Features[next++] = rows.Single(i, "only numeric columns can be up-sampled so far.");
            }
            yield return row;
        }
    }
}

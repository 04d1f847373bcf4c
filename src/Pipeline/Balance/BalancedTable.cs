using System.Runtime.InteropServices;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Writes a table with rows that were added to it: those that were there byte for byte where the file is text, then the added ones as the table writes its own.
/// An added row that equals a real one has its texts; what no code has (IDs, free text) is empty.
/// </summary>
/// <param name="search">The table.</param>
/// <param name="options">How it is written.</param>
internal sealed class BalancedTable(MethodSearch search, BalanceOptions options)
{
    private readonly RowTexts _texts = new(search.Codec, search.Rows.ClassNames);

    /// <summary>The name of the file: of the same kind as the table's.</summary>
    public static string In(BalanceOptions options) =>
        Path.Combine(options.Out, "balanced" + (TableEnding.Has(options.Table) ? TableEnding.Split(options.Table).Ending : ".csv"));

    /// <summary>Writes it.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="all">The rows, real ones first.</param>
    /// <param name="stop">Ends the work.</param>
    public void Write(string path, LabelledRows all, CancellationToken stop)
    {
        TableForm source = TableFile.FormOf(options.Table), target = TableForm.For(path, options.Table, source, () => throw new InvalidOperationException());
        string[] header = Header();
        if (options.SyntheticColumn is { } synthetic && header.Contains(synthetic))
            throw UserErrorException.Usage($"--synthetic-column {synthetic}: {options.Table} has a column of that name; choose another.");
        if (source is TextForm from && target is TextForm to)
        {
            new TableCopy(options.Table, from, to, options.SyntheticColumn).Write(path, (stream, form) =>
            {
                using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
                foreach (string?[] row in Added(all, header, stop))
                    text.Write(string.Join(form.Separator, row.Select((cell, i) => form.Field(i, cell ?? ""))) + form.NewLine);
            }, stop);
        }
        else target.Write(path, [.. header, .. Last(options.SyntheticColumn ?? "")], Real(stop).Concat(Added(all, header, stop)));
    }

    private string[] Header()
    {
        using ITableRows rows = TableFile.Open(options.Table);
        return [.. rows.Header];
    }

    private IEnumerable<string?[]> Real(CancellationToken stop)
    {
        using ITableRows rows = TableFile.Open(options.Table);
        while (rows.Read())
        {
            stop.ThrowIfCancellationRequested();
            yield return [.. rows.Header.Select((_, i) => rows[i]), .. Last("0")];
        }
    }

    private IEnumerable<string?[]> Added(LabelledRows all, string[] header, CancellationToken stop)
    {
        Dictionary<string, int> real = [];
        for (int row = 0; row < search.Rows.Count; row++) real.TryAdd(Key(all, row), row);
        for (int row = search.Rows.Count; row < all.Count; row++)
        {
            stop.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, string>? made = real.TryGetValue(Key(all, row), out int same) ? null
                : _texts.Of(all.Row(row).Span, all.Labels[row]);
            yield return [.. header.Select(name => Text(made is null ? search.Texts.Find(name)?[same] : made.GetValueOrDefault(name))), .. Last("1")];
        }
    }

    private string? Text(string? text) => string.IsNullOrEmpty(text) ? null : options.SafeCsv ? CsvFormat.WithoutFormula(text) : text;

    private string[] Last(string text) => options.SyntheticColumn is null ? [] : [text];

    private static string Key(LabelledRows rows, int row) => $"{rows.Labels[row]} {Convert.ToBase64String(MemoryMarshal.AsBytes(rows.Row(row).Span))}";
}

using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Up-sampling of a table with columns of all kinds, by a generator that was trained on such a table. Rows that were there are read one at a time, so that the
/// file may be larger than memory, and in a text file written again byte for byte; added ones are written as they are.
/// </summary>
internal static class TableUpsampling
{
    public static UpsampleResult Run(UpsampleOptions options, GeneratorSession session, StageContext context)
    {
        GeneratorInfo info = session.Info;
        string path = options.Data;
        if (!session.IsConditional)
        {
            throw new UserErrorException($"{options.Generator}: it was trained without a class column, so it cannot generate rows of rare classes; " +
                "train it with --label.");
        }
        OmittedValues? omitted = null;
        FileStyles? styles = null;
        ColumnScan table = TableFile.Scan(path, header =>
        {
            (omitted, styles) = (new OmittedValues(info, header, options.FillIds), new FileStyles(info, header));
            return CheckedLabel(options, header, info);
        }, row =>
        {
            omitted!.See(row);
            styles!.See(row);
        });
        if (options.FillIds && !omitted!.FillsIds)
            context.Note($"--fill-ids: {path} has no column that {options.Generator} dropped as an ID or index, so there is none to number on");
        int[] rows = [.. table.Values.Select(v => v.Rows <= int.MaxValue ? (int)v.Rows
            : throw new UserErrorException($"{path}: class '{v.Value}' has {v.Rows} rows, and {int.MaxValue} are possible; split the file."))];
        if (ClassColumn.Alike([.. table.Values.Select(v => v.Value)], [.. table.Values.Select(v => v.Rows)]) is { } alike) context.Note(alike + ".");
        int[] known = ClassMatch.Places(table.Values.Select(v => v.Value), info.ClassNames);
        IReadOnlyList<int> added = options.Balance.For([.. table.Values.Zip(rows, (v, n) => (v.Value, n))], info.LabelColumn);
        if (Enumerable.Range(0, rows.Length).FirstOrDefault(c => added[c] > 0 && known[c] < 0, -1) is >= 0 and var strange)
        {
            throw new UserErrorException($"{path} line {table.Values[strange].FirstLine}, column '{info.LabelColumn}': " +
                $"rows are to be added to class '{table.Values[strange].Value}', " +
                $"which the generator does not know; it knows {string.Join(", ", info.ClassNames.Take(20))}.");
        }
        long total = added.Sum(n => (long)n);
        ClassBalance[] classes = [.. table.Values.Select((v, c) => new ClassBalance(v.Value, v.Rows, v.Rows + added[c]))];
        var result = new UpsampleResult(classes, table.Count, total, options.Out)
        {
            IsDryRun = options.DryRun,
            Ungenerated = omitted!.Describe(total),
        };
        TableForm source = TableFile.FormOf(path), target = TableForm.For(options.Out, path, source, () => Types(path, styles!));
        if (source is TextForm given && target is TextForm wanted) target = wanted.WithPoints(given, table.Header, styles!.HintsOf);
        if (options.DryRun) return result;
        int[] order = [.. table.Header.Select(name => info.Columns.ToList().FindIndex(column => column.Name == name))];
        GeneratorInfo arranged = info with
        {
            Columns = [.. order.Zip(table.Header, (i, name) => i < 0 ? new OutputColumn(name, name, IsText: true) : styles!.Of(info.Columns[i]))],
        };
        IEnumerable<SampleBatch> batches = session.Stream(options.Seed, 0, (ulong)total, ClassOf(known, added)).Select(batch =>
        {
            context.Stop.ThrowIfCancellationRequested();
            return batch with { Columns = [.. order.Zip(table.Header, (i, name) => omitted.Next(name, batch.Count) ?? batch.Columns[i])] };
        });
        if (source is TextForm from && target is TextForm to)
        {
            new TableCopy(path, from, to, options.SyntheticColumn).Write(options.Out, (stream, written) =>
            {
                var records = new TableRecords(arranged, written, options.SyntheticColumn is null ? null : "1", options.SafeCsv);
                foreach (SampleBatch batch in batches) records.Write(stream, batch);
            }, context.Stop);
        }
        else target.Write(options.Out, [.. table.Header, .. Last(options, options.SyntheticColumn!)], Rows(options, arranged, batches, context.Stop));
        return result;
    }

    /// <summary>The rows that were there and those that are added, as texts.</summary>
    private static IEnumerable<IReadOnlyList<string?>> Rows(
        UpsampleOptions options, GeneratorInfo info, IEnumerable<SampleBatch> batches, CancellationToken stop)
    {
        using (ITableRows rows = TableFile.Open(options.Data))
        {
            while (rows.Read())
            {
                stop.ThrowIfCancellationRequested();
                yield return [.. rows.Header.Select((_, i) => rows[i]), .. Last(options, "0")];
            }
        }
        ColumnTexts[] columns = [.. info.Columns.Select(column => new ColumnTexts(column))];
        foreach (SampleBatch batch in batches)
        {
            for (int row = 0; row < batch.Count; row++)
            {
                string[] texts = ColumnTexts.Row(columns, batch.Columns, row);
                if (options.SafeCsv) texts = Array.ConvertAll(texts, CsvFormat.WithoutFormula);
                yield return [.. texts.Select(text => text.Length == 0 ? null : text), .. Last(options, "1")];
            }
        }
    }

    private static string[] Last(UpsampleOptions options, string text) => options.SyntheticColumn is null ? [] : [text];

    /// <summary>Checks what can be before a row is read, and finds the class column.</summary>
    private static int CheckedLabel(UpsampleOptions options, IReadOnlyList<string> header, GeneratorInfo info)
    {
        if (options.Label != "class" && options.Label != info.LabelColumn)
            throw UserErrorException.Usage($"--label {options.Label}: the generator's table has its class in the column '{info.LabelColumn}'; leave it out.");
        string path = options.Data, wanted = string.Join(", ", info.Columns.Select(c => c.Name).Take(20));
        int label = header.ToList().IndexOf(info.LabelColumn);
        if (label < 0)
        {
            throw new UserErrorException($"{path}: no column '{info.LabelColumn}', " +
                $"which holds the class of the table that {options.Generator} was trained on.");
        }
        if (info.Columns.FirstOrDefault(c => !header.Contains(c.Name)) is { } lacking)
            throw new UserErrorException($"{path}: no column '{lacking.Name}', which {options.Generator} generates; its rows have {wanted}.");
        HashSet<string> known = [.. info.Columns.Select(c => c.Name), .. info.Omitted.Select(c => c.Name)];
        if (header.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new UserErrorException($"{path}: {options.Generator} generates no value for the column '{unknown}', " +
                "and added rows without one could be told by that; remove the column, or train on it.");
        if (options.SyntheticColumn is { } synthetic && header.Contains(synthetic))
            throw UserErrorException.Usage($"--synthetic-column {synthetic}: {path} has a column of that name; choose another.");
        if (Directory.Exists(options.Out)) throw UserErrorException.Usage($"--out {options.Out}: it is a folder; name a file.");
        TableEnding.CheckOutput("--out", options.Out);
        if (options.SafeCsv && TableEnding.IsParquet(options.Out))
            throw UserErrorException.Usage("--safe-csv: it goes with text files; leave it out, or name a .csv file.");
        return label;
    }

    private static ParquetForm Types(string path, FileStyles styles)
    {
        using ITableRows rows = TableFile.Open(path);
        return ParquetTypes.Of(rows, styles.HintsOf);
    }

    /// <summary>The added rows come class after class.</summary>
    private static Func<ulong, long> ClassOf(int[] classes, IReadOnlyList<int> counts)
    {
        long[] ends = new long[counts.Count];
        for (int c = 0; c < ends.Length; c++) ends[c] = counts[c] + (c > 0 ? ends[c - 1] : 0);
        return row =>
        {
            int at = Array.BinarySearch(ends, (long)row + 1);
            if (at < 0) at = ~at;
            while (at > 0 && ends[at - 1] == ends[at]) at--;
            return classes[at];
        };
    }
}

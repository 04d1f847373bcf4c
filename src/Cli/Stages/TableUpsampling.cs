using GanPipeline.Cli.Commands;
using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Stages;

/// <summary>Up-sampling of a table with columns of all kinds, by a generator that was trained on such a table. Rows that were there are written again byte for byte.</summary>
internal static class TableUpsampling
{
    public static void Run(UpsampleArguments arguments, GeneratorSession session, Balance balance, CancellationToken stop)
    {
        GeneratorInfo info = session.Info;
        string path = arguments.Data;
        if (!session.IsConditional) throw new UserErrorException($"{arguments.Generator}: it was trained without a class column, so it cannot make rows of rare classes; train it with --label.");
        TextTable table = TableReader.Read(path);
        Check(arguments, table, info);
        TextColumn label = table.Find(info.LabelColumn)!;
        int[] rows = label.Counts();
        int[] known = [.. label.Values.Select(name => info.ClassNames.ToList().IndexOf(name))];
        IReadOnlyList<int> added = balance.For([.. label.Values.Zip(rows)], info.LabelColumn);
        if (Enumerable.Range(0, rows.Length).FirstOrDefault(c => added[c] > 0 && known[c] < 0, -1) is >= 0 and var strange)
            throw table.ErrorAt(label, strange, $"rows are to be added to class '{label.Values[strange]}', which the generator does not know; it knows {string.Join(", ", info.ClassNames.Take(20))}.");
        Screen.Table(["class", "rows before", "rows after"], label.Values.Select((name, c) => new[] { name, $"{rows[c]}", $"{rows[c] + added[c]}" }));
        if (arguments.DryRun)
        {
            Screen.Say($"Nothing was written; without --dry-run it goes to {arguments.Out}.");
            return;
        }
        long total = added.Sum(n => (long)n);
        AtomicFile.Write(arguments.Out, stream =>
        {
            CopyTo(stream, path, arguments.SyntheticColumn);
            var records = new TableRecords(info with { Columns = [.. table.Columns.Select(c => info.Columns.Single(made => made.Name == c.Name))] }, arguments.SyntheticColumn is null ? null : "1");
            int[] order = [.. table.Columns.Select(c => info.Columns.ToList().FindIndex(made => made.Name == c.Name))];
            foreach (SampleBatch batch in session.Stream(arguments.Seed, 0, (ulong)total, ClassOf(known, added)))
            {
                stop.ThrowIfCancellationRequested();
                records.Write(stream, batch with { Columns = [.. order.Select(i => batch.Columns[i])] });
            }
        });
        Screen.Say($"added {total} generated rows to {table.Count}: {arguments.Out}");
    }

    private static void Check(UpsampleArguments arguments, TextTable table, GeneratorInfo info)
    {
        if (arguments.Label != "class" && arguments.Label != info.LabelColumn)
            throw new UserErrorException($"--label {arguments.Label}: the generator's table has its class in the column '{info.LabelColumn}'; leave it out.");
        string path = arguments.Data, wanted = string.Join(", ", info.Columns.Select(c => c.Name).Take(20));
        if (table.Find(info.LabelColumn) is null) throw new UserErrorException($"{path}: no column '{info.LabelColumn}', which holds the class of the table that {arguments.Generator} was trained on.");
        if (info.Columns.FirstOrDefault(c => table.Find(c.Name) is null) is { } lacking)
            throw new UserErrorException($"{path}: no column '{lacking.Name}', which {arguments.Generator} makes; its rows have {wanted}.");
        if (table.Columns.FirstOrDefault(c => info.Columns.All(made => made.Name != c.Name)) is { } unknown)
            throw new UserErrorException($"{path}: {arguments.Generator} makes no value for the column '{unknown.Name}', and added rows without one could be told by that; remove the column, or train on it.");
        if (arguments.SyntheticColumn is { } synthetic && table.Find(synthetic) is not null) throw new UserErrorException($"--synthetic-column {synthetic}: {path} has a column of that name; choose another.");
        if (Directory.Exists(arguments.Out)) throw new UserErrorException($"--out {arguments.Out}: it is a folder; name a .csv file.");
        if (Path.GetFullPath(arguments.Out) == Path.GetFullPath(path)) throw new UserErrorException($"--out {arguments.Out}: it is the input itself; name another file.");
        using FileStream file = File.OpenRead(path);
        if (file.ReadByte() is 0xFE or 0xFF) throw new UserErrorException($"{path}: it is UTF-16 text, to which rows cannot be added; save it as UTF-8.");
    }

    private static void CopyTo(Stream target, string path, string? syntheticColumn)
    {
        using FileStream source = File.OpenRead(path);
        _ = CsvCopy.Copy(path, source, target, syntheticColumn is null ? null : (syntheticColumn, "0"), CancellationToken.None);
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

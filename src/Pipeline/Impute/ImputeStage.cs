using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using GanPipeline.Training.Imputation;

namespace GanPipeline.Stages;

/// <summary>A table with holes in, a table without out.</summary>
internal static class ImputeStage
{
    public static ImputeResult Run(ImputeOptions options, StageContext context)
    {
        ImputationOptions imputation = Checked(options);
        if (options.Imputations > 1 && AtomicFile.IsStream(options.Out))
            throw UserErrorException.Usage($"--out {options.Out}: several imputations are several files, and a stream takes one; name a file.");
        string[] paths = [.. Enumerable.Range(1, options.Imputations).Select(i => options.Imputations == 1 ? options.Out : Numbered(options.Out, i))];
        foreach (string path in paths) OutputFiles.RefuseInput("--out", path, options.Table, options.Schema);
        TableEnding.CheckOutput("--out", options.Out);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, paths);
        Table table = TableFile.Read(options.Table);
        SchemaFile file = (options.Schema is null ? new SchemaFile() : SchemaFile.Read(options.Schema))
            .With(new ColumnChoices(options.Drop, options.Keep, options.Missing));
        TableSchema schema = TableSchema.Infer(table, label: null, file);
        TableForm source = TableFile.FormOf(options.Table), form = TableForm.For(options.Out, options.Table, source, () => ParquetTypes.Of(
            table.Columns.Select(c => (c.Name, c.Values.Where(v => !file.Missing.Contains(v)).Select(v => (string?)v))), name => file.Hints(table, name)));
        if (source is TextForm from && form is TextForm to)
            form = to.WithPoints(from, table.Header, name => schema.Columns.Any(c => c.Name == name && c.Style is not null) ? file.Hints(table, name) : null);
        foreach (string note in schema.DropNotes) context.Note($"{note}; in the filled table it stays as it is.");
        context.Note($"filling the missing values of {table.Rows} rows; a fifth of the known ones is held back at first, half to choose the method by, " +
            "half to see how well it goes ...");
        ImputationResult result = Imputation.Run(table, schema, imputation, stop: context.Stop);
        claimed.Write(() =>
        {
            for (int i = 0; i < paths.Length; i++) result.Tables[i].Write(paths[i], form);
        });
        ImputedColumn[] columns = [.. result.Scores.Select(s => new ImputedColumn(s.Column, s.IsNumber, s.Cells, s.ByMethod))];
        return new ImputeResult(paths, result.Method, result.Choice, columns, result.Filled, result.Unfilled, result.Steps);
    }

    private static ImputationOptions Checked(ImputeOptions options)
    {
        var imputation = new ImputationOptions { Method = options.Method, Imputations = options.Imputations, Steps = options.Steps, Seed = options.Seed };
        try { imputation.Validate(); }
        catch (UserErrorException e) { throw UserErrorException.Usage(e.Message); }
        return imputation;
    }

    private static string Numbered(string path, int number)
    {
        (string name, string ending) = TableEnding.Split(path);
        return $"{name}-{number}{ending}";
    }
}

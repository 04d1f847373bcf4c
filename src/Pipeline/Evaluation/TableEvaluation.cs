using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Tables: files, or a generator, whose rows are compared as the file that it would write. A column is of numbers where every value of the real rows is one or
/// missing, and of categories otherwise.
/// </summary>
internal static class TableEvaluation
{
    private const string UsualLabel = "class"; // what a table is trained by where nobody says otherwise

    public static IReadOnlyList<MetricResult> Measure(EvaluateOptions options, GeneratorSession? generator, StageContext context)
    {
        if (options.Data is null) throw new UserErrorException("name the real table with --data.");
        if (options.Test is null && options.Against == RealPart.Test)
            context.Note("no --test rows: generated rows are compared with the training rows, and some metrics cannot be measured");
        Table real = TableFile.Read(options.Data), generated = generator is null ? TableFile.Read(options.Samples)
            : Generate(generator, real, Math.Min(options.Count, real.Rows), options.Seed);
        Table? test = options.Test is null ? null : TableFile.Read(options.Test);
        string? target = options.Label ?? (generator?.Info.LabelColumn is { Length: > 0 } own ? own : generated.Has(UsualLabel) ? UsualLabel : null);
        (real, Table[] others) = ComparedColumns.Of(OfItsColumns(real), test is null ? [generated] : [generated, OfItsColumns(test)], target, context);
        TableComparison comparison = Of(others[0], WithGaps(real), others.ElementAtOrDefault(1) is { } held ? WithGaps(held) : null,
            test is not null && options.Against == RealPart.Test, target, Styles(generator), options.Seed, context);
        IReadOnlyList<MetricDescriptor<TableComparison>> metrics = options.Metrics.Count == 0 ? MetricCatalog.OfTables
            : MetricCatalog.OfTables.Named(options.Metrics);
        return MetricCatalog.MeasureAll(context.Counted("metrics", metrics), comparison, options.Metrics.Count == 0 ? Skipped(context) : null, context.Stop);

        // A generator gives the columns that it was trained on, and others cannot be compared.
        Table OfItsColumns(Table table)
        {
            TableColumn[] kept = [.. table.Columns.Where(c => generator is null || generated.Has(c.Name))];
            if (kept.Length < table.Columns.Count)
                context.Note($"{table.Path}: not compared, since the generator does not give them: " +
                    $"{string.Join(", ", table.Columns.Except(kept).Select(c => c.Name))}");
            return table.WithColumns(kept);
        }

        Table WithGaps(Table table) => table.WithColumns([.. table.Columns.Select(column => OfGaps(table, column))]);

        // Rows may have been trained on with a text for what is missing (--missing), which no generated row has then.
        TableColumn OfGaps(Table table, TableColumn column)
        {
            string[] gaps = [.. column.Values.Where(OddCells.IsGap)];
            if (gaps.Length == 0 || generated.Find(column.Name) is not { } made || !made.Values.Contains("")) return column;
            gaps = [.. gaps.Except(made.Values)];
            if (gaps.Length > 0) context.Note($"{table.Path}, column '{column.Name}': {ClassMatch.List(gaps)} is taken for a missing value, since generated " +
                "rows have empty fields there and no such text");
            return column.Map(text => gaps.Contains(text) ? "" : text);
        }
    }

    /// <summary>Says what is not measured, and why.</summary>
    public static Action<MetricDescriptor, string> Skipped(StageContext context) => (metric, reason) => context.Note($"{metric.Name}: not measured, {reason}");

    /// <summary>Rows of a generator, as many as it was trained on and its classes in their proportions, against real ones.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="training">What it was trained on: the columns that it generates.</param>
    /// <param name="test">Rows that it was not trained on, where there are some.</param>
    /// <param name="most">Rows that are generated at most.</param>
    /// <param name="againstTest">Whether generated rows are compared with the test rows rather than with the training rows.</param>
    /// <param name="target">The column of categories to predict; the generator's own class column where it is null.</param>
    /// <param name="seed">Seed of the rows and of the comparison.</param>
    /// <param name="context">Hears which classes are missing.</param>
    public static TableComparison Of(GeneratorSession generator, Table training, Table? test, int most, bool againstTest, string? target, ulong seed,
        StageContext context)
    {
        string? own = generator.Info.LabelColumn is { Length: > 0 } label ? label : null;
        return Of(Generate(generator, training, Math.Min(most, training.Rows), seed), training, test, againstTest, target ?? own, Styles(generator), seed,
            context);
    }

    private static TableComparison Of(Table generated, Table training, Table? test, bool againstTest, string? target,
        IReadOnlyDictionary<string, NumberStyle> styles, ulong seed, StageContext context)
    {
        Dictionary<string, ReadNumbers> numeric = Numbers(training, test, target, styles);
        (generated, training, test) = (Convert(generated, numeric), Convert(training, numeric), test is null ? null : Convert(test, numeric));
        var comparison = new TableComparison(generated, againstTest ? test! : training)
        {
            RealName = againstTest ? "test" : "training",
            Training = training,
            HeldOut = test,
            Target = target,
            Seed = seed,
        };
        if (target is not null && comparison.Real.Has(target) && !comparison.Real[target].IsNumeric)
        {
            SayClasses("generated", generated, training, target, context);
            if (test is not null) SayClasses("test", test, training, target, context);
        }
        return comparison;
    }

    /// <summary>How a generator writes the numbers of its columns; nothing without one.</summary>
    private static Dictionary<string, NumberStyle> Styles(GeneratorSession? generator) => (generator?.Info.Columns ?? []).Where(c => c.Style.Length > 0)
        .Select(c => (c.Name, Style: NumberStyleText.Parse(c.Style))).Where(c => c.Style is not null)
        .ToDictionary(c => c.Name, c => c.Style!, StringComparer.Ordinal);

    /// <summary>Says which classes rows lack that the training rows have, and which they add.</summary>
    private static void SayClasses(string name, Table rows, Table training, string target, StageContext context)
    {
        string[] own = Names(rows), others = Names(training), lacking = [.. others.Except(own)], more = [.. own.Except(others)];
        if (lacking.Length > 0) context.Warn($"the {name} rows lack {ClassMatch.List(lacking)} in the column '{target}', which the training rows have");
        if (more.Length > 0) context.Warn($"the {name} rows have {ClassMatch.List(more)} in the column '{target}', which the training rows lack");

        string[] Names(Table table) => [.. table[target].Words!.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Rows whose classes are as frequent as in the training rows, as they are read from the file that the generator writes.</summary>
    private static Table Generate(GeneratorSession generator, Table training, int rows, ulong seed)
    {
        GeneratorInfo info = generator.Info;
        long[] labels = generator.IsConditional ? Labels(training, info, rows) : [];
        var records = new TableRecords(info, TextForm.Usual);
        using var file = new MemoryStream();
        file.Write(records.Header((ulong)rows));
        foreach (SampleBatch batch in generator.Stream(seed, 0, (ulong)rows, labels.Length == 0 ? null : i => labels[i])) records.Write(file, batch);
        file.Position = 0;
        Table table = TableReader.Read(new StreamReader(file), "the generated rows", "");
        return labels.Length == 0 || table.Has(info.LabelColumn) ? table
            : table.WithColumns([.. table.Columns, new TableColumn(info.LabelColumn, [.. labels.Select(l => (string?)info.ClassNames[(int)l])])]);
    }

    /// <summary>The classes of training rows at equal distances.</summary>
    private static long[] Labels(Table training, GeneratorInfo info, int rows)
    {
        TableColumn column = training.Find(info.LabelColumn)
            ?? throw new UserErrorException($"{training.Path}: no column '{info.LabelColumn}', which holds the class of the table that the generator was " +
                $"trained on.");
        int[] known = ClassMatch.Places(column.Values, info.ClassNames);
        if (Array.IndexOf(known, -1) is >= 0 and var strange)
            throw training.ErrorAt(column, strange,
            $"the generator does not know the class '{column.Values[strange]}'; it knows {string.Join(", ", info.ClassNames.Take(20))}.");
        return [.. Enumerable.Range(0, rows).Select(i => known[column.Codes[(int)((long)i * training.Rows / rows)]])];
    }

    /// <summary>How the columns of numbers of the real rows are read, by name.</summary>
    /// <param name="training">The training rows.</param>
    /// <param name="test">Rows that were not trained on; null for none.</param>
    /// <param name="target">The column of categories to predict.</param>
    /// <param name="styles">How the generator writes numbers, by column.</param>
    private static Dictionary<string, ReadNumbers> Numbers(Table training, Table? test, string? target, IReadOnlyDictionary<string, NumberStyle> styles)
    {
        var numeric = new Dictionary<string, ReadNumbers>(StringComparer.Ordinal);
        foreach (TableColumn column in training.Columns.Where(c => c.Name != target))
            if (ReadNumbers.Of(column.Values, training.Hints, styles.GetValueOrDefault(column.Name)) is { } read
                && (test?.Find(column.Name) is not { } held || held.Values.All(text => text.Length == 0) || Of(held, test.Hints, read) is not null))
                numeric.Add(column.Name, read);
        return numeric;
    }

    /// <summary>The table with the columns of those names as numbers; its texts stay.</summary>
    private static Table Convert(Table table, Dictionary<string, ReadNumbers> numeric) => table.WithColumns([.. table.Columns.Select(column =>
    {
        if (!numeric.TryGetValue(column.Name, out ReadNumbers? real)) return column;
        double?[] numbers = [.. column.Values.Select((Of(column, table.Hints, real) ?? real).Number)];
        int broken = Array.IndexOf(numbers, null);
        return broken < 0 ? column.AsNumbers([.. numbers.Select(number => number!.Value)])
            : throw table.ErrorAt(column, broken,
                $"'{column.Values[broken]}' is not a finite number, as the column is in the real table; remove or repair the row.");
    })]);

    /// <summary>How a column of another file is read that is one of numbers in the real rows: as there, or, where it is not written so, by itself.</summary>
    private static ReadNumbers? Of(TableColumn column, NumberHints hints, ReadNumbers real) => ReadNumbers.Of(column.Values, hints, real.Style);
}

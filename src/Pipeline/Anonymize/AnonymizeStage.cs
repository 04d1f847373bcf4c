using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Export;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Privacy;
using GanPipeline.Training.Updates;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>
/// Table in, synthetic table and figures of its privacy out. The generator is thrown away: a generator file would hold the seed, by which the noise of
/// differential privacy could be taken off.
/// </summary>
internal static class AnonymizeStage
{
    private static readonly string[] Measured =
        ["distance-to-closest-record", "nearest-neighbour-ratio", "closer-to-training", "membership-inference", "exact-copies", "train-on-synthetic"];

    public static AnonymizeResult Run(AnonymizeOptions options, StageContext context)
    {
        var job = AnonymizeJob.Of(options);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, options.Out, job.Report);
        torch.Device device = Devices.Resolve(options.Device);
        Devices.UseThreads(job.Run.Threads);
        Table table = TableFile.Read(options.Table);
        SchemaFile file = job.Data.Declared();
        string? label = job.Data.ClassColumn;
        TableSchema whole = TableSchema.Infer(table, label, file);
        SayDropped(whole, context);
        (table, file) = (whole.Kept(table), file.ForPartOf(whole));
        var parts = TableParts.Of(table, whole, job.Run.Seed, keepsClasses: job.Budget is null);
        TableSchema schema = TableSchema.Infer(parts.Training, label, file);
        using Dataset rows = job.Data.Load(parts.Training, schema);
        foreach (string note in rows.Notes)
            context.Note(job.Budget is null ? note
                : note.Replace(TableSurvey.LackedAsOften, "generated rows lack it about as often, as far as the noise allows", StringComparison.Ordinal));
        foreach (string lost in whole.ClassNames.Except(schema.ClassNames))
            context.Note($"class '{lost}' is so rare that no row of it is among those that are trained on: the synthetic table has none either.");

        RunOptions run = job.Budget is null ? job.Run : WithNoise(job.Budget, job.Run, rows, device);
        context.Note($"training on {parts.Training.Rows} of {table.Rows} rows; {parts.HeldOut.Rows} are held back to evaluate with");
        if (rows.ClassNames.Count > 0) context.Note(TrainStage.Classes(rows));
        using GeneratorSession session = Train(run, rows, device, job.Budget is null, WorkPlace(options.Out, job.Report), context, out long steps);
        var real = new RealRows(session.Info.Columns, file);
        string[][] training = real.Of(parts.Training), heldOut = real.Of(parts.HeldOut);
        HashSet<string> refused = job.RemovesCopies ? [.. training.Concat(heldOut).Select(RealRows.Key)] : [];
        var rowsOf = new SyntheticRows(session, SeedStream.Derive(run.Seed, "synthetic rows"));
        IReadOnlyList<string[]> synthetic = rowsOf.Make(Classes(table, schema, job.Budget, run.Seed), refused, context.Stop);
        if (rowsOf.RefusedAtFirst > table.Rows / 2)
        {
            throw new UserErrorException($"{rowsOf.RefusedAtFirst} of {table.Rows} generated rows equal a real one: " +
                "the table has so few different rows that copies are chance, and without them the others would tell which rows are real. Say --copies keep.");
        }
        PrivacySpent? privacy = job.Budget is null ? null : Spent(job.Budget, run, rows, schema, steps);
        List<MetricResult> results = Measure(real, training, heldOut, synthetic, label, run.Seed, context.Stop);
        if (job.RemovesCopies) results.Add(new MetricResult("copies-removed", rowsOf.Refused, Better.Neither, $"generated for {table.Rows} rows"));
        if (privacy is not null)
            results.Add(new MetricResult("epsilon", privacy.Spent, Better.Lower, FormattableString.Invariant($"delta {privacy.Delta}, {steps} steps")));
        claimed.Write(() =>
        {
            Write(options, session.Info.Columns, synthetic);
            QualityCsv.Write(job.Report, results);
        });
        return new AnonymizeResult(options.Out, job.Report, synthetic.Count, results)
        {
            CopiesRemoved = job.RemovesCopies ? rowsOf.Refused : null,
            Lacking = table.Rows - synthetic.Count,
            Privacy = privacy,
        };
    }

    /// <summary>Says which columns the synthetic table lacks: those that name a row, or hold what somebody wrote, would give most away.</summary>
    private static void SayDropped(TableSchema schema, StageContext context)
    {
        foreach (string note in schema.DropNotes) context.Note(note + ".");
        if (schema.Dropped.Count > 0)
            context.Note($"the synthetic table lacks what is dropped: {string.Join(", ", schema.Dropped.Select(d => d.Name))}.");
    }

    /// <summary>How private and how useful the synthetic rows are.</summary>
    private static List<MetricResult> Measure(
        RealRows real, string[][] training, string[][] heldOut, IReadOnlyList<string[]> synthetic, string? label, ulong seed, CancellationToken stop)
    {
        var comparison = new TableComparison(real.ToTable(synthetic), real.ToTable(heldOut))
        {
            RealName = "held-out",
            Training = real.ToTable(training),
            HeldOut = real.ToTable(heldOut),
            Target = label,
            Seed = SeedStream.Derive(seed, "judging"),
        };
        return [.. MetricCatalog.MeasureAll(MetricCatalog.OfTables.Named(Measured), comparison, (_, _) => { }, stop)];
    }

    private static void Write(AnonymizeOptions options, IReadOnlyList<OutputColumn> columns, IReadOnlyList<string[]> rows)
    {
        string[] header = [.. columns.Select(c => c.Name)];
        var hints = columns.ToDictionary(c => c.Name, c => new ColumnTexts(c).Hints);
        TableForm source = TableFile.FormOf(options.Table), form = TableForm.For(options.Out, options.Table, source,
            () => ParquetTypes.Of(header.Select((name, i) => (name, rows.Select(r => (string?)r[i]))), name => hints[name] ?? NumberHints.Invariant));
        if (source is TextForm from && form is TextForm to) form = to.WithPoints(from, header, name => hints[name]);
        if (form is ParquetForm given && given.Columns.Count > header.Length)
            form = given with { Columns = [.. given.Columns.Where(c => header.Contains(c.Name))] };
        if (options.SafeCsv)
            form.Write(options.Out, Array.ConvertAll(header, CsvFormat.WithoutFormula), rows.Select(r => Array.ConvertAll(r, CsvFormat.WithoutFormula)));
        else form.Write(options.Out, header, rows);
    }

    /// <summary>What differential privacy spent, and what it does not speak of.</summary>
    private static PrivacySpent Spent(PrivacyBudget budget, RunOptions run, Dataset rows, TableSchema schema, long steps) => new(budget.Epsilon, budget.Delta,
        budget.Spent(run, rows.Count, steps), budget.EpsilonOfCounts, steps, (double)run.Batch / rows.Count, ((PrivateOptions)run.Update).NoiseMultiplier)
    {
        ClassNamesFromRows = schema.Label is not null && !schema.File.IsPublic(schema.Label),
        ColumnsFromRows = [.. schema.Columns.Select(c => c.Name).Where(name => !schema.File.IsPublic(name))],
    };

    /// <summary>The options with the noise that the budget asks for; a trainer knows how many steps there will be.</summary>
    private static RunOptions WithNoise(PrivacyBudget budget, RunOptions options, Dataset rows, torch.Device device)
    {
        using var once = new Trainer(options, rows, device);
        return budget.WithNoise(options, rows.Count, once.TotalSteps);
    }

    private static GeneratorSession Train(
        RunOptions options, Dataset rows, torch.Device device, bool looksAtRows, string place, StageContext context, out long steps)
    {
        using var trainer = new Trainer(options, rows, device);
        trainer.Train(trainer.TotalSteps, means =>
        {
            context.Progress?.Report(new WorkProgress("steps", trainer.Step, trainer.TotalSteps));
            context.Detail($"step {trainer.Step} of {trainer.TotalSteps}" +
                (looksAtRows ? FormattableString.Invariant($"  D {means.DiscriminatorLoss:F3}  G {means.GeneratorLoss:F3}") : ""));
        }, context.Stop);
        steps = trainer.Step;
        // With differential privacy nothing else may look at the rows: how often values lack is what the networks have learned of it.
        if (looksAtRows) ExportStage.Calibrate(trainer.Sampler, options.Seed, device, context);
        using var folder = new PrivateFolder(place);
        string path = folder.File("generator.onnx");
        _ = GeneratorExporter.Export(trainer.Sampler, new GeneratorMetadata { System = options.System }, path);
        return GeneratorSession.Open(path); // which has it in memory
    }

    /// <summary>Where the generator is for a moment: where the table goes, which is no less private than what it is made from.</summary>
    private static string WorkPlace(params string[] outputs) => outputs.FirstOrDefault(path => !AtomicFile.IsStream(path)) is { } file
        ? Path.GetDirectoryName(AtomicFile.FollowLinks(file))! : Path.GetTempPath();

    /// <summary>[rows] the class of each row, in random order: as many of each as the table has, or about as many with differential privacy.</summary>
    private static long[] Classes(Table table, TableSchema schema, PrivacyBudget? budget, ulong seed)
    {
        if (schema.Label is null) return new long[table.Rows];
        TableColumn column = table.Find(schema.Label)!;
        long[] counts = [.. schema.ClassNames.Select(name => (long)column.Codes.Count(code => column.Values[code] == name))];
        if (budget is not null) counts = budget.NoisyCounts(counts);
        if (counts.All(n => n == 0)) Array.Fill(counts, 1);
        var plan = ClassPlan.Ratio([.. counts.Select((n, c) => ((long)c, (double)n))], (ulong)table.Rows);
        long[] classes = [.. Enumerable.Range(0, table.Rows).Select(i => plan.LabelOf!((ulong)i))];
        new RandomStream(SeedStream.Derive(seed, "order of classes")).Shuffle<long>(classes);
        return classes;
    }
}

using System.Globalization;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Export;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Privacy;
using GanPipeline.Training.Updates;
using TorchSharp;
using Comparison = GanPipeline.Evaluation.Tables.TableComparison;

namespace GanPipeline.Stages;

/// <summary>
/// Table in, synthetic table and figures of its privacy out. The generator learns from about four fifths of the rows; the others are what its rows are judged
/// by. It is thrown away: a generator file would hold the seed, by which the noise of differential privacy could be taken off.
/// </summary>
internal static class AnonymizeStage
{
    private const int HeldOutOneIn = 5, LeastHeldOut = 10;

    /// <summary>What differs from the preset for tables.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["data.anchors=0"];

    /// <summary>
    /// The same with differential privacy: nothing but the clipped and noisy gradients of one small network looks at real rows. It is kept smooth by its
    /// weights alone, since a gradient penalty looks at real rows, and it has no classifier, which would take a part of what each row's gradient may be. Few
    /// weights get less noise in all, and few steps less each.
    /// </summary>
    public static IReadOnlyList<string> PrivateSettings { get; } =
    [
        .. Settings, "sampling=poisson", "update={ scheme: private }", "objective=non_saturating", "regularizers=[{ name: spectral_norm }]",
        "discriminator={ network: mlp, hidden: [64, 64] }", "discriminator_optimizer.learning_rate=6e-4", "batch=100", "steps=600", "epochs=20",
    ];

    private static readonly string[] Measured =
        ["distance-to-closest-record", "nearest-neighbour-ratio", "closer-to-training", "membership-inference", "exact-copies", "train-on-synthetic"];

    public static void Run(AnonymizeArguments arguments, CancellationToken stop)
    {
        TableDataOptions data = Check(arguments);
        using OutputFiles claimed = OutputFiles.Claim(arguments.Force, arguments.Out, arguments.Report);
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        Table table = TableReader.Read(arguments.Table);
        SchemaFile file = data.Schema.Length > 0 ? SchemaFile.Read(data.Schema) : new SchemaFile();
        string? label = data.Label.Length > 0 ? data.Label : null;
        TableSchema whole = TableSchema.Infer(table, label, file);
        (Table learnt, Table heldOut) = Split(table, whole, arguments.Options.Seed);
        if (heldOut.Rows < LeastHeldOut)
        {
            throw new UserErrorException($"{arguments.Table}: of its {table.Rows} rows only {heldOut.Rows} could be held back to judge by, " +
                $"and {LeastHeldOut} are needed; equal rows stay together. Give a larger table.");
        }
        TableSchema schema = TableSchema.Infer(learnt, label, file);
        using Dataset rows = data.Load(learnt, schema);
        foreach (string note in rows.Notes) Screen.Note(note);
        foreach (string lost in whole.ClassNames.Except(schema.ClassNames))
            Screen.Note($"class '{lost}' is so rare that no row of it is among those that are learnt from: the synthetic table has none either.");

        PrivacyBudget? budget = arguments.Epsilon is { } epsilon ? new PrivacyBudget(epsilon, arguments.Delta, label is not null) : null;
        RunOptions options = budget is null ? arguments.Options : WithNoise(budget, arguments.Options, rows, device);
        Screen.Note($"training on {learnt.Rows} of {table.Rows} rows; {heldOut.Rows} are held back to judge by");
        if (rows.ClassNames.Count > 0) Screen.Note(TrainStage.Classes(rows));
        using GeneratorSession session = Train(options, rows, device, budget is null, WorkPlace(arguments), stop, out long steps);
        var real = new RealRows(session.Info.Columns, file);
        string[][] realLearnt = real.Of(learnt), realHeldOut = real.Of(heldOut);
        HashSet<string> refused = arguments.RemovesCopies ? [.. realLearnt.Concat(realHeldOut).Select(RealRows.Key)] : [];
        var made = new SyntheticRows(session, SeedStream.Derive(options.Seed, "synthetic rows"));
        IReadOnlyList<string[]> synthetic = made.Make(Classes(table, schema, budget, options.Seed), refused, stop);
        if (made.RefusedAtFirst > table.Rows / 2)
        {
            throw new UserErrorException($"{made.RefusedAtFirst} of {table.Rows} generated rows equal a real one: " +
                "the table has so few different rows that copies are chance, and without them the others would tell which rows are real. Say --copies keep.");
        }

        var comparison = new Comparison(real.ToTable(synthetic), real.ToTable(realHeldOut))
        {
            RealName = "held-out",
            Training = real.ToTable(realLearnt),
            HeldOut = real.ToTable(realHeldOut),
            Target = label,
            Seed = SeedStream.Derive(options.Seed, "judging"),
        };
        List<MetricResult> results = [.. MetricCatalog.MeasureAll(MetricCatalog.OfTables.Named(Measured), comparison, (_, _) => { }, stop)];
        if (arguments.RemovesCopies) results.Add(new MetricResult("copies-removed", made.Refused, Better.Neither, $"generated for {table.Rows} rows"));
        if (budget is not null)
            results.Add(new MetricResult("epsilon", budget.Spent(options, rows.Count, steps), Better.Lower,
                FormattableString.Invariant($"delta {budget.Delta}, {steps} steps")));

        string[] header = [.. session.Info.Columns.Select(c => c.Name)];
        IEnumerable<string[]> written = synthetic;
        if (arguments.SafeCsv)
            (header, written) = (Array.ConvertAll(header, CsvFormat.WithoutFormula), synthetic.Select(r => Array.ConvertAll(r, CsvFormat.WithoutFormula)));
        claimed.Write(() =>
        {
            RunNotes.WriteCsv(arguments.Out, header, written);
            QualityCsv.Write(arguments.Report, results);
        });
        EvaluateStage.Show(results);
        Screen.Say("");
        foreach (string line in AnonymizeReport.Verdicts(results)) Screen.Say(line);
        if (arguments.RemovesCopies) Screen.Say(Removed(made.Refused, table.Rows - synthetic.Count));
        if (budget is not null) foreach (string line in AnonymizeReport.Covered(budget, options, rows, schema, steps)) Screen.Say(line);
        Screen.Say($"{synthetic.Count} synthetic rows: {arguments.Out}; figures, which come from real rows and are not to be given away: {arguments.Report}");
    }

    private static TableDataOptions Check(AnonymizeArguments arguments)
    {
        if (arguments.Options.Data is not TableDataOptions { Anchors: 0 } data)
            throw new UserErrorException("data.anchors: a generator that stores real rows cannot make anonymous ones; leave it at 0.");
        if (arguments.Epsilon is not null && arguments.Options.Update is not PrivateOptions)
            throw new UserErrorException("update: only the scheme 'private' keeps to an --epsilon; leave 'update' out of --set.");
        if (OutputFiles.AreSame(arguments.Out, arguments.Table) || OutputFiles.AreSame(arguments.Report, arguments.Table)
            || OutputFiles.AreSame(arguments.Out, arguments.Report))
            throw UserErrorException.Usage($"--out {arguments.Out}, --report {arguments.Report}: the table, the synthetic one and the figures are " +
                "three files; give each another name.");
        OutputFiles.RefuseInput("--out", arguments.Out, data.Schema);
        OutputFiles.RefuseInput("--report", arguments.Report, data.Schema);
        return data;
    }

    /// <summary>The options with the noise that the budget asks for; a trainer knows how many steps there will be.</summary>
    private static RunOptions WithNoise(PrivacyBudget budget, RunOptions options, Dataset rows, torch.Device device)
    {
        using var once = new Trainer(options, rows, device);
        return budget.WithNoise(options, rows.Count, once.TotalSteps);
    }

    /// <summary>
    /// Which rows are learnt from hangs on each row's own values and the seed alone: equal rows stay together, and a row more moves no other.
    /// </summary>
    private static (Table Learnt, Table HeldOut) Split(Table table, TableSchema schema, ulong seed)
    {
        TableColumn[] columns = [.. table.Columns.Where(c => c.Name == schema.Label || schema.Columns.Any(s => s.Name == c.Name))];
        ILookup<bool, int> held = Enumerable.Range(0, table.Rows)
            .ToLookup(row => SeedStream.Derive(seed, "held out " + RealRows.Key([.. columns.Select(c => c[row])])) % HeldOutOneIn == 0);
        return (table.Pick([.. held[false]]), table.Pick([.. held[true]]));
    }

    private static GeneratorSession Train(
        RunOptions options, Dataset rows, torch.Device device, bool showsLosses, string place, CancellationToken stop, out long steps)
    {
        using var trainer = new Trainer(options, rows, device);
        trainer.Train(trainer.TotalSteps, means => Screen.Note($"step {trainer.Step} of {trainer.TotalSteps}" +
            (showsLosses ? FormattableString.Invariant($"  D {means.DiscriminatorLoss:F3}  G {means.GeneratorLoss:F3}") : "")), stop);
        steps = trainer.Step;
        using var folder = new PrivateFolder(place);
        string path = folder.File("generator.onnx");
        _ = GeneratorExporter.Export(trainer.Sampler, new GeneratorMetadata { System = options.System }, path);
        return GeneratorSession.Open(path); // which has it in memory
    }

    /// <summary>Where the generator is for a moment: where the table goes, which is no less private than what it is made from.</summary>
    private static string WorkPlace(AnonymizeArguments arguments) =>
        new[] { arguments.Out, arguments.Report }.FirstOrDefault(path => !AtomicFile.IsStream(path)) is { } file
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

    private static string Removed(int refused, int lacking) => refused == 0 ? "No generated row equalled a real one."
        : $"{refused} generated rows that equalled a real one were left out, and others made in their place" +
            (lacking == 0 ? "." : $", except for {lacking}, for which the generator made nothing else: the synthetic table is so much shorter.");
}

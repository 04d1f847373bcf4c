using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>
/// Methods for rare classes on a table: compared on outer folds for honest figures, and chosen on all rows. Large tables are compared on a stratified part.
/// </summary>
internal sealed class MethodSearch : IDisposable
{
    private const long MostNumbers = 1_500_000; // rows times columns; more would take the comparison longer than a user waits
    private const string GeneratorSteps = "steps=50"; // of the preset's 1000, since one is trained for each fold
    private const int Listed = 5;

    private static readonly SelectionOptions Inner = new();

    /// <summary>How often a selection looks at what its methods have reached: within the first cut, and after each cut.</summary>
    private static int Looks => Inner.Repeats + 1;

    private readonly MethodSearchOptions _options;
    private readonly Dataset _data;
    private readonly LabelledRows _compared;
    private readonly IReadOnlyList<IClassifierTrainer> _trainers;
    private readonly IReadOnlyList<Method> _methods;
    private readonly NestedSelection _nested;
    private readonly int[] _counts;
    private readonly int[] _scored;

    private MethodSearch(MethodSearchOptions options, StageContext context)
    {
        _options = options;
        RunOptions run = Presets.Load(options.Table, options, GeneratorSteps);
        if (options.Folds is < 2 or > 20) throw UserErrorException.Usage($"--folds {options.Folds}: it must be between 2 and 20.");
        if (options.Steps < 1)
            throw UserErrorException.Usage($"--generator {options.Steps}: it must be at least 1; --no-generator leaves the generator out.");
        if (options.Repeats is < 1 or > 100) throw UserErrorException.Usage($"--repeats {options.Repeats}: it must be between 1 and 100.");
        if (run.Data is not TableDataOptions { Label.Length: > 0 } table)
            throw new UserErrorException($"{options.Table}: a comparison needs a table with a class column; name it with --label.");
        (Source, Seed) = (table, run.Seed);
        torch.Device device = Devices.Resolve(options.Device);
        _data = (table with { Anchors = 0 }).Load(options.Table, DataSplit.Train, run.Seed); // no generator file comes of it that holds rows
        try
        {
            foreach (string note in _data.Notes) context.Note(note);
            LabelledRows.CheckBalanced(_data);
            Rows = LabelledRows.Of(_data);
            Goal = Goal.Parse(options.Goal, Rows.ClassNames);
            _trainers = [.. Learners.Parse(options.Learner).Select(trainer => PlainColumns.Of(trainer, Codec))];
            _compared = Part(Rows, context);
            IEnumerable<Method> generators = options.Generators.SelectMany(variant => new GeneratorMethod(variant.Name,
                Presets.Load(options.Table, options with { Assignments = [.. options.Assignments, .. variant.Assignments] }, GeneratorSteps), _data, device)
                .At(_compared));
            _methods = [.. Method.All(Codec, _compared), .. options.Generator ? generators : []];
            int least = Math.Max(options.Folds, ClassColumn.FewRows);
            var outer = new SelectionOptions { Folds = options.Folds, Repeats = options.Repeats, Seed = run.Seed };
            _nested = new NestedSelection(_compared, _methods, outer, Inner, least) { TunesAll = options.TunesAll };
            _counts = _compared.ClassCounts();
            _scored = [.. Enumerable.Range(0, _counts.Length).Where(c => _counts[c] > 0 && _nested.Unscored.All(u => u.Class != c))];
            if (_scored.Length < 2)
            {
                throw new UserErrorException($"{_data.Name}: {Unscored()}, too few to be scored on {options.Folds} folds, and a comparison needs two classes " +
                    $"of at least {least} different rows: give more rows, or compare nothing and keep the rows as they are.");
            }
            if (_nested.Unscored.Count > 0)
            {
                context.Note($"{Unscored()}, fewer than the {least} different ones that a score on {options.Folds} folds needs: these rows are trained on in " +
                    $"every fold and are not scored, and the advice says nothing of {(_nested.Unscored.Count == 1 ? "that class" : "these classes")}.");
            }
        }
        catch
        {
            _data.Dispose();
            throw;
        }
    }

    /// <summary>Reads the table and prepares the comparison.</summary>
    /// <exception cref="UserErrorException">Something about the options or the table forbids it.</exception>
    public static MethodSearch Open(MethodSearchOptions options, StageContext context) => new(options, context);

    /// <summary>How the table is read.</summary>
    public TableDataOptions Source { get; }

    /// <summary>Seed of all.</summary>
    public ulong Seed { get; }

    /// <summary>What is to be best.</summary>
    public Goal Goal { get; }

    /// <summary>All rows of the table.</summary>
    public LabelledRows Rows { get; }

    /// <summary>The code of the rows.</summary>
    public TableCodec Codec => _data.Format.Table!;

    /// <summary>The texts of all rows: of the columns that have a code, and those that are computed.</summary>
    public Table Texts => _data.Rows!;

    /// <summary>Rows that methods are compared on: all, or a part.</summary>
    public int Compared => _compared.Count;

    /// <summary>Rows of these that are scored: all but those of classes that have too few.</summary>
    public int Scored => _scored.Sum(c => _counts[c]);

    /// <summary>The rarest class that is scored.</summary>
    public int Rare => _scored.MinBy(c => _counts[c]);

    /// <summary>Figures on the outer folds, for each classifier.</summary>
    public IReadOnlyList<LearnerTrials> Compare(StageContext context) => Compare([new Aim(Goal, ChoiceRule.Families)], context)[0];

    /// <summary>Figures on the outer folds, for each of several aims and each classifier; all are told from the same classifiers.</summary>
    public IReadOnlyList<IReadOnlyList<LearnerTrials>> Compare(IReadOnlyList<Aim> aims, StageContext context)
    {
        string learners = string.Join(", ", _trainers.Select(t => t.Name)), goals = string.Join(", ", aims.Select(aim => aim.Goal.Name).Distinct());
        context.Note($"comparing {_methods.Count} methods for {learners} by {goals} on {_nested.Count} outer folds ({_options.Folds} folds, " +
            $"{_options.Repeats} {(_options.Repeats == 1 ? "seed" : "seeds")}); in each the choice is made anew on inner folds ...");
        const string Steps = "steps of the comparison";
        int fold = 0, said = 0, steps = Looks + 1, all = steps * _nested.Count; // of a fold, and of all
        IReadOnlyList<IReadOnlyList<IReadOnlyList<OuterFold>>> found = _nested.Run(_trainers, aims, Begins, Says, context.Stop);
        context.Progress?.Report(new WorkProgress(Steps, all, all));
        return [.. found.Select((of, a) => of.Select((folds, t) =>
            new LearnerTrials(_trainers[t], aims[a].Goal, folds, _options.Folds, Rare, Rows.ClassNames)).ToArray())];

        void Begins(int next) => (fold, said) = (next, 0);

        void Says(string what)
        {
            context.Progress?.Report(new WorkProgress(Steps, fold * steps + Math.Min(said++, steps - 1), all));
            context.Detail($"outer fold {fold + 1} of {_nested.Count}: {what}");
        }
    }

    /// <summary>The choice on all compared rows, for each classifier.</summary>
    public IReadOnlyList<SelectedMethod> Choose(StageContext context) => Choose(Goal, new KnownAnswers(), context);

    /// <summary>The choice on all compared rows for another goal.</summary>
    /// <param name="goal">What is to be best.</param>
    /// <param name="known">What the choice for other goals has trained already.</param>
    /// <param name="context">Hears what is being done.</param>
    public IReadOnlyList<SelectedMethod> Choose(Goal goal, KnownAnswers known, StageContext context)
    {
        context.Note($"choosing among {_methods.Count} methods on all {Compared} rows ...");
        SelectionOptions options = Inner with { Seed = SeedStream.Derive(Seed, "choice") };
        int said = 0;
        return new MethodSelection(_compared, _methods, goal, options) { Known = known }.Run(_trainers, Says, context.Stop);

        void Says(string what)
        {
            context.Progress?.Report(new WorkProgress("steps of the choice", Math.Min(said++, Looks - 1), Looks));
            context.Detail(what);
        }
    }

    /// <summary>How sure the figures are: how many rows of the rarest class they rest on, and of which classes they say nothing.</summary>
    public string RestsOn => $"The rarest class that it rests on is '{Rows.ClassNames[Rare]}' with {_counts[Rare]} rows" +
        $"{(FewRows.Of([_counts[Rare]], [Rows.ClassNames[Rare]], _ => true) is { } few ? $" ({FewRows.Sentence})" : "")}" +
        $"{(_nested.Unscored.Count == 0 ? "" : $"; it says nothing of {Names()}")}.";

    /// <summary>That only a part of the rows was compared; null where all were.</summary>
    public string? PartNote => Compared == Rows.Count ? null
        : $"methods are compared and chosen on {Compared} of {Rows.Count} rows, drawn at random from each class, since more would take too long";

    public void Dispose() => _data.Dispose();

    private LabelledRows Part(LabelledRows rows, StageContext context)
    {
        long most = _options.MostRows ?? Math.Max(1000, MostNumbers / Math.Max(1, rows.Columns));
        if (rows.Count <= most) return rows;
        int[] order = [.. Enumerable.Range(0, rows.Count)], counts = rows.ClassCounts();
        new RandomStream(SeedStream.Derive(Seed, "part")).Shuffle<int>(order);
        // Of a rare class some rows stay whatever its share, so that it can be scored.
        int[] left = [.. counts.Select(n => Math.Min(n, Math.Max(10 * ClassColumn.FewRows, (int)(n * most / rows.Count))))];
        LabelledRows part = rows.Pick([.. order.Where(row => left[rows.Labels[row]]-- > 0).Order()]);
        context.Note($"methods are compared and chosen on {part.Count} of {rows.Count} rows, drawn at random from each class, since more would take too long");
        return part;
    }

    /// <summary>The classes that are not scored, each with its number of rows.</summary>
    private string Unscored() => _nested.Unscored.Count == 1 ? $"class {Names()} has {RowsOf(_nested.Unscored[0])}"
        : $"{_nested.Unscored.Count} classes have few rows (" +
            $"{string.Join(", ", _nested.Unscored.Take(Listed).Select(c => $"'{Rows.ClassNames[c.Class]}' {RowsOf(c)}"))}" +
            $"{(_nested.Unscored.Count > Listed ? $" and {_nested.Unscored.Count - Listed} more" : "")})";

    private string Names() => ClassMatch.List(_nested.Unscored.Select(c => Rows.ClassNames[c.Class]));

    private string RowsOf((int Class, int Different) of)
    {
        int rows = _counts[of.Class];
        string different = of.Different == rows ? "" : $", of which {of.Different} {(of.Different == 1 ? "is" : "are")} different";
        return $"{(rows == 1 ? "1 row" : $"{rows} rows")}{different}";
    }
}

using System.CommandLine;

namespace GanPipeline.Cli.Commands;

/// <summary>What the commands take that compare methods for rare classes on a table.</summary>
internal sealed class MethodSearchSyntax
{
    private readonly Argument<string> _table = Options.Argument("table", "The table (.csv, .tsv, .csv.gz, .parquet), or - for standard input.");
    private readonly Option<string> _goal = Options.Default("--goal", "GOAL", "f1",
        "What is to be best: f1 (macro-F1), recall (macro-F2: finding rows of each class counts more than false alarms), prauc (average precision), " +
        "balanced (balanced accuracy), or cost=MATRIX: pairs such as cost=fraud>ok=10,ok>fraud=1, or a CSV file (a header of the predicted classes, " +
        "a row for each actual one).");
    private readonly Option<string> _learner = Options.Default("--learner", "NAME", "lightgbm",
        "The classifier that the data are for: logistic, fasttree, lightgbm, or all.");
    private readonly Option<int> _folds = Options.Default("--folds", "N", 3,
        "Parts that the rows are cut into; each is scored by what was chosen and trained on the others. 2 to 20.");
    private readonly Option<int> _repeats = Options.Default("--repeats", "N", 2, "Cuts into folds, each with a seed of its own. 1 to 100.");
    private readonly Option<int?> _generator = Options.Number<int>("--generator", "STEPS",
        "Steps that a generator is trained for each fold, as one of the methods (without it 50).");
    private readonly Option<bool> _noGenerator = Options.Flag("--no-generator", "Leave the generator out, which takes most of the time.");
    private readonly Option<ulong?> _seed = Options.Number<ulong>("--seed", "N", "Seed of folds, methods and classifiers (without it the preset's).");
    private readonly Option<string[]> _set = CommonOptions.Set();
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly TableSyntax _columns = new();

    /// <summary>Adds them to a command, after its own.</summary>
    public void AddTo(Command command)
    {
        _goal.CompletionSources.Add("f1", "recall", "prauc", "balanced");
        _learner.CompletionSources.Add("logistic", "fasttree", "lightgbm", "all");
        command.Add(_table);
        _columns.AddTo(command);
        foreach (Option option in new Option[] { _goal, _learner, _folds, _repeats, _generator, _noGenerator, _seed, _force, _set, _device })
            command.Add(option);
    }

    /// <summary>The table that was named.</summary>
    public string Table(ParseResult parsed) => parsed.GetValue(_table)!;

    /// <summary>The options, with what the command line says.</summary>
    public T AddTo<T>(T options, ParseResult parsed) where T : MethodSearchOptions => _columns.AddTo(options, parsed) with
    {
        Goal = parsed.GetValue(_goal)!,
        Learner = parsed.GetValue(_learner)!,
        Folds = parsed.GetValue(_folds),
        Repeats = parsed.GetValue(_repeats),
        Generator = !parsed.GetValue(_noGenerator),
        Steps = parsed.GetValue(_generator),
        Seed = parsed.GetValue(_seed),
        Force = parsed.GetValue(_force),
        Assignments = parsed.GetValue(_set)!,
        Device = parsed.GetValue(_device)!,
    };
}

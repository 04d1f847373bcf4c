// Compares every method for rare classes, and the choice among them, on real tables: run.sh says how it is called.
// Methods, rules and the choice come from the other rows than an outer fold's. Beside the preset's generator stand two that show what it rests on: one of a
// single step of training, and one that stores no rows. Beside the product's rule of choice stand two others.
using System.Globalization;
using GanPipeline;
using GanPipeline.Bench;
using GanPipeline.Cli;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using GanPipeline.Stages;
using Microsoft.Extensions.Logging.Abstractions;

ProcessSettings.Apply();
var given = new Dictionary<string, string>
{
    ["--sets"] = "german-credit,car,yeast,oil-spill,mammography,adult",
    ["--data"] = Path.Combine(Environment.GetEnvironmentVariable("GAN_DATA")!, "tables"),
    ["--folds"] = "5",
    ["--seeds"] = "3",
    ["--goals"] = "f1,prauc,balanced",
    ["--learner"] = "all",
    ["--rows"] = "4000",
    ["--out"] = "tables.csv",
};
for (int i = 0; i < args.Length; i += 2)
{
    if (!given.ContainsKey(args[i]) || i + 1 == args.Length) throw new ArgumentException($"{args[i]}: no such option, or it lacks a value; see run.sh");
    given[args[i]] = args[i + 1];
}
string path = given["--out"];
ChoiceRule[] rules = [ChoiceRule.Families, ChoiceRule.BestMean, ChoiceRule.OneStandardError];
var quiet = new StageContext(NullLogger.Instance, null, CancellationToken.None);
if (!File.Exists(path)) File.WriteAllText(path, Line.Header + "\n");
List<Line> lines = [.. File.ReadLines(path).Skip(1).Select(Line.Parse)];
HashSet<Unit> done = [.. lines.Select(line => line.Unit)];
Unit[] units =
[
    .. from seed in Enumerable.Range(1, int.Parse(given["--seeds"], CultureInfo.InvariantCulture))
       from set in given["--sets"].Split(',')
       select new Unit(set, (ulong)seed),
];
foreach (Unit unit in units.Where(unit => !done.Contains(unit)))
{
    DateTime begin = DateTime.UtcNow;
    var options = new AdviseOptions(Path.Combine(given["--data"], unit.Set + ".csv"))
    {
        Label = "class",
        Learner = given["--learner"],
        Folds = int.Parse(given["--folds"], CultureInfo.InvariantCulture),
        Repeats = 1,
        Seed = unit.Seed,
        TunesAll = true,
        MostRows = int.Parse(given["--rows"], CultureInfo.InvariantCulture),
        Generators = [new("generator", []), new("generator of one step", ["steps=1"]), new("generator without stored rows", ["data.anchors=0"])],
    };
    using var search = MethodSearch.Open(options, quiet);
    (string Goal, Aim Aim)[] aims =
        [.. from goal in given["--goals"].Split(',') from rule in rules select (goal, new Aim(Goal.Parse(goal, search.Rows.ClassNames), rule))];
    var known = new KnownAnswers();
    Line[] own = [.. search.Compare([.. aims.Select(a => a.Aim)], quiet).Zip(aims, (trials, of) => Lines(of.Goal, of.Aim, trials)).SelectMany(l => l)];
    File.AppendAllLines(path, own.Select(line => line.ToString())); // whole units only: a file that is gone on with has no half ones
    lines.AddRange(own);
    Console.Error.WriteLine(FormattableString.Invariant($"{unit.Set}, seed {unit.Seed}: {(DateTime.UtcNow - begin).TotalSeconds:F0} s"));

    IEnumerable<Line> Lines(string goal, Aim aim, IReadOnlyList<LearnerTrials> trials)
    {
        if (aim.Rule != ChoiceRule.Families) return trials.SelectMany(t => Of(t.Choice, $"{Line.Chosen} by {aim.Rule.Name}", t.Choice.GoalTuned));
        IReadOnlyList<SelectedMethod> verdicts = search.Choose(aim.Goal, known, quiet);
        return trials.Zip(verdicts).SelectMany(pair => pair.First.Figures.SelectMany(m => Of(m, m.Method, m.GoalTuned)).Concat(Named(pair.First, pair.Second)));

        IEnumerable<Line> Named(LearnerTrials of, SelectedMethod verdict)
        {
            MethodFigures m = of.Figures.First(figures => figures.Method == verdict.Best.Method.Name);
            return Of(m, Line.Verdict, m.GoalTuned);
        }

        IEnumerable<Line> Of(MethodFigures m, string name, IReadOnlyList<double> tuned) => Enumerable.Range(0, tuned.Count)
            .Select(fold => new Line(unit, goal, m.Learner, name, fold + 1, m.Goal[fold], tuned[fold], m.CalibrationError[fold]));
    }
}
Summary.Print(lines);

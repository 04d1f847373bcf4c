// Compares every method for rare classes, and the choice among them, on real tables: run.sh says how it is called.
// Methods, rules and the choice come from the other rows than an outer fold's. Beside the preset's generator stand two that show what it rests on: one of a
// single step of training, and one that stores no rows.
using System.Globalization;
using GanPipeline;
using GanPipeline.Bench;
using GanPipeline.Cli;
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
    ["--out"] = "tables.csv",
};
for (int i = 0; i < args.Length; i += 2)
{
    if (!given.ContainsKey(args[i]) || i + 1 == args.Length) throw new ArgumentException($"{args[i]}: no such option, or it lacks a value; see run.sh");
    given[args[i]] = args[i + 1];
}
string path = given["--out"];
var quiet = new StageContext(NullLogger.Instance, null, CancellationToken.None);
if (!File.Exists(path)) File.WriteAllText(path, Line.Header + "\n");
List<Line> lines = [.. File.ReadLines(path).Skip(1).Select(Line.Parse)];
HashSet<Unit> done = [.. lines.Select(line => line.Unit)];
Unit[] units =
[
    .. from seed in Enumerable.Range(1, int.Parse(given["--seeds"], CultureInfo.InvariantCulture))
       from goal in given["--goals"].Split(',')
       from set in given["--sets"].Split(',')
       select new Unit(set, (ulong)seed, goal),
];
foreach (Unit unit in units.Where(unit => !done.Contains(unit)))
{
    DateTime begin = DateTime.UtcNow;
    var options = new AdviseOptions(Path.Combine(given["--data"], unit.Set + ".csv"))
    {
        Label = "class",
        Goal = unit.Goal,
        Learner = given["--learner"],
        Folds = int.Parse(given["--folds"], CultureInfo.InvariantCulture),
        Repeats = 1,
        Seed = unit.Seed,
        Generators = [new("generator", []), new("generator of one step", ["steps=1"]), new("generator without stored rows", ["data.anchors=0"])],
    };
    using var search = MethodSearch.Open(options, quiet);
    Line[] own = [.. search.Compare(quiet).SelectMany(trials => trials.Figures).SelectMany(m => Enumerable.Range(0, m.Goal.Count).Select(fold =>
        new Line(unit, m.Learner, m.Method, fold + 1, m.Goal[fold], m.GoalTuned[fold], m.CalibrationError[fold])))];
    File.AppendAllLines(path, own.Select(line => line.ToString())); // whole units only: a file that is gone on with has no half ones
    lines.AddRange(own);
    Console.Error.WriteLine(FormattableString.Invariant($"{unit.Set}, seed {unit.Seed}, {unit.Goal}: {(DateTime.UtcNow - begin).TotalSeconds:F0} s"));
}
Summary.Print(lines);

// For a notebook (Polyglot, .NET Interactive): each block between the lines below is a cell. There, a cell before them names the packages,
//     #r "nuget: GanPipeline, 0.1.0"
//     #r "nuget: libtorch-cpu-linux-x64, 2.10.0"       (or -win-x64, -osx-arm64)
//     #r "nuget: Microsoft.ML.OnnxRuntime, 1.31.0"
// and Show is one line:
//     void Show(string html) => display(HTML(html));
// As a program it writes what a notebook would show into one page:
//     dotnet run --project samples/Notebook -c Release -- TABLE.csv CLASS-COLUMN OUT-FOLDER [STEPS]
using System.Net;
using GanPipeline;

// ---- which table
string table = args[0], label = args[1], folder = args[2];
int? steps = args.Length > 3 ? int.Parse(args[3]) : null; // null: as many as the preset has

// ---- what is in it
DescribeResult described = Gan.Describe(new DescribeOptions(table) { Label = label });
Show($"<p>{described.Rows} rows; classes: {string.Join(", ", described.Classes.Select(c => WebUtility.HtmlEncode($"{c.Name} {c.Samples}")))}</p>");
foreach (string note in described.Notes) Show($"<p>{WebUtility.HtmlEncode(note)}</p>");

// ---- train a generator, up-sample, and measure on rows that were kept apart
RunResult run = Gan.Run(new TrainOptions(table, folder) { Label = label, Steps = steps });

// ---- what came out, as a table
var rows = run.Metrics.Where(m => m.Metric is "classifier-macro-f1" or "classifier-recall" or "added-row-near-copies" or "added-row-class-accuracy");
Show("<table><tr><th>metric</th><th>of</th><th>value</th></tr>" +
    string.Concat(rows.Select(m => $"<tr><td>{m.Metric}</td><td>{WebUtility.HtmlEncode(m.Data)}</td><td>{m.Value:F3}</td></tr>")) + "</table>");

// ---- its charts
foreach (string chart in Directory.EnumerateFiles(Path.Combine(folder, "pictures"), "*.svg").Order()) Show(File.ReadAllText(chart));

// ---- rows of a class, as many as you like
string rare = described.Classes.MinBy(c => c.Samples)!.Name, more = Path.Combine(folder, "more.csv");
Gan.Generate(new GenerateOptions(run.Generator, more) { Count = 20, Classes = [rare] });
Show($"<pre>{WebUtility.HtmlEncode(string.Join('\n', File.ReadLines(more).Take(6)))}</pre>");

// ---- not for a notebook: what Show does in a program
void Show(string html) => File.AppendAllText(Path.Combine(Directory.CreateDirectory(args[2] + "-page").FullName, "index.html"), html + "\n");

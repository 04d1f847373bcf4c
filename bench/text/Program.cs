// Tells generated rows from real ones by the text of their numbers alone: text-bench REAL.csv MADE.csv LABEL
// Prints the area under the ROC curve of all columns together, and of each column, the largest first.
using System.Globalization;
using GanPipeline.Bench;
using GanPipeline.Tables;

var fingerprint = new TextFingerprint(TableReader.Read(args[0]), TableReader.Read(args[1]), args[2]);
Console.WriteLine(FormattableString.Invariant($"all {fingerprint.Area():F3}"));
foreach ((string name, double area) in fingerprint.Columns.Select(name => (name, fingerprint.Area(name))).OrderByDescending(c => c.Item2))
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {area:F3}"));

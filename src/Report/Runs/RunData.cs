using System.Globalization;

namespace GanPipeline.Report.Runs;

/// <summary>A row of quality.csv.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Data">What it was measured on, for example <c>SMOTE</c>; empty for the generated samples.</param>
/// <param name="Class">The class or column; empty for all together.</param>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end of its 95 % interval; not a number where none is known.</param>
/// <param name="High">Upper end.</param>
/// <param name="Better"><c>higher</c>, <c>lower</c> or empty.</param>
/// <param name="Sample">Sizes, in words.</param>
internal sealed record QualityRow(string Metric, string Data, string Class, double Value, double Low, double High, string Better, string Sample)
{
    /// <summary>The metric's name for people.</summary>
    public required string Title { get; init; }
}

/// <summary>A row of quality-metrics.csv.</summary>
/// <param name="Metric">The name in files.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Paper">Where it is defined.</param>
internal sealed record MetricMeaning(string Metric, string Title, string Paper);

/// <summary>A row of columns.csv: how many real and generated rows have a category, or a number in a range.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The category.</param>
/// <param name="From">Lower end of the range; not a number for a category.</param>
/// <param name="To">Upper end.</param>
/// <param name="Missing">Whether these are the rows without a value.</param>
/// <param name="Real">Share of the real rows.</param>
/// <param name="Generated">Share of the generated rows.</param>
internal sealed record ColumnPart(string Column, string Value, double From, double To, bool Missing, double Real, double Generated);

/// <summary>A class and its rows before and after up-sampling.</summary>
internal sealed record ClassRow(string Class, double Before, double After);

/// <summary>A picture of the samples at some time.</summary>
internal sealed record SamplePicture(long Epoch, string Path);

/// <summary>Everything that a run folder holds about itself. All but the options may be missing: a run that has just begun has little to tell.</summary>
internal sealed record RunData
{
    private const int MostSamples = 100_000;

    public required string Folder { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Options { get; init; }

    public required CsvTable? Metrics { get; init; }

    public required IReadOnlyList<QualityRow> Quality { get; init; }

    public required IReadOnlyList<MetricMeaning> Meanings { get; init; }

    public required IReadOnlyList<ClassRow> Classes { get; init; }

    public required IReadOnlyList<ColumnPart> Columns { get; init; }

    /// <summary>generated.csv: a few rows of a table's generator.</summary>
    public required CsvTable? Examples { get; init; }

    public required CsvTable? Cost { get; init; }

    /// <summary>run.csv: what the program noted about data, machine and command, by section.</summary>
    public required CsvTable? Notes { get; init; }

    public required CsvTable? Neighbours { get; init; }

    public required IReadOnlyList<SamplePicture> Samples { get; init; }

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    public string Option(string key) => Options.FirstOrDefault(o => o.Key == key).Value ?? "";

    /// <summary>A file of the folder.</summary>
    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>What run.csv notes in a section.</summary>
    public IEnumerable<(string Name, string Value)> NotesOf(string section) => Notes is null ? []
        : Notes.Rows.Where(r => r[Notes.Require("section")] == section).Select(r => (r[Notes.Require("name")], r[Notes.Require("value")]));

    public string Note(string section, string name) => NotesOf(section).FirstOrDefault(n => n.Name == name).Value ?? "";

    /// <summary>What samples are called, many of them.</summary>
    public string Things => Note("data", "kind") switch { "table" => "rows", "points" => "points", "image" => "images", _ => "samples" };

    /// <summary>A metric's number for the whole; null where there is none.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="data">What it was measured on; empty for the generated samples.</param>
    public QualityRow? Whole(string metric, string data = "") =>
        Quality.FirstOrDefault(q => q.Metric == metric && q.Data == data && q.Class.Length == 0 && double.IsFinite(q.Value));

    /// <exception cref="UserErrorException">The folder holds no run, or one of its files is damaged.</exception>
    public static RunData Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"{folder}: no such folder; name a folder that 'gan train' or 'gan run' made.");
        string In(string name) => Path.Combine(folder, name);
        IReadOnlyList<MetricMeaning> meanings = ReadMeanings(CsvTable.Read(In("quality-metrics.csv")));
        return new RunData
        {
            Folder = folder,
            Options = OptionsFile.Read(In("options.yaml")),
            Metrics = CsvTable.Read(In("metrics.csv")),
            Quality = ReadQuality(CsvTable.Read(In("quality.csv")), meanings),
            Meanings = meanings,
            Columns = ReadColumns(CsvTable.Read(In("columns.csv"))),
            Examples = CsvTable.Read(In("generated.csv")),
            Classes = ReadClasses(CsvTable.Read(In("classes.csv"))),
            Cost = CsvTable.Read(In("cost.csv")),
            Notes = CsvTable.Read(In("run.csv")),
            Neighbours = CsvTable.Read(In("pictures/neighbours.csv")),
            Samples = ReadSamples(In("samples")),
        };
    }

    private static IReadOnlyList<QualityRow> ReadQuality(CsvTable? table, IReadOnlyList<MetricMeaning> meanings)
    {
        if (table is null) return [];
        int metric = table.Require("metric"), value = table.Require("value");
        int data = table.Find("data"), label = table.Find("class"), low = table.Find("low"), high = table.Find("high"), better = table.Find("better"),
            sample = table.Find("sample");
        string Text(int row, int column) => column < 0 ? "" : table.Rows[row][column];
        double Number(int row, int column) => column < 0 ? double.NaN : table.Number(row, column);
        return [.. table.Rows.Select((r, i) => new QualityRow(r[metric], Text(i, data), Text(i, label), table.Number(i, value), Number(i, low), Number(i, high),
            Text(i, better), Text(i, sample))
        {
            Title = meanings.FirstOrDefault(m => m.Metric == r[metric])?.Title ?? Words.Of(r[metric]),
        })];
    }

    /// <summary>The rows of a folder's quality.csv.</summary>
    public static IReadOnlyList<QualityRow> ReadQuality(string folder) => ReadQuality(CsvTable.Read(Path.Combine(folder, "quality.csv")), []);

    private static IReadOnlyList<MetricMeaning> ReadMeanings(CsvTable? table)
    {
        if (table is null) return [];
        int metric = table.Require("metric"), title = table.Require("title"), paper = table.Require("paper");
        return [.. table.Rows.Select(r => new MetricMeaning(r[metric], r[title], r[paper]))];
    }

    private static IReadOnlyList<ColumnPart> ReadColumns(CsvTable? table)
    {
        if (table is null) return [];
        int name = table.Require("column"), value = table.Require("value"), from = table.Require("from"), to = table.Require("to"),
            missing = table.Require("missing"), real = table.Require("real"), generated = table.Require("generated");
        return [.. table.Rows.Select((r, i) => new ColumnPart(r[name], r[value], table.Number(i, from), table.Number(i, to), r[missing].Length > 0,
            table.Number(i, real), table.Number(i, generated)))];
    }

    private static IReadOnlyList<ClassRow> ReadClasses(CsvTable? table)
    {
        if (table is null) return [];
        int name = table.Require("class"), before = table.Require("before"), after = table.Require("after");
        return [.. table.Rows.Select((r, i) => new ClassRow(r[name], table.Number(i, before), table.Number(i, after)))];
    }

    /// <summary>The pictures of a samples folder, by epoch.</summary>
    public static IReadOnlyList<SamplePicture> ReadSamples(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        const string Start = "epoch-";
        return [.. Directory.EnumerateFiles(folder, Start + "*.png").Take(MostSamples)
            .Select(path => (path, ok: long.TryParse(Path.GetFileNameWithoutExtension(path)[Start.Length..], NumberStyles.None, CultureInfo.InvariantCulture,
            out long epoch), epoch))
            .Where(p => p.ok).Select(p => new SamplePicture(p.epoch, p.path)).OrderBy(p => p.Epoch)];
    }
}

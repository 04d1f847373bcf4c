using System.Globalization;
using System.IO.Compression;
using System.Text;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Tests;

/// <summary>Tables in files of every kind from the command line: read by what they hold, written by what they are called.</summary>
public sealed class TableEndingTests : IDisposable
{
    private static readonly string[] Fast = ["--label", "class", "--set", "steps=4", "--set", "epochs=1", "--set", "batch=16", "--set", "generator.hidden=[4]",
        "--set", "discriminator.hidden=[4]", "--set", "discriminator.class_hidden=[4]"];

    private static readonly string Rows = "x;kind;class\r\n" + string.Concat(Enumerable.Range(0, 60)
        .Select(i => $"{i % 7 + 1},{i * 37 % 10};{"abc"[i % 3]};{(i % 6 == 0 ? "rare" : "common")}\r\n"));

    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void A_table_is_trained_on_generated_and_balanced_whatever_file_it_is_in()
    {
        string table = _space.Write("t.csv", Rows), packed = _space.In("t.tsv.gz"), run = _space.In("run"), file = _space.In("run/generator.onnx");
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(Rows));
        Succeeds(["train", packed, "--out", run, .. Fast]);
        Succeeds(["export", run]);

        // Text: the rows stay to the byte, and the others are written as they are.
        Succeeds(["upsample", table, "--generator", file, "--out", _space.In("o.csv")]);
        string balanced = File.ReadAllText(_space.In("o.csv"));
        Assert.StartsWith(Rows, balanced, StringComparison.Ordinal);
        Assert.Matches("^([0-9]+,[0-9];[abc];rare\r\n){40}$", balanced[Rows.Length..]);
        Succeeds(["upsample", packed, "--generator", file, "--out", _space.In("o.csv.gz")]);
        using (var unpacked = new StreamReader(new GZipStream(File.OpenRead(_space.In("o.csv.gz")), CompressionMode.Decompress)))
            Assert.Equal(balanced, unpacked.ReadToEnd());

        // By way of Parquet and back: the same rows.
        Succeeds(["upsample", table, "--generator", file, "--out", _space.In("o.parquet")]);
        Succeeds(["upsample", _space.In("o.parquet"), "--generator", file, "--balance", "counts:rare=50", "--out", _space.In("again.tsv")]);
        Assert.Equal(Values(_space.In("o.csv")), Values(_space.In("again.tsv")));
        Assert.Equal("x\tkind\tclass", File.ReadLines(_space.In("again.tsv")).First());

        Succeeds(["train", _space.In("o.parquet"), "--out", _space.In("second"), .. Fast]);
        Succeeds(["evaluate", _space.In("o.parquet"), "--data", table, "--label", "class"]);
        Succeeds(["generate", file, "--out", _space.In("g.tsv"), "--count", "5"]);
        Assert.Equal("x\tkind\tclass", File.ReadLines(_space.In("g.tsv")).First());
        Assert.All(File.ReadLines(_space.In("g.tsv")).Skip(1), line => Assert.Matches("^[0-9]+,[0-9]\t", line));
        Succeeds(["generate", file, "--out", _space.In("g.csv"), "--count", "5"]);
        Assert.All(File.ReadLines(_space.In("g.csv")).Skip(1), line => Assert.Matches("^\"[0-9]+,[0-9]\",", line)); // a comma separates there
        Succeeds(["generate", file, "--out", _space.In("g.parquet"), "--count", "5"]);
        GanProcess.Result resumed = GanProcess.Run("generate", file, "--out", _space.In("g2.parquet"), "--count", "5", "--resume");
        Assert.Contains("a Parquet file cannot be gone on with; leave --resume out, or name a .csv file.", resumed.Message, StringComparison.Ordinal);
    }

    /// <summary>As the message about such a column advises: numbers that are groups of thousands, and such that are decimals.</summary>
    [Theory]
    [InlineData("t.csv", ",", "thousands: \",\"", "^\"?[0-9]{1,2},[0-9]{3}\"?$", 1000, 99_999)]
    [InlineData("t.csv", ";", "columns: { pop: { thousands: \",\" } }", "^[0-9]{1,2},[0-9]{3}$", 1000, 99_999)]
    [InlineData("t.csv", ";", "decimal: \",\"", "^[0-9]{1,2},[0-9]{3}$", 1, 99.999)]
    [InlineData("t.tsv", "\t", "columns: { pop: { decimal: \",\" } }", "^[0-9]{1,2},[0-9]{3}$", 1, 99.999)]
    public void Numbers_that_may_be_thousands_or_decimals_are_what_the_schema_file_says_in_every_command(
        string name, string separator, string yaml, string text, double least, double most)
    {
        string table = _space.Write(name, $"pop{separator}class\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
        {
            string pop = i % 11 == 10 ? "" : $"{i * 13 % 89 + 10},{i * 37 % 900 + 100}";
            return $"{(separator == "," && pop.Length > 0 ? $"\"{pop}\"" : pop)}{separator}{(i % 5 == 0 ? "rare" : "common")}\n";
        })));
        GanProcess.Result refused = GanProcess.Run(["train", table, "--out", _space.In("run"), .. Fast]);
        Assert.True(refused.IsRefusal, refused.Error);
        Assert.Contains("'10,100' may be 10100, with a comma between thousands, or 10.100, with a decimal comma", refused.Message, StringComparison.Ordinal);
        string[] schema = ["--schema", _space.Write("s.yaml", yaml)];
        string file = _space.In("run/generator.onnx"), ending = Path.GetExtension(name);

        Succeeds(["train", table, "--out", _space.In("run"), .. schema, .. Fast]);
        Succeeds(["export", _space.In("run")]);
        Succeeds(["evaluate", file, "--data", table]);
        Succeeds(["describe", table, "--label", "class", .. schema]);
        Succeeds(["upsample", table, "--generator", file, "--out", _space.In("o" + ending)]);
        Assert.Equal(File.ReadAllText(table), File.ReadAllText(_space.In("o" + ending))[..File.ReadAllText(table).Length]);
        Succeeds(["impute", table, "--method", "mean", "--out", _space.In("i" + ending), .. schema]);
        Succeeds(["anonymize", table, "--label", "class", "--out", _space.In("a" + ending), .. schema,
            "--copies", "keep", "--set", "steps=4", "--set", "batch=16"]);
        foreach (string made in new[] { "o", "i", "a" }) AreWritten(_space.In(made + ending), text);
        Succeeds(["generate", file, "--out", _space.In("g" + ending), "--count", "9"]);
        if (separator != ";") AreWritten(_space.In("g" + ending), text);

        // Numbers in a file that has some, and in one between whose fields are commas where there were none.
        Succeeds(["upsample", table, "--generator", file, "--out", _space.In("o.parquet")]);
        Succeeds(["impute", table, "--method", "mean", "--out", _space.In("i.parquet"), .. schema]);
        foreach (string made in new[] { "o", "i" })
        {
            Assert.All(TableFile.Read(_space.In(made + ".parquet")).Columns[0].Values.Where(v => v.Length > 0),
                v => Assert.InRange(double.Parse(v, CultureInfo.InvariantCulture), least, most));
        }
        Succeeds(["upsample", _space.In("o.parquet"), "--generator", file, "--balance", "counts:rare=80,common=80", "--out", _space.In("again.parquet")]);
        if (separator != "\t") return;
        Succeeds(["upsample", table, "--generator", file, "--out", _space.In("points.csv")]);
        AreWritten(_space.In("points.csv"), text.Replace(",[", "\\.[", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_is_filled_in_the_form_that_it_has()
    {
        string table = _space.Write("t.csv", "x\ty\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 10 == 0 ? "" : $"{i % 5}")}\t{i % 5}\n")));
        Succeeds(["impute", table, "--method", "mean", "--out", _space.In("o.csv")]);
        Assert.Equal("x\ty", File.ReadLines(_space.In("o.csv")).First());
        Succeeds(["impute", table, "--method", "mean", "--imputations", "2", "--out", _space.In("o.csv.gz")]);
        Assert.True(File.Exists(_space.In("o-2.csv.gz")));
        Succeeds(["impute", table, "--method", "mean", "--out", _space.In("o.parquet")]);
    }

    [Theory]
    [InlineData("train", "t.xlsx")]
    [InlineData("run", "t.txt")]
    [InlineData("advise", "t.json")]
    public void An_ending_that_is_no_tables_and_no_presets_is_said_with_those_there_are(string command, string name)
    {
        GanProcess.Result result = GanProcess.Run(command, _space.Write(name, Rows), "--out", _space.In("out"));
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains($"its ending '{Path.GetExtension(name)}' is neither a table's ({TableEnding.All}) nor a preset's (.yaml, .yml)", result.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_of_any_ending_is_read_where_it_is_named_as_the_data() =>
        Succeeds(["train", "table", "--data", _space.Write("t.txt", Rows), "--out", _space.In("run"), .. Fast]);

    [Theory]
    [InlineData("upsample")]
    [InlineData("impute")]
    public void A_name_to_write_to_says_how(string command)
    {
        GanProcess.Result result = GanProcess.Run([command, _space.Write("t.csv", Rows), "--out", _space.In("o.xlsx"),
            .. command == "upsample" ? ["--generator", "g.onnx"] : Array.Empty<string>()]);
        Assert.NotEqual(0, result.ExitCode);
        if (command == "impute") Assert.Contains($"its ending is none of a table's ({TableEnding.All})", result.Message, StringComparison.Ordinal);
    }

    /// <summary>All numbers of a file's first column are texts of that form; some are missing.</summary>
    private static void AreWritten(string path, string text)
    {
        string[] cells = [.. File.ReadLines(path).Skip(1).Select(line => line[..line.LastIndexOfAny([',', ';', '\t'])])];
        Assert.NotEmpty(cells);
        Assert.All(cells.Where(cell => cell.Length > 0), cell => Assert.Matches(text, cell));
    }

    /// <summary>The rows of a text file as numbers and texts, however they are written.</summary>
    private static IEnumerable<string> Values(string path)
    {
        Table table = TableReader.Read(path);
        return Enumerable.Range(0, table.Rows).Select(row => string.Join('|', table.Columns.Select(c => c[row].Replace(',', '.').TrimEnd('0').TrimEnd('.'))));
    }

    private static void Succeeds(string[] command)
    {
        GanProcess.Result result = GanProcess.Run(command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result.Error}");
    }
}

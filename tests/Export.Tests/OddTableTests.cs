using System.Globalization;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Export.Tests;

/// <summary>Whatever table is trained on is exported and generated; what cannot be is refused, with a sentence, before anything is trained.</summary>
[Collection(nameof(Alone))]
public class OddTableTests
{
    private const int Steps = 2;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    /// <summary>Columns of many odd kinds, under many odd names, in tables of few rows and of more.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_table_is_refused_before_training_or_is_exported_and_generated(int seed)
    {
        var random = new Random(seed);
        var rows = random.Next(4) == 0 ? random.Next(2, 9) : random.Next(9, 90);
        var kinds = OddColumns.Kinds.Keys.Order(StringComparer.Ordinal).ToArray();
        string[] chosen = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => kinds[random.Next(kinds.Length)])];
        string[] names = [.. chosen.Select((kind, i) => random.Next(3) == 0 ? OddColumns.Names[(seed + i * 7) % OddColumns.Names.Length] + i : $"c{i}")];
        var columns = chosen.Select(kind => Enumerable.Range(0, rows).Select(row => random.Next(5) > 0 || seed % 3 > 0
            ? OddColumns.Kinds[kind](random, row) : "").ToArray()).ToList();
        string[]? label = random.Next(4) == 0 ? null : [.. Enumerable.Range(0, rows).Select(row => OddColumns.Classes[seed % OddColumns.Classes.Length][
            row < 2 ? row : random.Next(2)])];
        var text = new StringBuilder();
        text.AppendJoin(',', names.Append("class").Take(label is null ? names.Length : names.Length + 1).Select(Quoted)).Append('\n');
        for (var row = 0; row < rows; row++)
        {
            text.AppendJoin(',', columns.Select(column => Quoted(column[row])).Concat(label is null ? [] : [Quoted(label[row])])).Append('\n');
        }

        string[] schemas = ["", "keep_missing: false", "columns: { c0: { encoding: quantile } }", "columns: { c0: { encoding: one_hot } }",
            "columns: { c0: { type: categorical } }"];
        var schema = names.Contains("c0") ? schemas[random.Next(schemas.Length)] : "";
        Works($"seed {seed}: {string.Join(", ", chosen.Zip(names))}", text.ToString(), label is null ? "" : "class", schema, random.Next(2) == 0 ? 0 : 50);
    }

    /// <summary>Each kind by itself: so that none hides behind the refusal of another.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_of_column_by_itself(string kind, bool accepted)
    {
        var random = new Random(1);
        var text = "x,y,class\n" + string.Concat(Enumerable.Range(0, 60).Select(row =>
            FormattableString.Invariant($"{Quoted(OddColumns.Kinds[kind](random, row))},{random.NextDouble():F3},{(row % 3 == 0 ? "rare" : "usual")}\n")));
        Assert.Equal(accepted, Works(kind, text, "class", "", 50));
    }

    public static TheoryData<string, bool> Kinds => new(OddColumns.Kinds.Keys.Select(kind => (kind, !OddColumns.Refused.Contains(kind))));

    /// <summary>Names that are those of values of the graph, of its inputs, or no names of C.</summary>
    [Fact]
    public void Names_of_columns_are_the_tables_whatever_the_graph_calls_its_own()
    {
        string[] names = [.. OddColumns.Names, "a", "a.logits", "a.slot", "column.0.a", "noise_", "label_"];
        var text = string.Join(',', names.Select(Quoted)) + "\n" + string.Concat(Enumerable.Range(0, 30).Select(row =>
            string.Join(',', names.Select((_, i) => i % 2 == 0 ? $"{row * 7 % 13 + i / 10.0:F1}" : $"v{row % (2 + i % 5)}")) + "\n"));
        Assert.True(Works("names", text, "", "", 0));
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny("\",\n\r ") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    /// <summary>Trains two steps, exports and generates; false where the table was refused before.</summary>
    private static bool Works(string what, string csv, string label, string schema, int anchors)
    {
        using var folder = new TemporaryFolder();
        string[] small = ["threads=1", "batch=2", "generator.hidden=[8]", "discriminator.hidden=[8]", "latent=4"],
            classes = label.Length > 0 ? [$"data.anchors={anchors}"] : ["data.anchors=0", "conditional=false", "class_loss.generator=0", "sampling=shuffle"];
        var options = Preset.Load(Repository.In("models", "table.yaml"), overrides: [.. small, .. classes]);
        Dataset data;
        try
        {
            var table = TableReader.Read(new StringReader(csv), "t.csv", "");
            data = ((TableDataOptions)options.Data).Load(table, TableSchema.Infer(table, label.Length == 0 ? null : label, SchemaFile.Parse(schema, "s.yaml")));
        }
        catch (UserErrorException e)
        {
            TestContext.Current.SendDiagnosticMessage($"{what}: {e.Message}");
            Assert.Contains("t.csv", e.Message);
            return false;
        }

        using (data)
        {
            try
            {
                using var trainer = new Trainer(options, data, CPU);
                while (trainer.Step < Steps)
                {
                    trainer.TakeStep();
                }

                using var generator = trainer.Save().BuildGenerator(CPU);
                GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
                using var session = GeneratorSession.Open(folder["g.onnx"]);
                long[] labels = session.IsConditional ? [.. Enumerable.Range(0, 20).Select(i => (long)i % session.Info.ClassNames.Count)] : [];
                var rows = session.GenerateRows(3, 0, labels, 20);
                Assert.Equal(data.Rows!.Columns.Select(column => column.Name), session.Info.Columns.Select(column => column.Name));
                for (var i = 0; i < rows.Count; i++)
                {
                    IsOfTheColumn(data.Rows.Columns[i], rows[i]);
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{what}\n{csv[..Math.Min(csv.Length, 600)]}", e);
            }
        }

        return true;
    }

    /// <summary>Texts are those of the table; numbers lie in its range.</summary>
    private static void IsOfTheColumn(TableColumn column, TableValues made)
    {
        if (made.Texts.Length > 0)
        {
            Assert.All(made.Texts, text => Assert.True(column.Values.Contains(text) || DateTime.TryParse(text, CultureInfo.InvariantCulture, out _), text));
            return;
        }

        double[] numbers = [.. column.Values.Where(text => text.Length > 0).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.All(made.Numbers, number => Assert.True(numbers.Length == 0 || double.IsNaN(number) ? column.Values.Contains("") || numbers.Length == 0
            : number >= numbers.Min() && number <= numbers.Max(), $"{column.Name}: {number}"));
    }
}

/// <summary>Fields of columns of odd kinds.</summary>
internal static class OddColumns
{
    public static readonly Dictionary<string, Func<Random, int, string>> Kinds = new()
    {
        ["uniform"] = (r, _) => N(r.NextDouble()),
        ["few integers"] = (r, _) => $"{r.Next(4)}",
        ["integers"] = (r, _) => $"{r.Next(-500, 500)}",
        ["leading zeros"] = (r, _) => r.Next(7) is var n ? n.ToString(r.Next(2) == 0 ? "D1" : "D3", CultureInfo.InvariantCulture) : "",
        ["one number, many texts"] = (r, _) => new[] { "5", "05", "5.0", "5e0", "+5", " 5" }[r.Next(6)],
        ["zeros"] = (r, _) => new[] { "0", "-0", "0.0", "-0.0", "0e5" }[r.Next(5)],
        ["0, 1 and their other texts"] = (r, _) => new[] { "0", "1", "-0", "1.0" }[r.Next(4)],
        ["minus zero and numbers"] = (r, _) => r.Next(3) == 0 ? "-0" : $"{r.Next(-2, 3)}",
        ["exponents"] = (r, _) => new[] { "1e3", "1000", "1E+3", "2e3", "2000.0" }[r.Next(5)],
        ["frequent zero"] = (r, _) => r.Next(2) == 0 ? "0" : N(r.NextDouble() * 1e6),
        ["epoch seconds"] = (r, _) => $"{1700000000 + r.Next(100000000)}",
        ["far from zero"] = (r, _) => N(1e9 + r.NextDouble()),
        ["one float32"] = (r, _) => N(1e15 + r.Next(3)),
        ["20 digits"] = (r, _) => $"1234567890123456789{r.Next(10)}",
        ["40 digits"] = (r, _) => $"123456789012345678901234567890123456789{r.Next(10)}",
        ["cents of billions"] = (r, _) => N(Math.Round(r.NextDouble() * 1e12, 2)),
        ["up to 1e30"] = (r, _) => N((r.NextDouble() - 0.5) * 2e30),
        ["near float32's end"] = (r, _) => N(r.NextDouble() * 3e38),
        ["beyond float32"] = (r, _) => N((r.NextDouble() - 0.5) * 1e308),
        ["one beyond float32"] = (r, row) => row == 3 ? "1e308" : N(r.NextDouble()),
        ["infinite"] = (r, row) => row == 3 ? "1e999" : N(r.NextDouble()),
        ["-infinite"] = (r, row) => row == 3 ? "-1e400" : $"{r.Next(100)}",
        ["denormal of float32"] = (r, _) => N(r.NextDouble() * 1e-39),
        ["denormal"] = (r, _) => N(r.NextDouble() * 1e-310),
        ["some denormal"] = (r, row) => row % 4 == 0 ? "1e-310" : N(r.NextDouble()),
        ["many magnitudes"] = (r, _) => N(Math.Pow(10, r.Next(-29, 30)) * r.NextDouble()),
        ["close"] = (r, _) => N(1 + r.NextDouble() * 1e-13),
        ["few denormal integers"] = (r, _) => new[] { "1e-320", "2e-320" }[r.Next(2)],
        ["days"] = (r, _) => new DateTime(1930, 1, 1).AddDays(r.Next(29000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["far days"] = (r, _) => new DateTime(1, 1, 1).AddDays(r.Next(3000000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["seconds"] = (r, _) => new DateTime(2020, 1, 1).AddSeconds(r.Next(100000000)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["two days"] = (r, _) => r.Next(2) == 0 ? "2020-02-29" : "9999-12-31",
        ["categories"] = (r, _) => new[] { "a", "b", "\"", "c,d", "e\nf" }[r.Next(5)],
        ["one category"] = (_, _) => "always",
        ["texts"] = (r, row) => $"v{row}",
        ["odd texts"] = (r, _) => new[] { "a\u0001b", "a\u0001c", "\u001b[31m", "=1+1", "é", "e\u0301", "\U0001F600" }[r.Next(7)],
        ["long texts"] = (r, _) => new string((char)('a' + r.Next(3)), 50_000),
        ["numbers and words"] = (r, _) => r.Next(2) == 0 ? "x" : $"{r.Next(3)}",
        ["truths"] = (r, _) => r.Next(2) == 0 ? "true" : "FALSE",
        ["nearly nothing"] = (r, row) => row == 1 ? "7" : "",
        ["nothing"] = (_, _) => "",
        ["spaces"] = (r, _) => r.Next(2) == 0 ? " " : "  ",
        ["NaN"] = (r, row) => row == 2 ? "NaN" : N(r.NextDouble()),
    };

    /// <summary>Those that no generator can make.</summary>
    public static readonly HashSet<string> Refused = ["one number, many texts", "near float32's end", "beyond float32", "one beyond float32", "infinite",
        "-infinite", "40 digits",
        "denormal of float32", "denormal", "few denormal integers", "far days", "NaN"];

    public static readonly string[] Names = ["noise", "label", "count", "sample", "generator.body.trunk.0", "column.0.slot", "label.class", "noise.scaled",
        "a\u0001b", "a\u0001c", "two\nlines", "é", "e\u0301", " x ", "\u001b[31m", "x.y", "=1+1", "Ω", new string('n', 3000)];

    public static readonly string[][] Classes = [["rare", "usual"], ["0", "1"], ["a\u0001b", "a\u0001c"], ["x,y", "x\ny"], ["5", "05"], [" ", "  "]];

    private static string N(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

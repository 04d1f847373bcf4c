using System.Globalization;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Runs;
using static TorchSharp.torch;

namespace GanPipeline.Export.Tests;

public class TableExportTests
{
    /// <summary>Every kind of column; the class column has the name of an input.</summary>
    private static readonly string Csv = "price,count,grade,flag,colour,day,same,none,label\n"
        + string.Concat(Enumerable.Range(0, 200).Select(i => string.Join(',',
        i % 13 == 0 ? "" : (i * i % 997 / 10.0).ToString(CultureInfo.InvariantCulture), i * 37 % 1000, i % 4 + 1, i % 2 == 0 ? "yes" : "no",
        i % 17 == 0 ? "" : i % 3 == 0 ? "\"red, or \"\"rot\"\"\"" : "blü", i % 19 == 0 ? "" : $"{1 + i % 28:D2}.03.2024", 7, "", i % 20 == 0 ? "rare"
            : "usual") + "\n"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("", 100)]
    [InlineData("columns: { price: { encoding: quantile }, count: { encoding: quantile }, day: { encoding: quantile } }", 100)]
    [InlineData("keep_missing: false", 0)]
    public void The_file_makes_rows_with_the_tables_own_columns(string schema, int anchors)
    {
        using var folder = new TemporaryFolder();
        using var generator = Build(schema, anchors, out Table table);
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.All(report.Differences.Values, share => Assert.InRange(share, 0, 1e-4));

        using var session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.Equal(table.Columns.Select(c => c.Name), session.Info.Columns.Select(c => c.Name));
        Assert.Equal([("label", "label_")], session.Info.Columns.Where(c => c.Name != c.Output).Select(c => (c.Name, c.Output)));
        long[] labels = [.. Enumerable.Range(0, 300).Select(i => i % 2L)];
        IReadOnlyList<TableValues> rows = session.GenerateRows(5, 0, labels, 300);
        bool missing = schema != "keep_missing: false";
        Assert.All(Numbers("price"), v => Assert.True(double.IsNaN(v) ? missing : v is >= 0 and <= 99.7 && v == Math.Round(v * 10) / 10));
        Assert.All(Numbers("count"), v => Assert.True(v is >= 0 and <= 999 && v == Math.Round(v)));
        Assert.All(Numbers("grade"), v => Assert.True(v is 1 or 2 or 3 or 4));
        Assert.All(Texts("flag"), t => Assert.True(t is "yes" or "no"));
        Assert.All(Texts("colour"), t => Assert.True(t.Length == 0 ? missing : t is "red, or \"rot\"" or "blü"));
        Assert.All(Texts("day"), t => Assert.True(t.Length == 0 ? missing
            : DateTime.ParseExact(t, "dd.MM.yyyy", CultureInfo.InvariantCulture) is { Year: 2024, Month: 3, Day: <= 28 }));
        Assert.All(Numbers("same"), v => Assert.Equal(7, v));
        Assert.All(Numbers("none"), v => Assert.True(double.IsNaN(v)));
        Assert.Equal(labels.Select(l => session.Info.ClassNames[(int)l]), Texts("label"));
        if (missing) Assert.Contains(Texts("colour"), t => t.Length == 0);

        double[] Numbers(string name) => rows[Column(name)].Numbers;
        string[] Texts(string name) => rows[Column(name)].Texts;
        int Column(string name) => session.Info.Columns.ToList().FindIndex(c => c.Name == name);
    }

    [Theory]
    [InlineData(0, "label")]
    [InlineData(100, "label")]
    [InlineData(0, null)]
    public void The_file_lacks_values_as_often_as_the_training_rows_of_each_class(int anchors, string? label)
    {
        using var folder = new TemporaryFolder();
        using var generator = Build("", anchors, out _, label);
        Assert.Empty(MissingCalibration.Fit(generator, 7, CPU));
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.All(report.Differences.Values, share => Assert.InRange(share, 0, 1e-4));

        using var session = GeneratorSession.Open(folder["g.onnx"]);
        const int Each = 2000;
        string[] columns = [.. MissingBias.ColumnsOf(generator.Format.Table!).Select(c => c.Name)];
        Assert.Equal(["price", "colour", "day"], columns);
        for (int c = 0; c < Math.Max(1, generator.ClassNames.Count); c++)
        {
            IReadOnlyList<TableValues> rows = session.GenerateRows(5, 0, label is null ? [] : [.. Enumerable.Repeat((long)c, Each)], Each);
            for (int j = 0; j < columns.Length; j++)
            {
                TableValues values = rows[session.Info.Columns.ToList().FindIndex(column => column.Name == columns[j])];
                int missing = columns[j] == "price" ? values.Numbers.Count(double.IsNaN) : values.Texts.Count(text => text.Length == 0);
                Assert.InRange((double)missing / Each - generator.Format.Missing!.ByClass[c][j], -0.03, 0.03);
            }
        }
    }

    [Fact]
    public void Rows_are_the_same_however_they_are_cut_into_batches()
    {
        using var folder = new TemporaryFolder();
        using var generator = Build("", 100, out _);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        using var one = GeneratorSession.Open(folder["g.onnx"], new GeneratorSessionOptions { BatchSize = 7 });
        using var other = GeneratorSession.Open(folder["g.onnx"], new GeneratorSessionOptions { BatchSize = 64 });
        long[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2L)];
        IReadOnlyList<TableValues> a = one.GenerateRows(5, 0, labels, 100), b = other.GenerateRows(5, 0, labels, 100),
            later = other.GenerateRows(5, 30, labels.AsSpan(30), 70);
        for (int i = 0; i < a.Count; i++)
        {
            Assert.Equal((a[i].Numbers, a[i].Texts), (b[i].Numbers, b[i].Texts), (x, y) => x.Numbers.SequenceEqual(y.Numbers)
                && x.Texts.SequenceEqual(y.Texts));
            Assert.True(a[i].Numbers.Skip(30).SequenceEqual(later[i].Numbers) && a[i].Texts.Skip(30).SequenceEqual(later[i].Texts));
        }
        Assert.Equal(100, one.Stream(5, 0, 100, i => (long)(i % 2)).Sum(batch => batch.Count));
    }

    /// <summary>A thousand rows of a wide table at once took 10 GB: all that is computed of a row is in memory together.</summary>
    [Fact]
    public void A_wide_table_is_compared_in_parts()
    {
        using var folder = new TemporaryFolder();
        string csv = string.Join(',', Enumerable.Range(0, 300).Select(j => $"c{j}")) + ",label\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            string.Concat(Enumerable.Range(0, 300).Select(j => $"{"abcd"[(i * (j + 1) + j) % 4]},")) + (i % 2 == 0 ? "x\n" : "y\n")));
        using var generator = Build("", 0, out _, csv: csv);
        long most = 0;
        generator.register_forward_pre_hook((_, latents, label) =>
        {
            most = Math.Max(most, latents.shape[0]);
            return (latents, label);
        });
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.InRange(most, 2, (1 << 17) / generator.Format.Table!.Width);
    }

    [Fact]
    public void Weights_so_large_that_no_value_is_chosen_are_said()
    {
        using var folder = new TemporaryFolder();
        using var generator = Build("", 0, out _);
        using (no_grad())
            foreach (var weight in generator.parameters()) weight.fill_(3e38f);
        var e = Assert.Throws<UserErrorException>(() => GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]));
        Assert.StartsWith("the generator gives no value of column 'price'", e.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Failed, e.Kind);
        Assert.False(File.Exists(folder["g.onnx"]));
    }

    /// <summary>A damaged or forged file whose graph is valid and makes one row whatever it is asked for.</summary>
    [Fact]
    public void A_file_that_makes_another_number_of_rows_is_refused()
    {
        using var folder = new TemporaryFolder();
        string csv = "same,x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"7,{i * i % 59 / 10.0:F3},{(i % 3 == 0 ? "b" : "a")}\n"));
        using var generator = Build("columns: { x: { encoding: quantile } }", 0, out _, csv: csv);
        Assert.Equal(1, generator.Format.Table!.Width);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["g.onnx"]), axis = ".same.any.axisJ\b"u8.ToArray();
        int place = bytes.AsSpan().IndexOf(axis);
        Assert.True(place > 0);
        bytes[place + axis.Length] = 0; // the first row instead of the first column
        File.WriteAllBytes(folder["g.onnx"], bytes);
        using var session = GeneratorSession.Open(folder["g.onnx"]);
        var e = Assert.Throws<UserErrorException>(() => session.GenerateRows(1, 0, new long[5], 5));
        Assert.EndsWith("g.onnx: generated 1 values of column 'same' where 5 were asked for; export the generator again", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_classes_needs_no_label()
    {
        using var folder = new TemporaryFolder();
        using var generator = Build("", 0, out _, label: null);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        using var session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.False(session.IsConditional);
        Assert.All(session.GenerateRows(1, 0, [], 20)[^1].Texts, t => Assert.True(t is "rare" or "usual"));
        var e = Assert.Throws<UserErrorException>(() => session.Generate(1, 0, [], new float[9]));
        Assert.EndsWith("g.onnx: generates rows of a table with columns of their own, where samples of numbers are wanted; give a generator of another kind",
            e.Message, StringComparison.Ordinal);
    }

    private static Training.Networks.Generator Build(string schema, int anchors, out Table table, string? label = "label", string? csv = null)
    {
        manual_seed(3);
        table = TableReader.Read(new StringReader(csv ?? Csv), "t.csv", "");
        using Dataset data = new TableDataOptions
        {
            Anchors = label is null
            ? 0 : anchors
        }.Load(table, TableSchema.Infer(table, label, SchemaFile.Parse(schema, "s.yaml")));
        var options = new RunOptions { Latent = 6 };
        var generator = new TableGeneratorOptions { Hidden = [24], AnchorLogit = 2 }.Build(options.GeneratorContext(data.ClassNames, data.Format, CPU));
        generator.eval();
        return generator;
    }
}

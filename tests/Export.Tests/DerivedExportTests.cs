using System.Globalization;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Export.Tests;

/// <summary>Columns that follow from others are computed in the file, from what it gives for these, to the last digit.</summary>
public class DerivedExportTests
{
    private const int Count = 500;

    /// <summary>Every recipe, with missing values among the sources, and columns that follow from those that follow.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void Equations_hold_in_every_row_that_the_file_makes(int anchors)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        var csv = "due,price,amount,total,share,fee,kind,name,level,again,day,paid,celsius,fahrenheit,per_unit,class,class_number\n"
            + string.Concat(Enumerable.Range(0, 300).Select(i =>
            {
                decimal price = random.Next(100, 99_999) / 100m, amount = random.Next(13, 60), share = random.Next(5, 95), fee = random.Next(0, 999) / 10m;
                decimal celsius = random.Next(-300, 400) / 10m;
                var (lacks, kind, day, c) = (i % 9 == 0, random.Next(4), random.Next(1, 29), i % 3);
                return string.Join(',', lacks ? "" : Text(price * amount + fee), lacks ? "" : Text(price), amount, lacks ? "" : Text(price * amount), share,
                    Text(fee), $"k{kind}", kind == 3 ? "" : "abc"[kind] + "!", kind * 10, lacks ? "" : Text(price), $"{day:D2}.03.2024", $"{day:D2}.03.2024",
                    Text(celsius), Text(1.8m * celsius + 32), Text(Math.Round(share / amount, 4)), "xyz"[c], 3 - c) + "\n";
            }));
        using var generator = Build(csv, anchors);
        Assert.Equal(["again", "class_number", "due", "fahrenheit", "level", "name", "paid", "per_unit", "total"],
            generator.Format.Table!.Derived.Select(c => c.Name).Order(StringComparer.Ordinal));
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.All(report.Differences.Values, share => Assert.InRange(share, 0, 1e-4));

        using var session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.Equal(csv.Split('\n')[0].Split(','), session.Info.Columns.Select(c => c.Name));
        Assert.Equal("'price' × 'amount'", session.Info.Columns.Single(c => c.Name == "total").Formula);
        Assert.Equal("", session.Info.Columns.Single(c => c.Name == "price").Formula);
        var rows = session.GenerateRows(4, 0, [.. Enumerable.Range(0, Count).Select(i => i % 3L)], Count);
        double[] price = Numbers("price"), amount = Numbers("amount"), total = Numbers("total"), fee = Numbers("fee"), due = Numbers("due");
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(double.IsNaN(price[i]), double.IsNaN(total[i]));
            Assert.Equal(double.IsNaN(price[i]), double.IsNaN(due[i]));
            if (!double.IsNaN(price[i]))
            {
                Assert.Equal((decimal)price[i] * (decimal)amount[i], (decimal)total[i]);
                Assert.Equal((decimal)total[i] + (decimal)fee[i], (decimal)due[i]);
            }

            Assert.Equal(price[i], Numbers("again")[i]);
            Assert.Equal(Texts("kind")[i] == "k3" ? "" : "abc"[Texts("kind")[i][1] - '0'] + "!", Texts("name")[i]);
            Assert.Equal((Texts("kind")[i][1] - '0') * 10, Numbers("level")[i]);
            Assert.Equal(Texts("day")[i], Texts("paid")[i]);
            Assert.Equal(1.8m * (decimal)Numbers("celsius")[i] + 32, (decimal)Numbers("fahrenheit")[i]);
            Assert.Equal(Math.Round(Numbers("share")[i] / amount[i], 4), Numbers("per_unit")[i], 9);
            Assert.Equal(3 - i % 3, Numbers("class_number")[i]);
        }

        Assert.Contains(price, double.IsNaN);
        Assert.Contains(Texts("name"), name => name.Length == 0);

        double[] Numbers(string name) => rows[Column(name)].Numbers;
        string[] Texts(string name) => rows[Column(name)].Texts;
        int Column(string name) => session.Info.Columns.ToList().FindIndex(c => c.Name == name);
    }

    /// <summary>A product of two generated numbers may be one that no real row has: cut to the range, it would be none.</summary>
    [Fact]
    public void What_is_computed_may_leave_the_range_of_the_real_rows()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);
        // Large times small in every real row.
        using var generator = Build("a,b,product,class\n" + string.Concat(Enumerable.Range(0, 200).Select(i => random.Next(1, 1000) is var n && i % 2 == 0
            ? $"{n},{1001 - n},{n * (1001 - n)},x\n" : $"{n},{1001 - n},{n * (1001 - n)},y\n")).Replace("1000,1,", "999,2,", StringComparison.Ordinal), 0);
        Assert.Equal(2, generator.Format.Table!.Derived.Count); // b is 1001 - a, and the product follows from both
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        using var session = GeneratorSession.Open(folder["g.onnx"]);
        var rows = session.GenerateRows(1, 0, [.. Enumerable.Range(0, Count).Select(i => i % 2L)], Count);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(rows[0].Numbers[i] * rows[1].Numbers[i], rows[2].Numbers[i]));
    }

    /// <summary>A checkpoint holds the recipes: the same file comes from it.</summary>
    [Fact]
    public void A_checkpoint_keeps_what_is_computed()
    {
        var table = TableReader.Read(new StringReader("a,b,kind,name,class\n" + string.Concat(Enumerable.Range(0, 80)
            .Select(i => $"{i * 37 % 80}.5,{i * 37 % 80 * 3}.75,k{i / 2 % 2},n{i / 2 % 2},{(i % 2 == 0 ? "x" : "y")}\n"))), "t.csv", "");
        var codec = TableCodec.Fit(table, TableSchema.Infer(table, "class"));
        Assert.Equal(2, codec.Derived.Count);
        var read = System.Text.Json.JsonSerializer.Deserialize<TableCodec>(System.Text.Json.JsonSerializer.Serialize(codec))!;
        Assert.Equal(codec.Derived.Select(c => (c.Name, c.Recipe.Formula)), read.Derived.Select(c => (c.Name, c.Recipe.Formula)));
        read.Check(2);
    }

    private static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static Training.Networks.Generator Build(string csv, int anchors)
    {
        manual_seed(3);
        var table = TableReader.Read(new StringReader(csv), "t.csv", "");
        using var data = new TableDataOptions { Anchors = anchors }.Load(table, TableSchema.Infer(table, "class"));
        var generator = new TableGeneratorOptions { Hidden = [24], AnchorLogit = 2 }
            .Build(new RunOptions { Latent = 6 }.GeneratorContext(data.ClassNames, data.Format, CPU));
        generator.eval();
        return generator;
    }
}

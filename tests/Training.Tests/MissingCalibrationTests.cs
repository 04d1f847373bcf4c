using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

public class MissingCalibrationTests
{
    private const int Rows = 8000;

    /// <summary>
    /// 240 rows: numbers that lack in a third of the usual rows and in none of the rare ones, words that lack in a tenth and in the half, dates that lack in
    /// all rare rows.
    /// </summary>
    private static readonly string Csv = "n,c,d,class\n" + string.Concat(Enumerable.Range(0, 240).Select(i =>
    {
        bool rare = i % 8 == 0;
        string number = !rare && i % 3 == 0 ? "" : FormattableString.Invariant($"{(rare ? 50 : 0) + i * 7 % 41 * 1.5}");
        string word = (rare ? i % 16 == 0 : i % 10 == 1) ? "" : "abc"[i * 5 % 3].ToString();
        return $"{number},{word},{(rare ? "" : $"2024-03-{1 + i % 28:D2}")},{(rare ? "rare" : "usual")}\n";
    }));

    [Theory]
    [InlineData(0, "class")]
    [InlineData(100, "class")] // the rare class starts from its rows
    [InlineData(1000, "class")]
    [InlineData(0, null)]
    public void Values_lack_as_often_as_in_the_training_rows_of_the_class(int anchors, string? label)
    {
        using Dataset data = Load(anchors, label);
        using Generator generator = Build(data);
        double[][] before = Missing(generator);
        Assert.Empty(MissingCalibration.Fit(generator, 7, CPU));
        double[][] after = Missing(generator);
        Assert.Equal(Math.Max(1, data.ClassNames.Count), data.Format.Missing!.ByClass.Count);
        for (int c = 0; c < after.Length; c++)
            for (int j = 0; j < after[c].Length; j++)
            {
                double real = data.Format.Missing.ByClass[c][j];
                if (real is 0 or 1) Assert.Equal(real, after[c][j]);
                Assert.InRange(after[c][j] - real, -0.03, 0.03);
            }
        if (anchors == 1000) return; // rows that start from real ones lack values nearly as often anyway
        Assert.Contains(before.SelectMany(b => b).Zip(data.Format.Missing.ByClass.SelectMany(b => b)), pair => Math.Abs(pair.First - pair.Second) > 0.1);
    }

    [Fact]
    public void The_shares_are_those_of_the_rows()
    {
        using Dataset data = Load(0, "class");
        Assert.Equal(["rare", "usual"], data.ClassNames);
        (double[] rare, double[] usual) = (data.Format.Missing!.ByClass[0], data.Format.Missing.ByClass[1]);
        Assert.Equal([0, 0.5, 1], rare);
        Assert.Equal(70 / 210.0, usual[0], 1e-12);
        Assert.Equal(0, usual[2]);
        using Dataset filled = Load(0, "class", "keep_missing: false");
        Assert.Null(filled.Format.Missing);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bias()
    {
        using Dataset data = Load(100, "class");
        using Generator one = Build(data), other = Build(data);
        _ = MissingCalibration.Fit(one, 7, CPU);
        _ = MissingCalibration.Fit(other, 7, CPU);
        _ = MissingCalibration.Fit(other, 7, CPU);
        Assert.Equal(Bias(one), Bias(other));

        static float[] Bias(Generator generator) => ((TableBody)generator.Body.children().Single()).Missing!.Values.data<float>().ToArray();
    }

    private static Dataset Load(int anchors, string? label, string schema = "")
    {
        Table table = TableReader.Read(new StringReader(Csv), "t.csv", "");
        return new TableDataOptions { Anchors = anchors }.Load(table, TableSchema.Infer(table, label, SchemaFile.Parse(schema, "s.yaml")));
    }

    private static Generator Build(Dataset data)
    {
        manual_seed(3);
        Config.RunOptions options = new() { Latent = 6 };
        Generator generator = new TableGeneratorOptions { Hidden = [24], AnchorLogit = 1 }
            .Build(options.GeneratorContext(data.ClassNames, data.Format, CPU));
        generator.eval();
        return generator;
    }

    /// <summary>[classes][columns] shares of generated rows without a value.</summary>
    private static double[][] Missing(Generator generator)
    {
        TableCodec codec = generator.Format.Table!;
        MissingColumn[] columns = [.. MissingBias.ColumnsOf(codec)];
        return [.. Enumerable.Range(0, Math.Max(1, generator.ClassNames.Count)).Select(c =>
        {
            using IDisposable none = no_grad();
            float[] rows = Draw(generator, c);
            return columns.Select(column => Enumerable.Range(0, Rows).Average(i => (double)rows[i * codec.Width + codec.Scalars + column.Missing])).ToArray();
        })];
    }

    private static float[] Draw(Generator generator, long label)
    {
        float[] noise = new float[Rows * generator.LatentSize];
        GaussianNoise.Fill(99, 0, generator.LatentSize, noise);
        using DisposeScope scope = NewDisposeScope();
        return generator.call(tensor(noise, [Rows, generator.LatentSize]), generator.ClassNames.Count == 0 ? null
            : tensor([.. Enumerable.Repeat(label, Rows)])).data<float>().ToArray();
    }
}

using System.Globalization;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

public class ClassMarginTests
{
    /// <summary>80 rows of which the number and the category say the class: 20 are "rare", from 10 to 12; the others lie between 0 and 6.</summary>
    private static readonly string Csv = "n,c,class\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(i % 4 == 0 ? 10 + i * 0.025 : i * 0.075)},{(i % 4 == 0 ? "red" : i % 3 == 0 ? "green" : "blue")},{(i % 4 == 0 ? "rare" : "usual")}\n")));

    [Theory]
    [InlineData("columns: { n: { encoding: quantile } }")]
    [InlineData("")]
    public void A_real_row_is_as_clear_as_the_nearest_row_of_another_class_is_far(string schema)
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load(schema);
        TableCodec codec = data.Format.Table!;
        using var margin = new ClassMargin(codec, data.Format.Landmarks!, CPU);
        long[] labels = data.Labels!.data<long>().ToArray();
        float[] rows = data.Samples.data<float>().ToArray(), found = margin.call(data.Samples, nn.functional.one_hot(data.Labels!, 2).to_type(float32))
            .data<float>().ToArray();
        ColumnCode column = codec.Columns[0];
        double[] number = [.. Enumerable.Range(0, 80).Select(i => column.Kind == CodeKind.Quantile ? rows[i * codec.Width]
            : column.Decode(column.Slots == 0 ? 0 : rows.AsSpan(i * codec.Width + codec.Scalars, column.Slots).IndexOf(1f), rows[i * codec.Width]))];
        double mean = number.Average(), variance = number.Average(v => (v - mean) * (v - mean));
        for (int i = 0; i < 80; i++)
        {
            // No two classes share a category, which are 2 apart (squared).
            double other = Enumerable.Range(0, 80).Where(j => labels[j] != labels[i]).Min(j => Math.Pow(number[j] - number[i], 2)) / variance + 2;
            Assert.InRange(found[i] * ClassMargin.Least / (other + ClassMargin.Least), 0.99, 1.01);
        }
    }

    [Fact]
    public void Of_two_classes_what_is_clear_for_one_is_unclear_for_the_other()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load();
        using var margin = new ClassMargin(data.Format.Table!, data.Format.Landmarks!, CPU);
        Tensor first = margin.call(data.Samples, tensor([1f, 0f]).expand(80, 2)), second = margin.call(data.Samples, tensor([0f, 1f]).expand(80, 2));
        Assert.InRange((first * second - 1).abs().max().item<float>(), 0, 1e-4);
    }

    [Fact]
    public void The_first_candidate_that_is_clear_is_taken_or_else_the_clearest()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load();
        Generator generator = Build(data, candidates: 5);
        TableBody body = generator.Body.children().OfType<TableBody>().Single();
        // "usual" rows start from nothing, so a candidate is what its noise makes in a generator of the same weights that has no choice
        Generator single = Build(data, candidates: 1);
        Tensor noise = randn(60, generator.LatentSize), label = ones(60, int64);
        Tensor noises = body.Candidates!.NoiseOf(noise).view(60, 5, -1);
        Tensor[] parts = [.. Enumerable.Range(0, 5).Select(i => single.call(noises.select(1, i).contiguous(), label))];
        Tensor margins = stack([.. parts.Select(rows => body.Margin!.call(rows, tensor([0f, 1f]).expand(60, 2)).squeeze(1))], 1);
        float[] found = margins.data<float>().ToArray();
        Tensor made = generator.call(noise, label);
        for (int row = 0; row < 60; row++)
        {
            float[] own = found[(row * 5)..(row * 5 + 5)];
            int taken = Array.FindIndex(own, m => m >= 9);
            Assert.True(made.select(0, row).equal(parts[taken < 0 ? Array.IndexOf(own, own.Max()) : taken].select(0, row)).all().item<bool>());
        }
    }

    [Fact]
    public void Candidates_make_an_untrained_generator_obey_its_small_class()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load();
        double Obeying(int candidates)
        {
            Generator generator = Build(data, candidates);
            // rows are thrown far from those that they start from
            using (no_grad()) foreach (Tensor weight in generator.parameters().TakeLast(2)) weight.mul_(100);
            TableBody body = generator.Body.children().OfType<TableBody>().Single();
            using var margin = new ClassMargin(data.Format.Table!, data.Format.Landmarks!, CPU);
            Tensor made = generator.call(randn(500, generator.LatentSize), zeros(500, int64));
            return margin.call(made, tensor([1f, 0f]).expand(500, 2)).gt(1).to_type(float32).mean().item<float>();
        }
        Assert.InRange(Obeying(1), 0, 0.9);
        Assert.InRange(Obeying(16), 0.99, 1);
    }

    [Fact]
    public void A_large_class_is_compared_with_a_part_of_its_rows_from_all_over_the_table()
    {
        float[] rows = [.. Enumerable.Range(0, 10_000).Select(i => (float)i)];
        AnchorRows landmarks = AnchorRows.Landmarks(rows, 1, [.. Enumerable.Range(0, 10_000).Select(i => i < 5 ? 0L : 1L)], 2);
        Assert.Equal([5, AnchorRows.MostLandmarks], landmarks.Counts);
        float[] kept = landmarks.Rows;
        Assert.Equal([0, 1, 2, 3, 4, 5], kept[..6]);
        Assert.Equal(kept.Length, kept.Distinct().Count());
        Assert.True(kept[^1] > 9_900);
    }

    [Fact]
    public void Without_real_rows_in_the_file_there_is_no_choice()
    {
        using Dataset data = Load(anchors: 0);
        Assert.Null(data.Format.Landmarks);
        using Generator generator = Build(data, candidates: 5);
        Assert.Null(generator.Body.children().OfType<TableBody>().Single().Candidates);
    }

    private static Dataset Load(string schema = "", int anchors = 30)
    {
        Table table = TableReader.Read(new StringReader(Csv), "t.csv", "");
        return new TableDataOptions { Anchors = anchors }.Load(table, TableSchema.Infer(table, "class", SchemaFile.Parse(schema, "s.yaml")));
    }

    private static Generator Build(Dataset data, int candidates)
    {
        manual_seed(5);
        var generator = new TableGeneratorOptions
        {
            Hidden = [16],
            Candidates = candidates,
            AnchorLogit = 2
        }.Build(new RunOptions { Latent = 16 }.GeneratorContext(data.ClassNames, data.Format, CPU));
        generator.eval();
        return generator;
    }
}

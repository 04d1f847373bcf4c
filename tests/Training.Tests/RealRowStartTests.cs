using System.Globalization;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class RealRowStartTests
{
    /// <summary>
    /// Two classes of rows with two numbers that go together, one that is 0 in a third of the rows and missing in some, and two words that do.
    /// </summary>
    private static readonly string Csv = "a,b,c,word,tone,class\n" + string.Concat(Enumerable.Range(0, 240).Select(i =>
    {
        double angle = i * 0.7, a = Math.Sin(angle) * (1 + i % 7), b = 3 * a + Math.Cos(i * 1.3) / 4;
        string c = i % 3 == 0 ? "0" : i % 11 == 0 ? "" : (20 + i * 37 % 101 / 8.0).ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{a:F3},{b:F3},{c},{"xxyy"[i % 4]},{"uvwu"[i % 4]},{(i % 4 == 0 ? "rare" : "usual")}\n");
    }));

    [Theory]
    [InlineData("")]
    [InlineData("columns: { a: { encoding: quantile }, c: { encoding: quantile } }")]
    [InlineData("columns: { c: { type: drop }, word: { type: drop }, tone: { type: drop } }")]
    public void Without_a_move_it_is_a_row_of_the_class_with_the_mean_of_its_neighbours_and_each_equally_often(string schema)
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load(schema, 1000);
        TableCodec codec = data.Format.Table!;
        StartRows expected = StartRows.Of(codec, data.Format.Anchors!);
        using RealRowStart start = Start(data);
        const int Rare = 60, Each = 20;
        // the row's own number between 0 and 1, evenly spread; the donor of the categories is the row itself; no weight of a neighbour
        Tensor noise = zeros(Rare * Each, RealRowStart.NoiseSize);
        noise.narrow(1, 0, 1).copy_(Quantiles(Rare * Each));
        noise.narrow(1, 1, 1).fill_(-5);
        float[] rows = start.Of(noise, zeros(Rare * Each, int64)).data<float>().ToArray(), real = data.Format.Anchors!.Rows;
        int apart = 0, numbers = 0;
        for (int i = 0; i < Rare * Each; i++)
        {
            int row = i / Each; // each of them so often, one after the other
            foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
            {
                int chosen = column.ChosenSlot(rows.AsSpan(i * codec.Width, codec.Width), slot);
                if (column.Scalars == 0)
                {
                    Assert.Equal(column.ChosenSlot(real.AsSpan(row * codec.Width, codec.Width), slot), chosen);
                    continue;
                }
                numbers++;
                float wanted = expected.Means[row * codec.Scalars + scalar];
                double found = chosen == column.MissingSlot ? StartRows.Missing : expected.Scales[scalar].Center(column, chosen)
                    + expected.Scales[scalar].HalfWidth(column, chosen) * rows[i * codec.Width + scalar];
                if (Math.Abs(found - wanted) > 2e-3) apart++; // between two modes, from which it is thrown back
            }
        }
        Assert.InRange((double)apart / numbers, 0, 0.1);
    }

    [Fact]
    public void Numbers_are_a_Gaussian_of_the_neighbours_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load("columns: { c: { type: drop }, word: { type: drop }, tone: { type: drop } }", 1000);
        StartRows start = StartRows.Of(data.Format.Table!, data.Format.Anchors!);
        using RealRowStart built = Start(data);
        const int Row = 17, Draws = 20_000;
        Tensor steps = built.Steps[Row].view(StartRows.Around, 2), expected = steps.t().matmul(steps);
        Assert.True(expected[0, 0].item<float>() > 0);
        manual_seed(1);
        Tensor moves = randn(Draws, StartRows.Around).matmul(steps), found = moves.t().matmul(moves) / Draws;
        Assert.InRange(((found - expected) / expected).abs().max().item<float>(), 0, 0.06);
        // and they are of the row and its five nearest of the class, as long as the width says
        Tensor real = Standardised(data, start).narrow(0, 0, 60), near = (real - real[Row]).pow(2).sum(1).argsort().narrow(0, 0, StartRows.Around);
        Tensor around = real.index_select(0, near), mean = around.mean([0]);
        Assert.InRange((tensor(start.Means, [start.Means.Length / 2, 2])[Row] - mean).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((steps - (around - mean) * (start.Widths[0] / Math.Sqrt(StartRows.Around))).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Generated_rows_lie_as_far_from_real_ones_as_these_from_each_other()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load("columns: { c: { type: drop }, word: { type: drop }, tone: { type: drop } }", 1000);
        StartRows start = StartRows.Of(data.Format.Table!, data.Format.Anchors!);
        Tensor means = tensor(start.Means, [start.Means.Length / 2, 2]).narrow(0, 60, 180), real = Standardised(data, start).narrow(0, 60, 180);
        Tensor steps = tensor(start.Steps, [start.Steps.Length / 2 / StartRows.Around, StartRows.Around, 2]).narrow(0, 60, 180);
        manual_seed(1);
        Tensor made = (means.unsqueeze(1) + (randn(180, 20, StartRows.Around, 1) * steps.unsqueeze(1)).sum(2)).view(-1, 2);
        float generated = cdist(made, real).min(1).values.median().item<float>();
        float between = (cdist(real, real) + eye(180) * 1e6f).min(1).values.median().item<float>();
        Assert.InRange(start.Widths[1], 0.05, 1);
        Assert.InRange(generated / between, start.Widths[1] == 1 ? 0.3f : 0.8f, 1.25f);
    }

    [Fact]
    public void Categories_are_together_those_of_a_real_row_and_frequent_and_missing_values_stay()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load("", 1000);
        TableCodec codec = data.Format.Table!;
        using RealRowStart start = Start(data);
        manual_seed(1);
        float[] rows = start.Of(randn(4000, RealRowStart.NoiseSize), ones(4000, int64)).data<float>().ToArray();
        (ColumnCode Column, int Scalar, int Slot)[] layout = [.. codec.Layout()];
        int Chosen(int row, int column) => layout[column].Column.ChosenSlot(rows.AsSpan(row * codec.Width), layout[column].Slot);
        ColumnCode c = layout[2].Column;
        int zero = Enumerable.Range(0, c.Centers.Count).Single(k => c.Centers[k] == 0 && c.HalfWidths[k] == 0);
        string[] pairs = [.. Enumerable.Range(0, 4000).Select(row =>
            layout[3].Column.Categories[Chosen(row, 3)] + layout[4].Column.Categories[Chosen(row, 4)])];
        Assert.Equal(["xv", "yu", "yw"], pairs.Distinct().Order()); // and never xu, which is of the other class, or xw
        Assert.InRange(Enumerable.Range(0, 4000).Average(row => Chosen(row, 2) == zero ? 1.0 : 0), 0.30, 0.37);
        double missing = data.Format.Missing!.ByClass[1][0];
        Assert.InRange(missing, 0.01, 0.2);
        Assert.InRange(Enumerable.Range(0, 4000).Average(row => Chosen(row, 2) == c.MissingSlot ? 1.0 : 0), missing - 0.02, missing + 0.02);
    }

    [Fact]
    public void A_class_without_real_rows_starts_from_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load("", 100);
        Assert.Equal([60, 0], data.Format.Anchors!.Counts);
        using RealRowStart start = Start(data);
        Assert.Equal(0, start.Of(randn(50, RealRowStart.NoiseSize), ones(50, int64)).abs().max().item<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_class_of_a_few_rows_is_repeated_or_spread_between_them(int rows)
    {
        using DisposeScope scope = NewDisposeScope();
        string csv = "a,class\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i}.5,few\n")) +
            string.Concat(Enumerable.Range(0, 30).Select(i => $"{i}.25,usual\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        using Dataset data = new TableDataOptions { Anchors = 1000 }.Load(table, TableSchema.Infer(table, "class"));
        using RealRowStart start = Start(data);
        manual_seed(1);
        Tensor made = start.Of(randn(200, RealRowStart.NoiseSize), zeros(200, int64));
        Assert.True(made.isfinite().all().item<bool>());
        Assert.Equal(rows > 1, made.select(1, 0).unique().output.numel() > rows);
    }

    private static Tensor Standardised(Dataset data, StartRows start)
    {
        TableCodec codec = data.Format.Table!;
        float[] rows = data.Format.Anchors!.Rows;
        return tensor((float[])[.. Enumerable.Range(0, rows.Length / codec.Width).SelectMany(row => codec.Layout().Select(c =>
        {
            ReadOnlySpan<float> code = rows.AsSpan(row * codec.Width, codec.Width);
            int chosen = c.Column.ChosenSlot(code, c.Slot);
            return (float)(start.Scales[c.Scalar].Center(c.Column, chosen) + start.Scales[c.Scalar].HalfWidth(c.Column, chosen) * code[c.Scalar]);
        }))], [rows.Length / codec.Width, codec.Scalars]);
    }

    private static Tensor Quantiles(int count) => (((arange(count).to_type(float32) + 0.5f) / count * 2 - 1).erfinv() * Math.Sqrt(2)).unsqueeze(1);

    private static RealRowStart Start(Dataset data) => new(data.Format.Anchors!, data.Format.Table!,
        data.Format.Table!.Slots == 0 ? null : new SlotChoice(data.Format.Table!, 0.5, CPU), CPU);

    private static Dataset Load(string schema, int anchors)
    {
        Table table = TableReader.Read(new StringReader(Csv), "t.csv", "");
        return new TableDataOptions { Anchors = anchors }.Load(table, TableSchema.Infer(table, "class", SchemaFile.Parse(schema, "s.yaml")));
    }
}

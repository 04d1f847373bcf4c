using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Tables;

namespace GanPipeline.Evaluation.Tests;

/// <summary>A rare class on a line, a row every 1 from 100 on, beside a class around 0; held-out rows lie half-way between.</summary>
public class AddedRowsTests
{
    private static readonly double[] Usual = [.. Enumerable.Range(0, 200).Select(i => i * 0.05)], Rare = [.. Enumerable.Range(100, 20)];
    private static readonly TableCodec Codec = CodecOf([.. Usual, .. Rare]);

    [Fact]
    public void Distances_and_near_copies_are_told_beside_held_out_rows()
    {
        Dictionary<string, Dictionary<string, double>> results = Measured(copies: [.. Rare.Take(10)], between: [.. Rare.Take(10).Select(x => x + 0.5)]);
        double unit = 1 / Deviation([.. Usual, .. Rare]);
        Assert.Equal(0, results["added-row-distance"]["copies"], 1e-4);
        Assert.Equal(0.5 * unit, results["added-row-distance"]["between"], 1e-4);
        Assert.Equal(0.5 * unit, results["added-row-distance"]["held out"], 1e-4);
        Assert.Equal([("copies", 1), ("between", 0), ("held out", 0)], results["added-row-near-copies"].Select(r => (r.Key, r.Value)));
    }

    /// <summary>The judge has seen held-out rows alone: rows among the other class's are not recognised, however sure the maker was.</summary>
    [Fact]
    public void Rows_are_recognised_by_what_held_out_rows_are_like()
    {
        Dictionary<string, Dictionary<string, double>> results = Measured(copies: [.. Rare.Take(10)], between: [.. Usual.Take(5), .. Rare.Take(5)]);
        Assert.Equal([("copies", 1), ("between", 0.5), ("training", 1)], results["added-row-class-accuracy"].Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public void Without_held_out_rows_of_the_class_nothing_is_measured_and_that_is_said()
    {
        LabelledRows usual = Rows(Usual, []);
        var comparison = new AddedRowsComparison(Rows(Usual, Rare), usual, [new("copies", Rows([], Rare))], Codec, new Nearest());
        var skipped = new List<string>();
        Assert.Empty(MetricCatalog.MeasureAll(MetricCatalog.OfAddedRows, comparison, (metric, reason) => skipped.Add(reason)));
        Assert.Equal(3, skipped.Count);
        Assert.All(skipped, reason => Assert.Equal("no row is held out of the classes that rows were added to", reason));
    }

    private static Dictionary<string, Dictionary<string, double>> Measured(double[] copies, double[] between)
    {
        LabelledRows heldOut = Rows([.. Usual.Take(40)], [.. Rare.SkipLast(1).Select(x => x + 0.5)]);
        var comparison = new AddedRowsComparison(Rows(Usual, Rare), heldOut, [new("copies", Rows([], copies)), new("between", Rows([], between))], Codec,
            new Nearest());
        return MetricCatalog.MeasureAll(MetricCatalog.OfAddedRows, comparison).GroupBy(r => r.Metric)
            .ToDictionary(g => g.Key, g => g.ToDictionary(r => r.Data, r => r.Value));
    }

    private static TableCodec CodecOf(double[] numbers)
    {
        string csv = "x,class\n" + string.Concat(numbers.Select((x, i) => FormattableString.Invariant($"{x},{(i < Usual.Length ? "usual" : "rare")}\n")));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        return TableCodec.Fit(table, TableSchema.Infer(table, "class", SchemaFile.Parse("columns: { x: { min: 0, max: 200 } }", "s.yaml")));
    }

    private static LabelledRows Rows(double[] usual, double[] rare)
    {
        float[] values = new float[(usual.Length + rare.Length) * Codec.Width];
        (ColumnCode column, int scalar, int slot) = Codec.Layout().Single();
        foreach ((int row, double number) in usual.Concat(rare).Index())
        {
            (int chosen, values[row * Codec.Width + scalar]) = column.Encode(number);
            if (column.Slots > 0) values[row * Codec.Width + slot + chosen] = 1;
        }
        return new LabelledRows(values, Codec.Width, [.. usual.Select(_ => 0L), .. rare.Select(_ => 1L)], ["usual", "rare"]);
    }

    private static double Deviation(double[] numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Average(x => (x - mean) * (x - mean)));
    }

    /// <summary>A classifier by the nearest row that it has seen.</summary>
    private sealed class Nearest : IClassifierTrainer
    {
        public string Name => "the nearest row";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) => new Fitted(rows);

        private sealed class Fitted(LabelledRows rows) : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> others)
            {
                int count = others.Length / rows.Columns;
                float[] given = new float[count * rows.ClassNames.Count];
                for (int i = 0; i < count; i++)
                {
                    ReadOnlyMemory<float> other = others.Slice(i * rows.Columns, rows.Columns);
                    int nearest = Enumerable.Range(0, rows.Count).MinBy(row => Distance(rows.Row(row).Span, other.Span));
                    given[i * rows.ClassNames.Count + (int)rows.Labels[nearest]] = 1;
                }
                return given;
            }

            public void Dispose()
            {
            }

            private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
            {
                double sum = 0;
                for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
                return sum;
            }
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Tables;

namespace GanPipeline.Resampling.Tests;

public sealed class MethodTests
{
    [Fact]
    public void A_class_below_the_share_is_filled_up_to_it_and_the_others_are_left_alone()
    {
        LabelledRows rows = Of(200, 60, 10, 0, 1);
        Assert.Equal([200, 60, 20, 0, 20], rows.Targets(0.1));
        Assert.Equal([200, 100, 100, 0, 100], rows.Targets(0.5));
        Assert.Equal([2L, 2, 4, 4], Of(20, 6, 1, 0, 1).Lacking(0.14)); // 2.8 rows are 3
        Assert.Equal(rows.Lacking(1), rows.Lacking());
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Lacking(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Lacking(1.1));
    }

    /// <summary>At a share of 1 they are N / (C·n_c); at any, a class weighs as much as it would have rows, and all together as much as there are.</summary>
    [Fact]
    public void Class_weights_stand_for_the_rows_that_would_be_added() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 40).ArrayOf(4).SelectMany(counts => Gen.Choose(1, 100).Select(percent => (counts, percent)))), c =>
        {
            LabelledRows rows = Of([.. c.counts, 7]);
            int[] counts = rows.ClassCounts(), targets = rows.Targets(c.percent / 100.0);
            float[] weights = rows.ClassWeights(c.percent / 100.0), even = rows.ClassWeights();
            Assert.Equal(rows.Count, weights.Sum(), 0.01);
            for (int i = 0; i < counts.Length; i++)
            {
                double share = rows.PlacesOf(i).Sum(place => (double)weights[place]) / rows.Count;
                Assert.Equal((double)targets[i] / targets.Sum(), share, 1e-5);
            }
            int classes = counts.Count(count => count > 0);
            Assert.All(rows.Labels.Zip(even), row => Assert.Equal((double)rows.Count / (classes * counts[row.First]), row.Second, 1e-4));
        }).QuickCheckThrowOnFailure();

    /// <summary>Untouched, then each way at each share; shares that the data have already are not among them.</summary>
    [Fact]
    public void Every_method_reaches_its_share_exactly_and_says_it()
    {
        LabelledRows rows = Of(200, 60, 10);
        IReadOnlyList<Method> methods = Method.All(null, rows);
        Assert.Equal("as it is", methods[0].Name);
        Assert.Equal(methods.Count, methods.Select(m => m.Name).Distinct().Count());
        Assert.Contains("SMOTE with 10 neighbours at .25", methods.Select(m => m.Name));
        Assert.Equal([0.1, 0.25, 0.5, 1], methods.Where(m => m.Name.StartsWith("class weights", StringComparison.Ordinal)).Select(m => m.Share));
        foreach (Method method in methods.Skip(1))
        {
            WeightedRows made = method.Resample(rows, 1, TestContext.Current.CancellationToken);
            Assert.Equal(made.Weights is null ? rows.Targets(method.Share) : rows.ClassCounts(), made.Rows.ClassCounts());
            Assert.Equal(rows.Values, made.Rows.Values.Take(rows.Values.Length)); // real rows come first, as they are
        }
        Assert.Equal([0.5, 1], Method.All(null, Of(100, 30)).Select(m => m.Share).Where(share => share > 0).Distinct());
        Assert.Equal(["as it is"], Method.All(null, Of(5, 5)).Select(m => m.Name));
    }

    /// <summary>
    /// Whatever the method: the same rows for the same seed; categories that follow from the class, and numbers that do, are those of rows of the class; and
    /// where the method takes whole rows or whole combinations, every combination is a real one.
    /// </summary>
    [Fact]
    public void New_rows_of_a_table_are_made_of_rows_of_their_class_alone_and_again_the_same()
    {
        var random = new Random(2);
        string csv = "a,b,c,d,class\n" + string.Concat(Enumerable.Range(0, 150).Select(i => FormattableString.Invariant(
            $"{(i % 4 == 0 ? 5000 : 0) + random.NextDouble():F3},{(i % 5 == 0 ? "" : $"{random.Next(1000)}")},") +
            $"{(i % 4 == 0 ? "r" : "v")}{i % 3},w{i / 10 % 5},{(i % 4 == 0 ? "x" : "y")}\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, "class");
        TableCodec codec = TableCodec.Fit(table, schema);
        var rows = new LabelledRows(codec.Encode(table, schema.File), codec.Width, schema.Labels(table), schema.ClassNames);
        (ColumnCode a, int scalar, int slot) = codec.Layout().First();
        HashSet<string>[] real = [.. Enumerable.Range(0, 2).Select(c => rows.PlacesOf(c).Select(place => Combination(rows.Row(place).Span)).ToHashSet())];
        IReadOnlyList<Method> methods = Method.All(codec, rows);
        Assert.Contains("SMOTE-NC with 5 neighbours at 1", methods.Select(m => m.Name));
        Assert.Contains("MGS-GRF at .5", methods.Select(m => m.Name));
        foreach (Method method in methods)
        {
            LabelledRows made = method.Resample(rows, 7, TestContext.Current.CancellationToken).Rows;
            Assert.Equal(made.Values, method.Resample(rows, 7, TestContext.Current.CancellationToken).Rows.Values);
            for (int i = rows.Count; i < made.Count; i++)
            {
                ReadOnlySpan<float> row = made.Row(i).Span;
                double number = a.Decode(a.ChosenSlot(row, slot), row[scalar]);
                bool rare = schema.ClassNames[(int)made.Labels[i]] == "x";
                Assert.True(rare ? number > 4990 : number < 10, $"{method.Name}: {number}");
                string combination = Combination(row);
                Assert.Equal(rare, combination.Contains('r', StringComparison.Ordinal));
                if (!method.Name.StartsWith("SMOTE", StringComparison.Ordinal)) Assert.Contains(combination, real[made.Labels[i]]);
            }
        }

        string Combination(ReadOnlySpan<float> row)
        {
            string text = "";
            foreach ((ColumnCode column, int _, int first) in codec.Layout())
            {
                int chosen = column.ChosenSlot(row, first);
                if (column.Scalars > 0) text += column.HasMissing && chosen == column.MissingSlot ? "missing " : "number ";
                else text += column.Categories[chosen] + " ";
            }
            return text;
        }
    }

    [Fact]
    public void A_classifier_is_trained_on_the_weights_of_the_method()
    {
        LabelledRows rows = Of(6, 2);
        var trainer = new Listening();
        Method weights = Method.All(null, rows).Last(m => m.Name.StartsWith("class weights", StringComparison.Ordinal));
        _ = weights.Predict(trainer, weights.Resample(rows, 1, default), new float[1], 1, TestContext.Current.CancellationToken);
        Assert.Equal(rows.ClassWeights(), trainer.Weights);
        _ = Method.Untouched.Predict(trainer, Method.Untouched.Resample(rows, 1, default), new float[1], 1, TestContext.Current.CancellationToken);
        Assert.Null(trainer.Weights);
    }

    private static LabelledRows Of(params int[] counts)
    {
        long[] labels = [.. counts.SelectMany((count, c) => Enumerable.Repeat((long)c, count))];
        return new LabelledRows([.. labels.Select((_, i) => (float)i)], 1, labels, [.. counts.Select((_, c) => $"c{c}")]);
    }

    private sealed class Listening : IClassifierTrainer, IFittedClassifier
    {
        public float[]? Weights { get; private set; }

        public string Name => "listening";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
        {
            Weights = weights;
            return this;
        }

        public float[] Probabilities(ReadOnlyMemory<float> rows) => [0.5f, 0.5f];

        public void Dispose()
        {
        }
    }
}

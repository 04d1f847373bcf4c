using System.Collections.Concurrent;
using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;

namespace GanPipeline.Resampling.Tests.Selection;

public sealed class MethodSelectionTests
{
    private static readonly SelectionOptions Options = new() { Folds = 4, Repeats = 2, Seed = 5 };

    [Fact]
    public void The_best_mean_is_chosen_a_clearly_worse_method_is_stopped_and_an_equal_one_is_not()
    {
        Method good = Quality("good", 0.9f), equal = Quality("equal", 0.9f), bad = Quality("bad", 0.3f);
        SelectedMethod chosen = Assert.Single(Selection([bad, good, equal]).Run([new Oracle()]));
        Assert.Same(good, chosen.Best.Method);
        Assert.Equal([("bad", true, 2), ("good", false, 8), ("equal", false, 8)], chosen.Methods.Select(m => (m.Method.Name, m.Stopped, m.Folds)));
        Assert.True(chosen.Methods[0].Tuned < chosen.Best.Tuned);
        Assert.Equal(chosen.Methods[2].Tuned, chosen.Best.Tuned);
    }

    [Fact]
    public void A_method_that_is_hardly_worse_is_tried_on_all_folds_and_not_chosen()
    {
        Method first = Quality("bad", 0.3f), better = Quality("better", 0.85f), hardly = Quality("hardly worse", 0.845f);
        SelectedMethod chosen = Assert.Single(Selection([first, hardly, better]).Run([new Oracle()]));
        Assert.Equal([2, 8, 8], chosen.Methods.Select(m => m.Folds));
        Assert.Same(better, chosen.Best.Method);
    }

    /// <summary>Two methods that are right about as many rows, but not the same ones: which of them is ahead is chance, and the first stays mostly.</summary>
    [Fact]
    public void The_first_stays_where_another_is_ahead_by_no_more_than_the_noise()
    {
        (int ahead, int kept) = (0, 0);
        for (ulong seed = 0; seed < 30; seed++)
        {
            Method[] methods = [Quality("as it is", 1), Quality("another", 2)];
            SelectedMethod chosen = Assert.Single(new MethodSelection(Rows(200, seed), methods, MacroF.One, Options).Run([new Coin()]));
            if (chosen.Methods[1].Stopped || chosen.Methods[0].Stopped || chosen.Methods[1].Tuned <= chosen.Methods[0].Tuned) continue;
            ahead++;
            if (chosen.Best.Method == methods[0]) kept++;
        }
        Assert.InRange(ahead, 5, 25);
        Assert.InRange((double)kept / ahead, 0.9, 1);
    }

    [Fact]
    public void Rows_of_a_method_and_fold_are_made_once_for_all_classifiers_and_give_each_what_it_gets_alone()
    {
        var made = new ConcurrentBag<ulong>();
        Method counted = new("counted", (rows, seed, _) =>
        {
            made.Add(seed);
            return new WeightedRows(rows, [.. Enumerable.Repeat(0.7f, rows.Count)]);
        });
        Oracle one = new(), other = new() { Salt = "other" };
        MethodSelection selection = Selection([Quality("good", 0.7f), counted]);
        IReadOnlyList<SelectedMethod> both = selection.Run([one, other]);
        Assert.Equal(8, made.Count);
        Assert.Equal(8, made.Distinct().Count());
        Assert.Equal(both.Select(Text), new IClassifierTrainer[] { one, other }.Select(trainer => Text(selection.Run([trainer])[0])));
        Assert.NotEqual(both[0].Best.Tuned, both[1].Best.Tuned);

        static string Text(SelectedMethod chosen) => string.Join("; ", chosen.Methods
            .Select(m => $"{m.Plain} {m.Tuned} {string.Join(' ', m.Rule.Factors)} {m.Folds}"));
    }

    /// <summary>Answers that mean nothing: the best rule for some rows is better on them by chance, and on others it must not be.</summary>
    [Fact]
    public void A_rule_is_scored_on_rows_that_it_was_not_tuned_on()
    {
        (double scored, double seen) = (0, 0);
        for (ulong seed = 0; seed < 20; seed++)
        {
            LabelledRows rows = Rows(200, seed);
            var oracle = new Oracle { Salt = $"{seed}" };
            scored += new MethodSelection(rows, [Quality("none", -1)], MacroF.One, Options with { Seed = seed }).Run([oracle])[0].Best.Tuned / 20;
            using IFittedClassifier fitted = oracle.Fit(rows, [-1f], 1, default);
            float[] probabilities = fitted.Probabilities(rows.Values);
            long[] decided = DecisionRule.Tuned(MacroF.One, rows.Labels, probabilities, rows.ClassCounts()).Decide(probabilities);
            seen += MacroF.One.Score(rows.Labels, probabilities, decided) / 20;
        }
        Assert.InRange(scored, 0.4, seen - 0.02);
    }

    /// <summary>Probabilities that are right about the order and far too low for the rare class: the plain rule finds nothing, a threshold all.</summary>
    [Fact]
    public void A_threshold_is_chosen_where_the_plain_rule_is_worse()
    {
        SelectedMethod chosen = Selection([Quality("low", 0.95f)]).Run([new Oracle { Scale = 0.2f }])[0];
        Assert.True(chosen.Best.Tuned > chosen.Best.Plain + 0.2);
        Assert.InRange(chosen.Best.Rule.Threshold, 0.02, 0.2);
        Assert.Equal(4, chosen.Best.Folds); // alone, it is chosen after the first cut
    }

    [Fact]
    public void A_method_that_the_rows_do_not_allow_is_a_line_and_no_failure()
    {
        Method impossible = new("impossible", (_, _, _) => throw new UserErrorException("no numbers at all"));
        SelectedMethod chosen = Selection([impossible, Quality("good", 0.9f)]).Run([new Oracle()])[0];
        Assert.Equal("good", chosen.Best.Method.Name);
        Assert.Equal("no numbers at all", chosen.Methods[0].Problem);
        Assert.Equal("no numbers at all", Assert.Throws<UserErrorException>(() => Selection([impossible]).Run([new Oracle()])).Message);
    }

    [Fact]
    public void Probabilities_are_scored_fold_by_fold_for_average_precision()
    {
        Method[] methods = [Quality("good", 0.9f), Quality("bad", 0.2f)];
        SelectedMethod chosen = new MethodSelection(Rows(200, 1), methods, AveragePrecision.Goal, Options).Run([new Oracle()])[0];
        Assert.Equal("good", chosen.Best.Method.Name);
        Assert.True(chosen.Best.Rule.IsEven);
        Assert.Equal(chosen.Best.Plain, chosen.Best.Tuned);
    }

    [Fact]
    public void Too_few_rows_are_refused_with_a_sentence()
    {
        LabelledRows rows = Rows(200, 1);
        LabelledRows few = rows.Pick([.. rows.PlacesOf(0), .. rows.PlacesOf(1).Take(1)]), some = rows.Pick([.. rows.PlacesOf(0), .. rows.PlacesOf(1).Take(3)]);
        Assert.Equal(6, new MethodSelection(some, [Quality("a", 0.9f), Quality("b", 0.9f)], MacroF.One, Options).Run([new Oracle()])[0].Best.Folds); // 3 a cut
        Assert.Contains("two classes of at least 2 different rows",
            Assert.Throws<UserErrorException>(() => new MethodSelection(few, [Method.Untouched], MacroF.One, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_work_can_be_ended()
    {
        using var stop = new CancellationTokenSource();
        MethodSelection selection = Selection([Quality("a", 0.9f), Quality("b", 0.8f)]);
        Assert.ThrowsAny<OperationCanceledException>(() => selection.Run([new Oracle()], _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void An_outer_fold_is_seen_neither_by_methods_nor_by_classifiers_nor_by_the_choice()
    {
        LabelledRows rows = Rows(240, 3);
        var seen = new ConcurrentDictionary<int, ConcurrentBag<float>>();
        int fold = -1;
        Method watched = new("watched", (train, _, _) =>
        {
            foreach (float value in train.Values) seen.GetOrAdd(fold, _ => []).Add(value);
            return new WeightedRows(train, [.. Enumerable.Repeat(0.8f, train.Count)]);
        });
        var nested = new NestedSelection(rows, [watched, Quality("bad", 0.1f)], Options with { Folds = 3 }, Options, 10);
        IReadOnlyList<OuterFold> folds = Assert.Single(Assert.Single(nested.Run([new Oracle()], [new Aim(MacroF.One, ChoiceRule.Families)], i => fold = i)));
        Assert.Equal((6, 6), (nested.Count, folds.Count));
        Assert.Equal(2 * rows.Count, folds.Sum(f => f.Actual.Length));
        Assert.All(folds.Index(), f =>
        {
            Assert.Equal("watched", f.Item.Choice.Method.Name);
            Assert.Equal(2 * f.Item.Actual.Length, f.Item.Chosen.Probabilities.Length);
            Assert.Equal(rows.Count - f.Item.Actual.Length, seen[f.Index].Distinct().Count());
        });
        Assert.Empty(nested.Unscored);
    }

    private static MethodSelection Selection(Method[] methods) => new(Rows(200, 1), methods, MacroF.One, Options);

    /// <summary>Rows of one number each, all different, whose whole part is the class; a quarter is rare.</summary>
    private static LabelledRows Rows(int count, ulong seed)
    {
        var random = new RandomStream(SeedStream.Derive(seed, "rows"));
        long[] labels = [.. Enumerable.Range(0, count).Select(i => i % 4 == 0 ? 1L : 0)];
        return new LabelledRows([.. labels.Select(label => label + 0.9f * random.NextSingle())], 1, labels, ["common", "rare"]);
    }

    /// <summary>A method whose rows tell <see cref="Oracle"/> how often it is to be right.</summary>
    private static Method Quality(string name, float quality) =>
        new(name, (rows, _, _) => new WeightedRows(rows, [.. Enumerable.Repeat(quality, rows.Count)]));

    /// <summary>Is right about four rows of five, others for each weight of the training rows.</summary>
    private sealed class Coin : IClassifierTrainer
    {
        public string Name => "coin";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) => new Fitted((ulong)weights![0]);

        private sealed class Fitted(ulong salt) : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> rows) => [.. rows.ToArray().SelectMany(value =>
            {
                bool right = SeedStream.Derive(salt, "right", BitConverter.SingleToUInt32Bits(value)) % 5 > 0, rare = value >= 1 == right;
                return new[] { rare ? 0.1f : 0.9f, rare ? 0.9f : 0.1f };
            })];

            public void Dispose()
            {
            }
        }
    }

    /// <summary>
    /// Reads the class off a row, and is right about as many as the training rows weigh; below 0 it says something about each row that means nothing.
    /// </summary>
    private sealed class Oracle : IClassifierTrainer
    {
        public string Name => "oracle";

        public string Salt { get; init; } = "";

        public float Scale { get; init; } = 1;

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) => new Fitted(this, weights![0]);

        private sealed class Fitted(Oracle oracle, float quality) : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> rows) => [.. rows.ToArray().SelectMany(value =>
            {
                ulong key = SeedStream.Derive(BitConverter.SingleToUInt32Bits(value), oracle.Salt);
                float chance = (key >> 40) * (1f / (1 << 24)), spread = (key & 0xFFFF) / 65536f;
                bool rare = value >= 1 == chance < quality; // wrong for the rows of the largest chances: those of a lower quality include them
                float p = quality < 0 ? chance : oracle.Scale * (rare ? 0.55f + 0.4f * spread : 0.45f - 0.4f * spread);
                return new[] { 1 - p, p };
            })];

            public void Dispose()
            {
            }
        }
    }
}

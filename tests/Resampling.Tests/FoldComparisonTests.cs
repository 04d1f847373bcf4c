using GanPipeline.Primitives;

namespace GanPipeline.Resampling.Tests;

public sealed class FoldComparisonTests
{
    private static readonly LabelledRows Rows = new([.. Enumerable.Range(0, 60).Select(i => (float)i)], 1,
        [.. Enumerable.Range(0, 60).Select(i => i % 6 == 0 ? 1L : 0L)], ["common", "rare"]);

    [Fact]
    public void Every_row_is_predicted_once_by_a_classifier_that_was_trained_without_it()
    {
        var trainer = new Memory();
        var comparison = new FoldComparison(Rows, 5, trainer, 3);
        var begun = new List<int>();
        IReadOnlyList<FoldPredictions> folds = comparison.Run(Method.Free(null)[0], begun.Add, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2, 3, 4], begun);
        Assert.Equal(60, folds.Sum(f => f.Actual.Length));
        Assert.All(folds, fold => Assert.Equal(2, fold.Actual.Count(label => label == 1)));
        Assert.All(folds, fold => Assert.Equal(fold.Actual.Length, fold.Predicted.Length));
        Assert.False(trainer.Cheated);
        Assert.Null(comparison.TooSmall());
        Assert.Equal(1, new FoldComparison(Rows.Pick([0, 0, 6, 1, 2, 3, 4]), 3, trainer, 3).TooSmall());
    }

    /// <summary>A class of too few different rows is known to the method on every fold, and is asked about on none.</summary>
    [Fact]
    public void Rows_of_a_class_that_is_too_rare_are_trained_on_in_every_fold_and_never_scored()
    {
        LabelledRows rows = Rows with
        {
            Labels = [.. Enumerable.Range(0, 60).Select(i => i is 3 or 4 ? 2L : i % 6 == 0 ? 1L : 0L)],
            ClassNames = ["common", "rare", "two", "none"]
        };
        var comparison = new FoldComparison(rows, 5, new Memory(), 3);
        Assert.Equal([(2, 2)], comparison.KeepRareInTraining(10));
        var trained = new List<int>();
        IReadOnlyList<FoldPredictions> folds = comparison.Run(new Method("", (train, _, _) =>
        {
            trained.Add(train.PlacesOf(2).Length);
            return train;
        }), stop: TestContext.Current.CancellationToken);
        Assert.Equal([2, 2, 2, 2, 2], trained);
        Assert.Equal(58, folds.Sum(f => f.Actual.Length));
        Assert.DoesNotContain(2L, folds.SelectMany(f => f.Actual));
        // Ten rows that are all one say no more than one.
        Assert.Equal([(1, 1)], new FoldComparison(Rows.Pick([.. Enumerable.Repeat(0, 10), .. Enumerable.Range(0, 60).Where(i => i % 6 > 0)]), 2,
            new Memory(), 3)
            .KeepRareInTraining(5));
        Assert.Empty(new FoldComparison(Rows, 5, new Memory(), 3).KeepRareInTraining(10));
    }

    [Fact]
    public void Methods_that_cost_nothing_balance_the_classes_or_leave_them()
    {
        IReadOnlyList<Method> methods = Method.Free(null);
        Assert.Equal(["as it is", "tuned threshold", "random over-sampling"], methods.Select(m => m.Name));
        int[][] counts = [.. methods.Select(m => m.Resample(Rows, 1, default).Rows.ClassCounts())];
        Assert.Equal([[50, 10], [50, 10], [50, 50]], counts);
        Assert.All(methods[0].Predict(new Memory(), Rows, new float[] { 100 }, 1, default), label => Assert.Equal(0, label));
    }

    /// <summary>A classifier that says .3 for rows of the rare class and .1 for the others finds none by the plain rule, and all by a tuned one.</summary>
    [Fact]
    public void A_threshold_is_tuned_on_folds_of_the_training_rows()
    {
        float[] asked = [6, 7, 12, 13];
        Assert.Equal([0, 0, 0, 0], Method.Untouched.Predict(new Unsure(), Rows, asked, 1, default));
        Assert.Equal([1, 0, 1, 0], Method.TunedThreshold.Predict(new Unsure(), Rows, asked, 1, default));
    }

    [Fact]
    public void The_work_can_be_ended()
    {
        using var stop = new CancellationTokenSource();
        var comparison = new FoldComparison(Rows, 5, new Memory(), 3);
        Assert.Throws<OperationCanceledException>(() => comparison.Run(Method.Free(null)[0], fold =>
        {
            if (fold == 1) stop.Cancel();
        }, stop.Token));
    }

    private sealed class Unsure : IClassifierTrainer
    {
        public string Name => "unsure";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) => new Fitted();

        private sealed class Fitted : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> rows) => [.. rows.ToArray().SelectMany(v => v % 6 == 0 ? new[] { 0.7f, 0.3f } : [0.9f, 0.1f])];

            public void Dispose()
            {
            }
        }
    }

    /// <summary>Knows its rows by heart, and hears whether it is asked for one of them.</summary>
    private sealed class Memory : IClassifierTrainer
    {
        public bool Cheated { get; private set; }

        public string Name => "memory";

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return new Fitted(this, [.. rows.Values]);
        }

        private sealed class Fitted(Memory memory, HashSet<float> known) : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> rows)
            {
                memory.Cheated |= known.Overlaps(rows.ToArray());
                return [.. rows.ToArray().SelectMany(_ => new[] { 0.8f, 0.2f })];
            }

            public void Dispose()
            {
            }
        }
    }
}

using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Ways;

/// <summary>A way of dealing with rare classes, and what classifiers that used it made of real rows that none of them had seen.</summary>
/// <param name="Name">For example <c>untouched</c>, <c>repeated rows</c>, <c>GAN</c>.</param>
/// <param name="Predicted">[repetitions][rows] class indices: a classifier a repetition, which differ in their seed alone.</param>
internal sealed record JudgedWay(string Name, IReadOnlyList<long[]> Predicted);

/// <summary>Ways of dealing with rare classes that cost nothing, and a generator, judged by the same classifiers on the same real rows.</summary>
internal sealed class WayComparison
{
    private readonly Lazy<JudgedWay> _bestFree;

    /// <summary>A comparison.</summary>
    /// <param name="free">Ways that cost nothing; at least one.</param>
    /// <param name="generator">The generator's.</param>
    /// <param name="actual">[rows] the classes as they are.</param>
    /// <param name="classNames">Names in index order.</param>
    public WayComparison(IReadOnlyList<JudgedWay> free, JudgedWay generator, long[] actual, IReadOnlyList<string> classNames)
    {
        (Free, Generator, Actual, ClassNames) = (free, generator, actual, classNames);
        _bestFree = new(() => Free.MaxBy(MacroF1)!);
    }

    /// <summary>Ways that cost nothing.</summary>
    public IReadOnlyList<JudgedWay> Free { get; }

    /// <summary>The generator's.</summary>
    public JudgedWay Generator { get; }

    /// <summary>[rows] the classes as they are.</summary>
    public long[] Actual { get; }

    /// <summary>Names in index order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Index of the class whose recall is of interest: the rarest of those learnt from.</summary>
    public required int Rare { get; init; }

    /// <summary>Seed of the intervals.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the rows are called in results: <c>points</c>, <c>rows</c>.</summary>
    public string RowName { get; init; } = "rows";

    /// <summary>All ways, the generator's last.</summary>
    public IEnumerable<JudgedWay> All => [.. Free, Generator];

    /// <summary>The free way with the best macro F1, which the generator has to beat.</summary>
    public JudgedWay BestFree => _bestFree.Value;

    internal string Sample => $"{Actual.Length} test {RowName}, {Generator.Predicted.Count} classifiers";

    internal double MacroF1(JudgedWay way) => Mean(way, [.. Enumerable.Range(0, Actual.Length)], s => s.MacroF1);

    /// <summary>A score's mean over the classifiers of a way, on the rows at some places.</summary>
    internal double Mean(JudgedWay way, int[] places, Func<ClassificationScores, double> score)
    {
        long[] actual = Array.ConvertAll(places, p => Actual[p]);
        return way.Predicted.Average(predicted => score(ClassificationScores.Of(actual, Array.ConvertAll(places, p => predicted[p]), ClassNames.Count)));
    }

    /// <summary>A score of every way, with its interval.</summary>
    internal IEnumerable<(string Way, double Value, Interval Interval)> Scores(Func<ClassificationScores, double> score) => All.Select(way =>
    {
        (double value, Interval interval) = Drawn(places => Mean(way, places, score));
        return (way.Name, value, interval);
    });

    /// <summary>A statistic of the rows and its interval, rows drawn again; the same rows for every way, so that differences are paired.</summary>
    internal (double Value, Interval Interval) Drawn(Func<int[], double> statistic) =>
        (statistic([.. Enumerable.Range(0, Actual.Length)]), Bootstrap.Of(Actual.Length, statistic, Seed, "ways"));
}

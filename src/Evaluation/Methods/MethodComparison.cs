namespace GanPipeline.Evaluation.Methods;

/// <summary>A method of dealing with rare classes, and what classifiers that used it predict for real rows that none of them had seen.</summary>
/// <param name="Name">For example <c>as it is</c>, <c>random over-sampling</c>, <c>generator</c>.</param>
/// <param name="Predicted">[repetitions][rows] class indices: a classifier a repetition, which differ in their seed alone.</param>
internal sealed record MethodPredictions(string Name, IReadOnlyList<long[]> Predicted);

/// <summary>Methods of dealing with rare classes that cost nothing, and a generator, scored by the same classifiers on the same real rows.</summary>
internal sealed class MethodComparison : IComparison
{
    private readonly Lazy<MethodPredictions> _bestFree;
    private readonly Lazy<int[]> _counts;

    /// <summary>A comparison.</summary>
    /// <param name="free">Methods that cost nothing; at least one.</param>
    /// <param name="generator">The generator's.</param>
    /// <param name="actual">[rows] the classes as they are.</param>
    /// <param name="classNames">Names in index order.</param>
    public MethodComparison(IReadOnlyList<MethodPredictions> free, MethodPredictions generator, long[] actual, IReadOnlyList<string> classNames)
    {
        (Free, Generator, Actual, ClassNames) = (free, generator, actual, classNames);
        _bestFree = new(() => Free.MaxBy(MacroF1)!);
        _counts = new(() => [.. Enumerable.Range(0, classNames.Count).Select(c => actual.Count(a => a == c))]);
    }

    /// <summary>Methods that cost nothing.</summary>
    public IReadOnlyList<MethodPredictions> Free { get; }

    /// <summary>The generator's.</summary>
    public MethodPredictions Generator { get; }

    /// <summary>[rows] the classes as they are.</summary>
    public long[] Actual { get; }

    /// <summary>Names in index order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Index of the class whose recall is of interest: the rarest of those trained on.</summary>
    public required int Rare { get; init; }

    /// <summary>Seed of the intervals.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the rows are called in results: <c>points</c>, <c>rows</c>.</summary>
    public string RowName { get; init; } = "rows";

    /// <summary>All methods, the generator's last.</summary>
    public IEnumerable<MethodPredictions> All => [.. Free, Generator];

    /// <summary>The free method with the best macro F1, which the generator has to beat.</summary>
    public MethodPredictions BestFree => _bestFree.Value;

    /// <summary>The class that has too few rows for a verdict over all classes; null where none has.</summary>
    public FewRows? TooFew => FewRows.Of(_counts.Value, ClassNames, c => c == Rare);

    /// <summary>Whether the class of interest has too few.</summary>
    public FewRows? RareTooFew => FewRows.Of([_counts.Value[Rare]], [ClassNames[Rare]], _ => true);

    internal string Sample => $"{Actual.Length} test {RowName}, {Generator.Predicted.Count} classifiers";

    internal double MacroF1(MethodPredictions method) => Mean(method, [.. Enumerable.Range(0, Actual.Length)], s => s.MacroF1);

    /// <summary>A score's mean over the classifiers of a method, on the rows at some places.</summary>
    internal double Mean(MethodPredictions method, int[] places, Func<ClassificationScores, double> score)
    {
        long[] actual = Array.ConvertAll(places, p => Actual[p]);
        return method.Predicted.Average(predicted => score(ClassificationScores.Of(actual, Array.ConvertAll(places, p => predicted[p]), ClassNames.Count)));
    }

    /// <summary>A score of every method.</summary>
    internal IEnumerable<Measurement> Scores(Func<ClassificationScores, double> score, FewRows? few) =>
        All.Select(method => Drawn(places => Mean(method, places, score), Sample, few) with { Data = method.Name });

    /// <summary>
    /// A statistic of the rows, whose interval draws the same rows again for every method, so that differences are paired; there is none where a class that it
    /// rests on has too few rows.
    /// </summary>
    internal Measurement Drawn(Func<int[], double> statistic, string sample, FewRows? few) =>
        Measurement.Of(Actual.Length, statistic, few is null ? sample : $"{sample}; {few}") with
        {
            Interval = (seed, _) => few is null ? Bootstrap.Of(Actual.Length, statistic, seed, "methods") : null,
        };
}

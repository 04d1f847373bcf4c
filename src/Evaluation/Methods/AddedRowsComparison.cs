using GanPipeline.Resampling;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Evaluation.Methods;

/// <summary>Rows that a method added to classes.</summary>
/// <param name="Name">The method, as files call it.</param>
/// <param name="Rows">The added rows alone, encoded; at least one.</param>
internal sealed record AddedRows(string Name, LabelledRows Rows);

/// <summary>
/// Rows that methods added to the classes that lack some, beside real rows of the same classes: those that they were made of, and held-back ones that nothing
/// was made of.
/// </summary>
internal sealed class AddedRowsComparison : IComparison
{
    /// <summary>What real rows are called beside methods: those that nothing was made of, and those that the rows were made of.</summary>
    public const string HeldOut = "held out", Training = "training";

    private const int MostRows = 2000; // of each side whose nearest is looked for
    private const double NearCopy = 0.1; // of the usual distance between real rows

    private readonly TableCodec _codec;
    private readonly LabelledRows _training;
    private readonly IReadOnlyList<AddedRows> _sides;
    private readonly Lazy<(double Usual, double[][] Sides)> _distances;
    private readonly Lazy<long[][]> _recognised;

    /// <summary>A comparison.</summary>
    /// <param name="training">The real rows that the others were made of.</param>
    /// <param name="heldOut">Real rows that nothing was made of; some of the classes that rows were added to.</param>
    /// <param name="added">What the methods added, to the same classes.</param>
    /// <param name="codec">How the rows are encoded.</param>
    /// <param name="judge">The classifier that says which class a row is of.</param>
    public AddedRowsComparison(
        LabelledRows training, LabelledRows heldOut, IReadOnlyList<AddedRows> added, TableCodec codec, IClassifierTrainer judge)
    {
        (_training, _codec, Judge) = (training, codec, judge.Name);
        Filled = [.. added.SelectMany(a => a.Rows.Labels).Distinct().Order()];
        _sides = [.. added, new AddedRows(HeldOut, Of(heldOut)), new AddedRows(Training, Of(training))];
        JudgedClasses = heldOut.ClassCounts().Count(n => n > 0);
        _distances = new(Distances);
        _recognised = new(() =>
        {
            using IFittedClassifier fitted = judge.Fit(heldOut, null, Seed, default);
            DecisionRule plain = DecisionRule.Even(heldOut.ClassNames.Count);
            return [.. _sides.Select(side => plain.Decide(fitted.Probabilities(side.Rows.Values)))];
        });

        LabelledRows Of(LabelledRows rows) => rows.Pick([.. Enumerable.Range(0, rows.Count).Where(row => Filled.Contains(rows.Labels[row]))]);
    }

    /// <summary>Seed of the intervals, the rows that are drawn and the classifier.</summary>
    public ulong Seed { get; init; }

    /// <summary>The classes that rows were added to.</summary>
    public IReadOnlyList<long> Filled { get; }

    /// <summary>Classes of which there are held-back rows, for the classifier to learn.</summary>
    public int JudgedClasses { get; }

    /// <summary>The classifier.</summary>
    public string Judge { get; }

    /// <summary>Held-back rows of the classes that rows were added to.</summary>
    public int HeldOutRows => _sides[^2].Rows.Count;

    /// <summary>The distance to the closest training row, of the methods' rows and the held-back ones.</summary>
    internal IEnumerable<Measurement> ClosestRows() => _distances.Value.Sides.Select((distances, i) =>
        Measurement.Median(distances, $"{distances.Length} rows against {_training.Count} training rows") with { Data = _sides[i].Name });

    /// <summary>How many of them lie closer to a training row than a tenth of what training rows of the classes are from their closest.</summary>
    internal IEnumerable<Measurement> NearCopies() => _distances.Value.Sides.Select((distances, i) => Measurement.Mean(
        [.. distances.Select(distance => distance <= NearCopy * _distances.Value.Usual ? 1.0 : 0)],
        FormattableString.Invariant($"at most {NearCopy * _distances.Value.Usual:G3}, a tenth of the training rows' own median")) with
    {
        Data = _sides[i].Name,
    });

    /// <summary>
    /// The mean over the classes of the share that the classifier, which has seen held-back rows alone, takes for its class: of the methods' rows and of the
    /// training rows, which it has not seen either.
    /// </summary>
    internal IEnumerable<Measurement> Recognised() => _sides.Zip(_recognised.Value).Where(side => side.First.Name != HeldOut).Select(side =>
    {
        (long[] asked, long[] said) = (side.First.Rows.Labels, side.Second);
        return Measurement.Of(asked.Length, Share, $"{asked.Length} rows, {Judge} trained on held-out rows") with { Data = side.First.Name };

        double Share(int[] places) => places.GroupBy(place => asked[place]).Average(c => c.Average(place => said[place] == asked[place] ? 1.0 : 0));
    });

    /// <summary>The median between training rows of the classes, and the distances of each side but these.</summary>
    private (double, double[][]) Distances()
    {
        // Distances are those by which resamplers find neighbours: numbers in standard deviations of the training rows, a category that differs adds a penalty.
        LabelledRows[] sampled = [.. _sides.SkipLast(1).Select(side => side.Rows.Pick(EvenPlaces.Of(side.Rows.Count, MostRows)))];
        float[] all = [.. _training.Values, .. sampled.SelectMany(side => side.Values)];
        MixedRows rows = new DecodedRows(_codec, all).Mixed(DecodedRows.Scales(_codec, _training.Values));
        var search = new NearestDistance(rows, [.. Enumerable.Range(0, _training.Count)]);
        int[] filled = [.. Enumerable.Range(0, _training.Count).Where(row => Filled.Contains(_training.Labels[row]))];
        double usual = Quantile.Median([.. EvenPlaces.Of(filled.Length, MostRows).Select(i => Distance(filled[i], filled[i]))]);
        int next = _training.Count;
        return (usual, [.. sampled.Select(side => Enumerable.Range(0, side.Count).Select(_ => Distance(next++, null)).ToArray())]);

        double Distance(int row, int? except) => Math.Sqrt(search.Of(rows.Numbers(row), rows.Categories(row), except));
    }
}

using System.Runtime.CompilerServices;
using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Tables;

/// <summary>What the metrics over tables look at: generated rows against real ones, and what the generator was trained on where that is known.</summary>
internal sealed class TableComparison : IComparison
{
    /// <summary>Rows of each kind at most whose neighbours are looked for.</summary>
    internal const int MostQueries = 5000;

    private readonly Lazy<TableEncoding> _encoding, _predictors;
    // Weak: metrics also ask for samples that they have drawn, which nobody asks for again.
    private readonly ConditionalWeakTable<Table, FeatureSet> _encoded = [];
    private readonly ConditionalWeakTable<Table, Neighbour[][]> _toTraining = [];
    private readonly Lazy<Task?> _task;
    private readonly Lazy<Table> _generated;

    /// <summary>A comparison.</summary>
    /// <param name="generated">Generated rows; columns that the real table lacks are refused.</param>
    /// <param name="real">Real rows that they are compared with, best ones that the generator was not trained on.</param>
    /// <exception cref="UserErrorException">The tables do not have the same columns of the same kinds.</exception>
    public TableComparison(Table generated, Table real)
    {
        Check(generated, real, "generated");
        Real = real;
        _generated = new(() => Snapped(generated.Arranged(real)));
        _encoding = new(() => new TableEncoding(Training ?? Real, [.. Known()], Real.Columns.Select(c => c.Name)));
        _predictors = new(() => new TableEncoding(Training ?? Real, [.. Known()], Real.Columns.Select(c => c.Name).Where(n => n != Target)));
        _task = new(MakeTask);
    }

    /// <summary>Generated rows; their numbers are those of real rows where the two are one (<see cref="SameNumber"/>).</summary>
    public Table Generated => _generated.Value;

    /// <summary>Real rows that they are compared with.</summary>
    public Table Real { get; }

    /// <summary>What the real rows are called in results: <c>test</c> or <c>training</c>.</summary>
    public string RealName { get; init; } = "test";

    /// <summary>The rows that the generator was trained on, where they are known.</summary>
    public Table? Training
    {
        get;
        init => field = value is null ? null : Check(value, Real, "training");
    }

    /// <summary>Real rows that it was not trained on, where there are some.</summary>
    public Table? HeldOut
    {
        get;
        init => field = value is null ? null : Check(value, Real, "held-out");
    }

    /// <summary>The column of categories to predict, or null.</summary>
    public string? Target { get; init; }

    /// <summary>Seed of the intervals, draws and classifiers.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the rows in the place of generated ones are called in results.</summary>
    public string Name { get; private init; } = "generated";

    /// <summary>Whether metrics that have to draw rows again for their intervals do so.</summary>
    internal bool HasIntervals { get; private init; } = true;

    /// <summary>
    /// The training rows in the place of the generated ones, as many: what no generator should be expected to be better than. Null where the generated rows
    /// are compared with the training rows themselves, or these are not known.
    /// </summary>
    internal TableComparison? OfTrainingRows() => Training is null || HeldOut is null || Real != HeldOut ? null
        : new TableComparison(Training.Sample(Generated.Rows, Seed), Real)
        {
            Name = "training",
            RealName = RealName,
            Training = Training,
            Target = Target,
            Seed = Seed,
            HasIntervals = false,
        };

    internal string Sizes => $"{Generated.Rows} {Name} against {Real.Rows} {RealName} rows";

    /// <summary>What a classifier is trained and scored on; null where there is no target of categories, or no row that the generator never saw.</summary>
    internal Task? LearningTask => _task.Value;

    /// <summary>Rows as vectors in which columns count alike.</summary>
    internal FeatureSet Encoded(Table table)
    {
        if (!_encoded.TryGetValue(table, out FeatureSet? rows)) _encoded.Add(table, rows = _encoding.Value.Encode(table));
        return rows;
    }

    /// <summary>The two closest training rows of rows of a table.</summary>
    internal Neighbour[][] ToTraining(Table table)
    {
        if (!_toTraining.TryGetValue(table, out Neighbour[][]? nearest))
            _toTraining.Add(table, nearest = Distances.Nearest(Encoded(table.Sample(MostQueries, Seed)), Encoded(Training!), Math.Min(2, Training!.Rows)));
        return nearest;
    }

    private Table Snapped(Table generated) => generated.WithColumns([.. generated.Columns.Select(column => !column.IsNumeric ? column
        : SameNumber.Snapped(column, new[] { Real, Training, HeldOut }.OfType<Table>().Select(table => table[column.Name])))]);

    private IEnumerable<Table> Known() => new[] { Generated, Real, Training, HeldOut }.OfType<Table>();

    private Task? MakeTask()
    {
        if (HeldOut is null || Target is null || Real[Target].IsNumeric) return null;
        string[] classes = [.. Known().SelectMany(t => t[Target].Words!.Select(w => w ?? "")).Distinct().Order(StringComparer.Ordinal)];
        FeatureSet generated = Rows(Generated);
        FeatureSet? training = Training is null ? null : Rows(Training);
        FeatureSet? together = training is null ? null : new FeatureSet([.. training.Values, .. generated.Values], training.Columns,
            [.. training.Labels!, .. generated.Labels!]);
        return new Task(generated, training, together, Rows(HeldOut), classes);

        FeatureSet Rows(Table table) => new(_predictors.Value.Encode(table).Values, _predictors.Value.Width,
            [.. table[Target].Words!.Select(w => (long)Array.IndexOf(classes, w ?? ""))]);
    }

    private static Table Check(Table table, Table real, string name)
    {
        foreach (TableColumn column in real.Columns)
        {
            if (!table.Has(column.Name))
                throw new UserErrorException($"the {name} table lacks the column '{column.Name}' of the real one; give tables of the same columns.");
            if (table[column.Name].IsNumeric != column.IsNumeric)
                throw new UserErrorException($"column '{column.Name}' holds {(column.IsNumeric ? "numbers" : "words")} " +
                    $"in the real table but not in the {name} one; give tables of the same kinds.");
        }
        if (table.Columns.FirstOrDefault(c => !real.Has(c.Name)) is { } extra)
            throw new UserErrorException($"the {name} table has a column '{extra.Name}' that the real one lacks; give tables of the same columns.");
        return table;
    }

    /// <summary>A classifier's material.</summary>
    internal sealed record Task(FeatureSet Generated, FeatureSet? Training, FeatureSet? Together, FeatureSet Test, IReadOnlyList<string> ClassNames);
}

using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>What one pass over the view that is being fitted found: the classes, and that every row can be used.</summary>
internal abstract class FittedRows
{
    private readonly Dictionary<string, int> _index = [];

    private protected FittedRows(IDataView view, DataViewSchema.Column label) => (View, Label) = (view, label);

    /// <summary>The view that is being fitted.</summary>
    public IDataView View { get; }

    /// <summary>The label column of <see cref="View"/>.</summary>
    public DataViewSchema.Column Label { get; }

    /// <summary>The classes in the order in which they first occur.</summary>
    public IReadOnlyList<ClassCount> Classes { get; private set; } = [];

    /// <summary>Rows of <see cref="View"/>, with and without a label.</summary>
    public int RowCount { get; private set; }

    /// <summary>The label column's value in the first row of each class: every row of the class has it.</summary>
    internal ColumnBuffer Labels { get; private set; } = null!;

    /// <summary>
    /// What tells the class of a cursor's current row: its index into <see cref="Classes"/>, or -1 for a row without a label. Nothing is kept a row, so that a
    /// view may be larger than memory.
    /// </summary>
    /// <param name="row">A cursor over <see cref="View"/> that was asked for <see cref="Label"/>.</param>
    /// <exception cref="UserErrorException">Thrown by the function: the class was not there when the view was fitted.</exception>
    public Func<int> ClassOf(DataViewRow row)
    {
        Func<string?> className = ClassNames.Reader(row, Label);
        return () => className() is not { } name ? -1 : _index.TryGetValue(name, out int c) ? c : throw new UserErrorException(
            $"the training data has rows of class '{name}' now and had none when it was fitted; do not change it while it is in use");
    }

    /// <summary>Generates the rows that are to be added.</summary>
    /// <exception cref="UserErrorException">The resampler does not fit the rows.</exception>
    internal abstract GeneratedRows Generate(UpsamplingOptions options, FitContext fit);

    /// <summary>Refuses a view that has another number of rows than it had when it was fitted.</summary>
    internal void CheckUnchanged(int rows)
    {
        if (rows != RowCount)
            throw new UserErrorException(
                $"the training data had {RowCount} rows when it was fitted and has {rows} now; do not change it while it is in use");
    }

    /// <summary>Refuses more added rows than there can be, before a generator is trained for them.</summary>
    internal static void CheckCount(IReadOnlyList<int> additions)
    {
        if (additions.Sum(a => (long)a) is var all && all > Array.MaxLength)
            throw new UserErrorException($"the balance asks for {all} added rows, and {Array.MaxLength} are possible; ask for fewer rows");
    }

    /// <summary>Seed of the rows that are added to a class.</summary>
    private protected static ulong SeedOf(FitContext fit, string className) => SeedStream.Derive(fit.Seed, $"up-sampling {className}");

    /// <summary>The donors of a class: those that the generator chose, or its rows in turn.</summary>
    private protected static Donors DonorsOf(int[]? chosen, int additions, int count) =>
        chosen is null ? Donors.InTurn(additions, count) : Donors.Chosen(chosen);

    /// <summary>Refuses a generator that does not make the classes that get rows.</summary>
    internal void CheckClasses(IReadOnlyList<int> additions, IReadOnlyCollection<string> known, string generator)
    {
        if (Classes.Where((c, i) => additions[i] > 0 && !known.Contains(c.Name)).Select(c => c.Name).FirstOrDefault() is { } strange)
        {
            throw new UserErrorException($"{generator} does not know class '{strange}' of column '{Label.Name}'; "
                + (known.Count == 0 ? "it was trained without classes, so train a conditional generator" : $"its classes are {ClassMatch.List(known)}"));
        }
    }

    /// <summary>The one pass: counts classes, and lets every row be checked.</summary>
    /// <param name="checkedColumns">The columns that are looked at beside the label.</param>
    /// <param name="checker">Makes what checks a cursor's current row, which it is told the number of, from 1.</param>
    private protected void Scan(IEnumerable<DataViewSchema.Column> checkedColumns, Func<DataViewRow, Action<int>> checker)
    {
        using DataViewRowCursor cursor = View.GetRowCursor(checkedColumns.Append(Label));
        Func<string?> className = ClassNames.Reader(cursor, Label);
        Action<int> check = checker(cursor);
        Labels = ColumnBuffer.Create(Label.Type);
        Action<int> keepLabel = Labels.Reader(cursor, Label);
        var counts = new List<int>();
        while (cursor.MoveNext())
        {
            check(++RowCount);
            if (className() is not { } name)
                continue;
            if (!_index.TryGetValue(name, out int index))
            {
                _index.Add(name, index = counts.Count);
                keepLabel(index);
                counts.Add(0);
            }
            counts[index]++;
        }
        Classes = [.. _index.Select(entry => new ClassCount(entry.Key, counts[entry.Value]))];
        if (Classes.Count == 0)
            throw new UserErrorException(RowCount == 0
                ? "the training data has no rows; give at least one row of each class"
                : $"none of the {RowCount} training rows has a value in label column '{Label.Name}'");
    }
}

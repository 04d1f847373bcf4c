using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>
/// A resampler of your own: it looks at the real rows of each class that is enlarged and generates new ones. Written once, it serves a column of vectors (all
/// numbers) and columns of a table (numbers and categories).
/// </summary>
public abstract class RowResampler : Resampler
{
    /// <summary>The method, as reports and messages name it.</summary>
    public abstract string Name { get; }

    /// <summary>Looks at the rows of a class. Fit calls it once for each class that gets rows.</summary>
    /// <param name="rows">All real rows of the class, at least one.</param>
    /// <exception cref="UserErrorException">Throw it where the method cannot work on these rows; say which, and what to do.</exception>
    protected internal abstract RowGenerator Fit(ClassRows rows);

    /// <summary>The method's name for rows of such columns.</summary>
    private protected virtual string NameFor(bool categories) => Name;

    /// <summary>Whether each added row is a real one once more: it is then copied column by column, and not generated.</summary>
    private protected virtual bool Repeats => false;

    internal sealed override VectorGenerator Open(VectorRows rows, FitContext fit)
    {
        float[][] blocks = rows.ReadFeatures(c => fit.Additions[c] > 0);
        return new ResampledVectors(NameFor(categories: false), rows,
            Fitted(rows, fit, c => new VectorClassRows(rows.Classes[c].Name, rows.Label.Name, blocks[c], rows.FeatureCount)));
    }

    internal sealed override ColumnGenerator Open(TableRows rows, FitContext fit)
    {
        ClassRows[] classes = TableClassRows.Read(rows, c => fit.Additions[c] > 0);
        return new ResampledColumns(NameFor(rows.Columns.Any(TableRows.IsCategory)), rows, Fitted(rows, fit, c => classes[c]), Repeats);
    }

    /// <summary>What generates rows of the classes that get some.</summary>
    private Dictionary<string, RowGenerator> Fitted(FittedRows rows, FitContext fit, Func<int, ClassRows> rowsOf) =>
        Enumerable.Range(0, rows.Classes.Count).Where(c => fit.Additions[c] > 0).ToDictionary(c => rows.Classes[c].Name, c => Fit(rowsOf(c)));
}

/// <summary>Makes rows of one class, for a <see cref="RowResampler"/>.</summary>
public abstract class RowGenerator
{
    private double[] _numbers = [];

    /// <summary>
    /// Makes row number <paramref name="index"/> of the stream of <paramref name="seed"/>. It depends on these two alone, so that the same seed gives the same
    /// rows.
    /// </summary>
    /// <param name="seed">Seed of the class's rows.</param>
    /// <param name="index">Which row, from 0.</param>
    /// <param name="numbers">[numbers of a row] to fill; NaN says that a column's value is missing, which only columns of Single and Double may be.</param>
    /// <param name="categories">[categories of a row] to fill; a category that the column's type cannot hold is refused.</param>
    public abstract void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories);

    /// <summary>
    /// The real row, counted from 0 within the class, whose values the added one has in columns that are not generated. By default the rows take turns.
    /// </summary>
    /// <param name="seed">As in <see cref="Generate"/>.</param>
    /// <param name="index">As in <see cref="Generate"/>.</param>
    /// <param name="rows">How many real rows the class has.</param>
    public virtual int Donor(ulong seed, long index, int rows) => (int)(index % rows);

    /// <summary>The same row as a vector.</summary>
    internal virtual void GenerateVector(ulong seed, long index, Span<float> vector)
    {
        if (_numbers.Length != vector.Length)
            _numbers = new double[vector.Length];
        Generate(seed, index, _numbers, []);
        for (int j = 0; j < vector.Length; j++)
            vector[j] = (float)_numbers[j];
    }
}

using GanPipeline.Tables;

namespace GanPipeline.MlNet;

/// <summary>The real rows of one class, as a <see cref="RowResampler"/> sees them: numbers, and categories (texts and Booleans).</summary>
public abstract class ClassRows
{
    private protected ClassRows(string className, string labelColumn) => (ClassName, LabelColumn) = (className, labelColumn);

    /// <summary>The class.</summary>
    public string ClassName { get; }

    /// <summary>The column that has it, for messages.</summary>
    public string LabelColumn { get; }

    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Numbers of a row: those of the vector, or the columns of numbers in the order in which they were named.</summary>
    public abstract int NumberCount { get; }

    /// <summary>Categories of a row: the columns of text and Booleans in the order in which they were named; none in vectors.</summary>
    public abstract int CategoryCount { get; }

    /// <summary>A number of a row; NaN where a column has none.</summary>
    public abstract double Number(int row, int column);

    /// <summary>A category of a row; empty where a column has none.</summary>
    public abstract string Category(int row, int column);

    /// <summary>
    /// What distances in a column of numbers are measured in: the standard deviation of the column over all classes; of vectors always 1.
    /// </summary>
    public abstract double Scale(int column);

    /// <summary>The least and the largest number of a column over all classes; of vectors, infinities.</summary>
    internal abstract (double Least, double Most) Range(int column);

    /// <summary>Whether some row has no number in a column.</summary>
    internal abstract bool HasMissing(int column);

    /// <summary>The rows as a search for neighbours sees them.</summary>
    internal abstract MixedRows Mixed();
}

/// <summary>Vectors of one class.</summary>
/// <param name="className">The class.</param>
/// <param name="labelColumn">The column that has it.</param>
/// <param name="numbers">[N, columns], row-major.</param>
/// <param name="columns">Numbers of a vector.</param>
internal sealed class VectorClassRows(string className, string labelColumn, float[] numbers, int columns) : ClassRows(className, labelColumn)
{
    public override int Count => numbers.Length / columns;

    public override int NumberCount => columns;

    public override int CategoryCount => 0;

    public override double Number(int row, int column) => numbers[(row * columns) + column];

    public override string Category(int row, int column) => throw new ArgumentOutOfRangeException(nameof(column), column, "vectors have no categories");

    public override double Scale(int column) => 1;

    internal ReadOnlySpan<float> Row(int row) => numbers.AsSpan(row * columns, columns);

    internal override (double Least, double Most) Range(int column) => (double.NegativeInfinity, double.PositiveInfinity);

    internal override bool HasMissing(int column) => false;

    internal override MixedRows Mixed() => MixedRows.OfNumbers(numbers, columns);
}

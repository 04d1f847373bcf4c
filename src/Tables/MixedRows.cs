namespace GanPipeline.Tables;

/// <summary>Rows of numbers and categories, as a search for neighbours and a resampler see them.</summary>
internal sealed class MixedRows
{
    private readonly ReadOnlyMemory<float> _numbers; // [rows, numbers]
    private readonly int[] _categories; // [rows, categories]

    private MixedRows(int count, ReadOnlyMemory<float> numbers, int numberColumns, int[] categories, int categoryColumns) =>
        (Count, _numbers, NumberColumns, _categories, CategoryColumns) = (count, numbers, numberColumns, categories, categoryColumns);

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Numbers of a row.</summary>
    public int NumberColumns { get; }

    /// <summary>Categories of a row.</summary>
    public int CategoryColumns { get; }

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Numbers(int row) => _numbers.Span.Slice(row * NumberColumns, NumberColumns);

    /// <summary>The numbers of rows that follow one another, row-major.</summary>
    public ReadOnlySpan<float> Numbers(int first, int count) => _numbers.Span.Slice(first * NumberColumns, count * NumberColumns);

    /// <summary>The categories of a row: two are equal where their numbers are.</summary>
    public ReadOnlySpan<int> Categories(int row) => _categories.AsSpan(row * CategoryColumns, CategoryColumns);

    /// <summary>Rows of numbers alone; they are not copied.</summary>
    /// <param name="rows">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row, at least 1.</param>
    public static MixedRows OfNumbers(ReadOnlyMemory<float> rows, int columns) => new(rows.Length / columns, rows, columns, [], 0);

    /// <summary>
    /// Encoded rows of a table: its scalars, and which slot of each column is chosen, so that a column costs the same however many values it has.
    /// </summary>
    /// <param name="rows">[N, width of the code], row-major.</param>
    /// <param name="codec">The code.</param>
    public static MixedRows OfCode(ReadOnlyMemory<float> rows, TableCodec codec)
    {
        (int First, int Length)[] blocks = [.. codec.Layout().Where(c => c.Column.Slots > 0).Select(c => (c.Slot, c.Column.Slots))];
        int width = codec.Width, count = rows.Length / width, scalars = codec.Scalars; // they stand before the slots
        float[] numbers = new float[count * scalars];
        int[] chosen = new int[count * blocks.Length];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> code = rows.Span.Slice(row * width, width);
            code[..scalars].CopyTo(numbers.AsSpan(row * scalars));
            for (int block = 0; block < blocks.Length; block++)
                chosen[row * blocks.Length + block] = code.Slice(blocks[block].First, blocks[block].Length).IndexOf(1f);
        }
        return new MixedRows(count, numbers, scalars, chosen, blocks.Length);
    }

    /// <summary>
    /// Columns of a table. The mean of each column of numbers is subtracted, which changes no distance and keeps float32 exact where numbers are large and
    /// alike (dates, years); a column with missing numbers has a category more, which says whether the number is missing, and the mean in its place.
    /// </summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="numbers">Columns of numbers, NaN where one is missing.</param>
    /// <param name="categories">Columns of categories; a missing value is a category, too.</param>
    public static MixedRows OfColumns(int count, IReadOnlyList<double[]> numbers, IReadOnlyList<int[]> categories)
    {
        List<int[]> choices = [.. categories, .. numbers.Where(column => column.Any(double.IsNaN)).Select(column =>
            Array.ConvertAll(column, number => double.IsNaN(number) ? 1 : 0))];
        float[] values = new float[count * numbers.Count];
        for (int i = 0; i < numbers.Count; i++)
        {
            double mean = numbers[i].Where(number => !double.IsNaN(number)).DefaultIfEmpty(0).Average();
            for (int row = 0; row < count; row++)
                values[row * numbers.Count + i] = double.IsNaN(numbers[i][row]) ? 0 : (float)(numbers[i][row] - mean);
        }
        int[] chosen = new int[count * choices.Count];
        for (int i = 0; i < choices.Count; i++)
            for (int row = 0; row < count; row++)
                chosen[row * choices.Count + i] = choices[i][row];
        return new MixedRows(count, values, numbers.Count, chosen, choices.Count);
    }
}

using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Vectors that a <see cref="RowResampler"/> generates.</summary>
internal sealed class ResampledVectors(string name, VectorRows rows, Dictionary<string, RowGenerator> generators) : VectorGenerator
{
    public override string Description => name;

    public override int FeatureCount => rows.FeatureCount;

    public override IReadOnlyCollection<string> ClassNames => generators.Keys;

    public override void Generate(string className, ulong seed, long first, Span<float> features)
    {
        RowGenerator generator = generators[className];
        for (int i = 0; i < features.Length / FeatureCount; i++)
            generator.GenerateVector(seed, first + i, features.Slice(i * FeatureCount, FeatureCount));
        if (features.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var place)
        {
            throw new UserErrorException(FormattableString.Invariant($"{name} gives {features[place]} as number {place % FeatureCount} of a row of class ")
                + $"'{className}', which no feature can be; mend the resampler");
        }
    }

    public override int[] Donors(string className, ulong seed, int count)
    {
        int real = rows.Classes.First(c => c.Name == className).Count;
        return [.. Enumerable.Range(0, count).Select(i => generators[className].Donor(seed, i, real))];
    }
}

/// <summary>Columns of a table that a <see cref="RowResampler"/> generates.</summary>
/// <param name="name">The method.</param>
/// <param name="rows">The real rows.</param>
/// <param name="generators">What generates rows of each class.</param>
/// <param name="repeats">Whether added rows are real ones once more.</param>
internal sealed class ResampledColumns(string name, TableRows rows, Dictionary<string, RowGenerator> generators, bool repeats) : ColumnGenerator
{
    internal override string Description => name;

    internal override IReadOnlyCollection<string> ClassNames => generators.Keys;

    internal override IReadOnlyList<string>? Columns => repeats ? null : [.. rows.Columns.Select(c => c.Name)];

    internal override void Generate(string className, ulong seed, long first, int count, IReadOnlyList<GeneratedColumn> columns, long target)
    {
        RowGenerator generator = generators[className];
        GeneratedColumn[] numbers = [.. Of(columns, category: false)], categories = [.. Of(columns, category: true)];
        var numbersOfRow = new double[numbers.Length];
        var categoriesOfRow = new string[categories.Length];
        for (int i = 0; i < count; i++)
        {
            generator.Generate(seed, first + i, numbersOfRow, categoriesOfRow);
            for (int k = 0; k < numbers.Length; k++)
                numbers[k].Set(target + i, numbersOfRow[k]);
            for (int k = 0; k < categories.Length; k++)
                categories[k].Set(target + i, categoriesOfRow[k]);
        }
    }

    internal override int[] Donors(string className, ulong seed, int count)
    {
        int real = rows.Classes.First(c => c.Name == className).Count;
        return [.. Enumerable.Range(0, count).Select(i => generators[className].Donor(seed, i, real))];
    }

    private IEnumerable<GeneratedColumn> Of(IReadOnlyList<GeneratedColumn> columns, bool category) =>
        rows.Columns.Where(c => TableRows.IsCategory(c) == category).Select(c => columns.First(g => g.Name == c.Name));
}

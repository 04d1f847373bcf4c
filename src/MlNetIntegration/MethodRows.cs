using GanPipeline.Resampling;

namespace GanPipeline.MlNet;

/// <summary>Rows by the recipes of a method: of which real rows each is made, and what each of them counts.</summary>
internal sealed class MethodRows(IResampler method, ClassRows rows) : RowGenerator
{
    private readonly INewRows _recipes = method.Of(rows.Mixed());

    public override void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories)
    {
        NewRow recipe = _recipes.Row(seed, index);
        for (int j = 0; j < numbers.Length; j++)
            numbers[j] = Number(recipe, j);
        for (int j = 0; j < categories.Length; j++)
            categories[j] = Category(recipe, j);
    }

    internal override void GenerateVector(ulong seed, long index, Span<float> vector) =>
        _recipes.Row(seed, index).Numbers(((VectorClassRows)rows).Row, vector);

    public override int Donor(ulong seed, long index, int count) => _recipes.Row(seed, index).Donor;

    private double Number(NewRow recipe, int column)
    {
        if (rows.HasMissing(column) && IsMissing(recipe, column))
            return double.NaN;
        // A Gaussian has no ends: an age below 0 or a byte above 255 would be no value of the column.
        (double least, double most) = rows.Range(column);
        return Math.Clamp(recipe.Number(row => rows.Number(row, column)), least, most);
    }

    private bool IsMissing(NewRow recipe, int column) => recipe.Category(row => double.IsNaN(rows.Number(row, column)));

    private string Category(NewRow recipe, int column) => recipe.Category(row => rows.Category(row, column));
}

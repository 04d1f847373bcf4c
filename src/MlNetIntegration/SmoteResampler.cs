using GanPipeline.Primitives;
using GanPipeline.Resampling;

namespace GanPipeline.MlNet;

/// <summary>SMOTE, and SMOTE-NC where there are categories.</summary>
internal sealed class SmoteResampler(int neighbours) : RowResampler
{
    public override string Name => NameFor(categories: false);

    private protected override string NameFor(bool categories) =>
        $"{(categories ? "SMOTE-NC" : "SMOTE")} with {neighbours} {(neighbours == 1 ? "neighbour" : "neighbours")}";

    protected internal override RowGenerator Fit(ClassRows rows) => rows.Count > neighbours
        ? new MethodRows(new Smote(neighbours), rows)
        : throw new UserErrorException($"class '{rows.ClassName}' of column '{rows.LabelColumn}' has {rows.Count} {(rows.Count == 1 ? "row" : "rows")}, "
            + $"too few for SMOTE with {neighbours} neighbours; "
            + (rows.Count == 1 ? "use Resampler.RandomOversampling()" : $"use Resampler.Smote({rows.Count - 1}) or fewer"));
}

/// <summary>Real rows once more, whole.</summary>
internal sealed class RandomOversamplingResampler : RowResampler
{
    public override string Name => "random over-sampling";

    private protected override bool Repeats => true;

    protected internal override RowGenerator Fit(ClassRows rows) => new MethodRows(new RandomOversampling(), rows);
}

/// <summary>Rows by the recipes of a method: of which real rows each is made, and where between them it lies.</summary>
internal sealed class MethodRows(IResampler method, ClassRows rows) : RowGenerator
{
    private readonly INewRows _recipes = method.Of(rows.Mixed());

    public override void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories)
    {
        NewRow recipe = _recipes.Row(seed, index);
        for (int j = 0; j < numbers.Length; j++)
        {
            numbers[j] = rows.HasMissing(j) && IsMissing(recipe, j) ? double.NaN
                : recipe.Number(rows.Number(recipe.Donor, j), rows.Number(recipe.Neighbour, j));
        }
        for (int j = 0; j < categories.Length; j++)
            categories[j] = Category(recipe, j);
    }

    internal override void GenerateVector(ulong seed, long index, Span<float> vector)
    {
        var vectors = (VectorClassRows)rows;
        NewRow recipe = _recipes.Row(seed, index);
        ReadOnlySpan<float> donor = vectors.Row(recipe.Donor), neighbour = vectors.Row(recipe.Neighbour);
        if (recipe.Donor == recipe.Neighbour)
        {
            donor.CopyTo(vector);
            return;
        }
        for (int j = 0; j < vector.Length; j++)
            vector[j] = recipe.Number(donor[j], neighbour[j]);
    }

    public override int Donor(ulong seed, long index, int count) => _recipes.Row(seed, index).Donor;

    private bool IsMissing(NewRow recipe, int column) => recipe.Category(row => double.IsNaN(rows.Number(row, column)));

    private string Category(NewRow recipe, int column) => recipe.Category(row => rows.Category(row, column));
}

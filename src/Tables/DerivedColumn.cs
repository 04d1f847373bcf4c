using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>A column that is no part of the code of a row, because it follows from others: it is computed from their final values, rounded as they are
/// written.</summary>
/// <param name="Column">The code that it would have; its digits are what the computed numbers are rounded to. Its range is no bound: a product of two generated
/// numbers may be one that no real row has.</param>
/// <param name="Recipe">How it follows.</param>
internal sealed record DerivedColumn(ColumnCode Column, Recipe Recipe)
{
    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name => Column.Name;

    /// <summary>The number of a row, where the recipe is one of numbers.</summary>
    /// <param name="sources">The numbers of the recipe's sources.</param>
    public double Compute(ReadOnlySpan<double> sources) => Column.Rounded(((NumberRecipe)Recipe).Compute(sources));
}

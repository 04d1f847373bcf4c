using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>The values of a column as the graph has them: final, as they are written.</summary>
/// <param name="Value">The values [N, 1].</param>
/// <param name="Chosen">Name of the chosen slots, or of the classes, int64 [N, 1]; null for a column without.</param>
internal sealed record MadeColumn(GraphValue Value, string? Chosen);

/// <summary>A column that follows from others: what <see cref="DerivedColumn.Compute"/> computes, operation for operation, from what they give out.</summary>
internal static class DerivedOutput
{
    /// <summary>The values [N, 1].</summary>
    /// <param name="at">Where in the graph; nothing of an encoded row is read.</param>
    /// <param name="recipe">How the column follows.</param>
    /// <param name="made">The columns that are there already.</param>
    public static GraphValue Add(ColumnGraph at, Recipe recipe, IReadOnlyDictionary<string, MadeColumn> made) => recipe switch
    {
        CopyRecipe copy => made[copy.Source].Value,
        MapRecipe map when at.Column.IsText => at.Graph.TextNode(at.Named("text"), map.Values, made[map.Source].Chosen!),
        MapRecipe map => at.Double("number", "Gather", at.Numbers("numbers", map.Values.Select(at.Column.NumberOf)), made[map.Source].Chosen!),
        NumberRecipe numbers => Rounding.Add(at, Computed(at, numbers, [.. recipe.Sources.Select(name => made[name].Value.Name)])),
        _ => throw new NotSupportedException($"the recipe {recipe.GetType().Name} has no graph"),
    };

    private static GraphValue Computed(ColumnGraph at, NumberRecipe recipe, string[] sources) => recipe switch
    {
        LinearRecipe sum => Sum(at, sum, sources),
        ProductRecipe product => Scaled(at, at.Double("product", "Mul", sources[0], sources[^1]), product.Factor),
        RatioRecipe ratio => Scaled(at, at.Double("ratio", "Div", sources[0], sources[1]), ratio.Factor),
        _ => throw new NotSupportedException($"the recipe {recipe.GetType().Name} has no graph"),
    };

    private static GraphValue Sum(ColumnGraph at, LinearRecipe recipe, string[] sources)
    {
        GraphValue? sum = null;
        for (var i = 0; i < sources.Length; i++)
        {
            var term = at.Double($"term_{i}", "Mul", sources[i], at.Number($"weight_{i}", recipe.Weights[i]));
            sum = sum is null ? term : at.Double($"sum_{i}", "Add", sum.Name, term.Name);
        }

        return recipe.Constant == 0 ? sum! : at.Double("sum", "Add", sum!.Name, at.Number("constant", recipe.Constant));
    }

    private static GraphValue Scaled(ColumnGraph at, GraphValue value, double factor) =>
        factor == 1 ? value : at.Double("scaled", "Mul", value.Name, at.Number("factor", factor));
}

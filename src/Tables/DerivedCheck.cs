using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Refuses columns that follow from others in a way that cannot be, wherever they come from.</summary>
internal static class DerivedCheck
{
    /// <summary>Checks the computed columns of a code.</summary>
    /// <param name="codec">The code.</param>
    /// <param name="classes">Number of the table's classes.</param>
    /// <exception cref="UserErrorException">A recipe does not fit; the message names the column.</exception>
    public static void Check(TableCodec codec, int classes)
    {
        var known = codec.Columns.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.First());
        foreach (DerivedColumn column in codec.Derived)
        {
            if (column is not { Column: { } code, Recipe: { } recipe }) throw new UserErrorException("a computed column is null.");
            code.Check();
            if (!recipe.Fits() || !Fits(code, recipe, codec, classes, known))
                throw new UserErrorException($"column '{code.Name}' cannot be computed as its recipe says.");
            known.TryAdd(code.Name, code);
        }
    }

    /// <summary>Whether the sources stand before, and are of the kind that the recipe takes.</summary>
    private static bool Fits(ColumnCode code, Recipe recipe, TableCodec codec, int classes, Dictionary<string, ColumnCode> known) => recipe switch
    {
        MapRecipe map => (map.Source == codec.Label ? classes : Slots(map.Source, codec)) == map.Values.Count
            && (code.IsText || map.Values.All(value => value.Length == 0 || code.Style is { } style && style.TryParse(value, out double _))),
        CopyRecipe copy => known.GetValueOrDefault(copy.Source) is { } source && source.IsText == code.IsText,
        _ => !code.IsText && recipe.Sources.All(name => known.GetValueOrDefault(name) is { IsText: false }),
    };

    /// <summary>The values that the code of a column chooses among, the missing one included; null where it does not.</summary>
    private static int? Slots(string source, TableCodec codec) => codec.Columns.FirstOrDefault(c => c.Name == source) is { Kind: CodeKind.OneHot } column
        ? column.Categories.Count + (column.HasMissing ? 1 : 0) : null;
}

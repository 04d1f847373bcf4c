using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>Whether the columns that a file computes from others are exactly what their recipes make of the values that it gives for these.</summary>
/// <param name="codec">The code of the table's columns.</param>
/// <param name="classNames">Text of each class.</param>
/// <param name="found">The file's values of each column, by name.</param>
internal sealed class DerivedParity(TableCodec codec, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, Array> found)
{
    /// <summary>How many of the computed columns differ in a row.</summary>
    public int Differing(int row) => codec.Derived.Count(column => !Expected(column, row).Equals(found[column.Name].GetValue(row)));

    private object Expected(DerivedColumn column, int row)
    {
        var values = column.Recipe.Sources.Select(name => found[name].GetValue(row)!).ToArray();
        return column.Recipe switch
        {
            CopyRecipe => values[0],
            MapRecipe map => map.Values[Slot(map.Source, values[0])] is var text && column.Column.IsText ? text : column.Column.NumberOf(text),
            _ => column.Compute([.. values.Cast<double>()]),
        };
    }

    private int Slot(string source, object value)
    {
        if (source == codec.Label)
        {
            return classNames.ToList().IndexOf((string)value);
        }

        var code = codec.Columns.Single(c => c.Name == source);
        return value is "" or double.NaN ? code.MissingSlot
            : value is string text ? code.SlotOf(text) : Enumerable.Range(0, code.Categories.Count).First(slot => code.NumberOf(slot).Equals(value));
    }
}

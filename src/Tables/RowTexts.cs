namespace GanPipeline.Tables;

/// <summary>
/// Encoded rows as texts, as a generator file gives them: every column of the table's own that is no ID or free text, computed ones included.
/// </summary>
/// <param name="codec">The code of the rows.</param>
/// <param name="classNames">Text of each class.</param>
internal sealed class RowTexts(TableCodec codec, IReadOnlyList<string> classNames)
{
    private readonly (ColumnCode Column, int Scalar, int Slot)[] _layout = [.. codec.Layout()];

    /// <summary>A row's texts by column; empty where a value is missing.</summary>
    /// <param name="row">[width of the code]</param>
    /// <param name="label">Its class.</param>
    public IReadOnlyDictionary<string, string> Of(ReadOnlySpan<float> row, long label)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        for (int i = 0; i < _layout.Length; i++)
        {
            (ColumnCode column, int scalarAt, int slotAt) = _layout[i];
            if (column.IsTimeOfDay) continue; // a part of the column before
            (int slot, float scalar) = (column.ChosenSlot(row, slotAt), column.Scalars == 0 ? 0 : row[scalarAt]);
            double? time = column.Time is { } times ? times.Decode(times.ChosenSlot(row, _layout[i + 1].Slot), row[_layout[i + 1].Scalar]) : null;
            values[column.Name] = Decoded(column, slot, scalar, time);
        }
        if (codec.Label is not null) values[codec.Label] = new Value(classNames[(int)label], double.NaN, (int)label);
        foreach (DerivedColumn column in codec.Derived) values[column.Name] = Computed(column, values);
        return values.ToDictionary(value => value.Key, value => value.Value.Text, StringComparer.Ordinal);
    }

    private static Value Decoded(ColumnCode column, int slot, float scalar, double? time)
    {
        if (slot == column.MissingSlot) return new Value("", double.NaN, slot);
        if (column.Scalars == 0)
        {
            string text = slot < column.Categories.Count ? column.Categories[slot] : "";
            return new Value(text, column.IsText || column.Dates is not null || column.Style is null ? double.NaN : column.NumberOf(text), slot);
        }
        if (column.Dates is { } dates)
        {
            double date = column.Decode(slot, scalar);
            return new Value(dates.Text((long)(time is { } t ? dates.Joined(date, t) : date)), double.NaN, slot);
        }
        double number = column.Generate(slot, scalar);
        if (column.Wholes is not { } wholes) return new Value(column.Style!.Format(number), number, slot);
        long whole = wholes.Number(number);
        return new Value(column.Style!.Format(whole), whole, slot);
    }

    private static Value Computed(DerivedColumn column, Dictionary<string, Value> values)
    {
        if (column.Recipe is CopyRecipe copy) return values[copy.Source];
        if (column.Recipe is MapRecipe map)
        {
            string text = map.Values[values[map.Source].Slot];
            return new Value(text, column.Column.IsText ? double.NaN : column.Column.NumberOf(text), -1);
        }
        double number = column.Compute([.. column.Recipe.Sources.Select(name => values[name].Number)]);
        return new Value(double.IsNaN(number) ? "" : column.Column.Style!.Format(number), number, -1);
    }

    private readonly record struct Value(string Text, double Number, int Slot);
}

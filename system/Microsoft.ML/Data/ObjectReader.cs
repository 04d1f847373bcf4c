namespace Microsoft.ML.Data;

/// <summary>Fills objects from rows.</summary>
internal static class ObjectReader<TRow>
    where TRow : class, new()
{
    internal static (MemberColumn Member, DataViewSchema.Column Column)[] Bind(DataViewSchema schema, bool ignoreMissing, SchemaDefinition definition)
    {
        var bound = new List<(MemberColumn, DataViewSchema.Column)>();
        foreach (MemberColumn member in MemberColumn.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.Name) is { } column)
                bound.Add((member, column));
            else if (!ignoreMissing)
                throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find column '{member.Name}'");
        }
        return [.. bound];
    }

    internal static Action<TRow> Filler(DataViewRow row, (MemberColumn Member, DataViewSchema.Column Column)[] columns)
    {
        Action<TRow>[] setters = [.. columns.Select(c => c.Member.Setter<TRow>(row, c.Column))];
        return target =>
        {
            foreach (Action<TRow> set in setters)
                set(target);
        };
    }

    internal static IEnumerable<TRow> ReadAll(IDataView data, bool reuse, (MemberColumn Member, DataViewSchema.Column Column)[] columns)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(columns.Select(c => c.Column));
        Action<TRow> fill = Filler(cursor, columns);
        TRow row = null;
        while (cursor.MoveNext())
        {
            row = reuse && row is not null ? row : new TRow();
            fill(row);
            yield return row;
        }
    }
}

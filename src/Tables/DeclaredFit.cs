namespace GanPipeline.Tables;

/// <summary>The code of a column that takes nothing from the rows: the categories that are declared, or equally wide modes over the declared range.</summary>
internal static class DeclaredFit
{
    private const int Modes = 8;

    /// <summary>Slots that the code has at most.</summary>
    public static long Width(ColumnOverride declared) => (declared.Values?.Count ?? Modes + 1) + 1;

    /// <summary>The code.</summary>
    public static ColumnCode Of(ColumnSchema schema, ColumnOverride declared)
    {
        var code = new ColumnCode(schema.Name, schema.Type, CodeKind.OneHot)
        {
            IsText = declared.Values is not null,
            Style = schema.Style,
            HasMissing = declared.Optional
        };
        if (declared.Values is not null) return code with { Categories = declared.Values };
        (double min, double max) = (declared.Min!.Value, declared.Max!.Value);
        double half = (max - min) / (2 * Modes);
        return code with
        {
            Kind = CodeKind.Mixture,
            Min = min,
            Max = max,
            Centers = [.. Enumerable.Range(0, Modes).Select(k => min + (2 * k + 1) * half)],
            HalfWidths = [.. Enumerable.Repeat(half, Modes)],
        };
    }
}

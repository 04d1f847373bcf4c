using System.ComponentModel.DataAnnotations;

namespace GanPipeline.Tables;

/// <summary>What a user says about one column; null is left to inference.</summary>
internal sealed record ColumnOverride
{
    /// <summary>The column's type.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>How its numbers are encoded.</summary>
    public NumberEncoding? Encoding { get; init; }

    /// <summary>.NET format of its dates.</summary>
    public string? Format { get; init; }

    /// <summary>All values that it may have, each once, in this order; null where they are taken from the rows.</summary>
    public IReadOnlyList<string>? Values { get; init => field = value is null ? null : [.. value.Distinct(StringComparer.Ordinal)]; }

    /// <summary>The smallest number that it may have; goes with <see cref="Max"/>.</summary>
    public double? Min { get; init; }

    /// <summary>The largest number that it may have.</summary>
    public double? Max { get; init; }

    /// <summary>Digits after the decimal point, where the range is declared; 0 for whole numbers.</summary>
    [Range(0, 6)]
    public int? Decimals { get; init; }

    /// <summary>Whether values may be missing, where values or a range are declared.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether all that its code is made of is declared here, so that nothing of it comes from the rows.</summary>
    public bool IsPublic => Values is not null || Min is not null;

    /// <summary>What of a column's description does not go together; null where all does.</summary>
    public string? Conflict()
    {
        if (Min is null != Max is null || Min >= Max) return "min and max go together, and min must be below max";
        if (Min is { } min && Max is { } max && (Type == ColumnType.Integer ? 0 : Decimals) is { } decimals
            && Math.Ceiling(min * Math.Pow(10, decimals)) > Math.Floor(max * Math.Pow(10, decimals)))
            return $"no number of {decimals} decimals lies between min and max; say more decimals, or a wider range";
        bool range = Min is not null, values = Values is not null;
        if (Values is { Count: < 2 }) return "values are a list of at least two different ones";
        if (range && values) return "a column has values or a range (min and max), not both";
        if ((Decimals is not null && !range) || (Optional && !IsPublic))
            return "decimals go with min and max, and optional with those or with values";
        if (range && Type is not (null or ColumnType.Numeric or ColumnType.Integer))
            return "min and max are of numbers; leave the type out, or make it numeric or integer";
        if (values && Type is not (null or ColumnType.Categorical)) return "values are of categories; leave the type out";
        return IsPublic && (Encoding is not null || Format is not null)
            ? "encoding and format are for columns whose values are taken from the rows; leave them out" : null;
    }
}

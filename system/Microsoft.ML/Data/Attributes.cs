namespace Microsoft.ML.Data;

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    public VectorTypeAttribute() => Dims = [0];

    public VectorTypeAttribute(int size) : this([size])
    {
    }

    public VectorTypeAttribute(params int[] dimensions)
    {
        if (dimensions.Any(d => d < 0))
            throw new ArgumentOutOfRangeException(nameof(dimensions), "Should contain only non-negative values");
        Dims = dimensions.Length == 0 ? [0] : dimensions;
    }

    internal int[] Dims { get; }
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute()
    {
    }

    public KeyTypeAttribute(ulong count) => Count = count;

    internal ulong? Count { get; }
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    internal string Name { get; } = name;
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute
{
}

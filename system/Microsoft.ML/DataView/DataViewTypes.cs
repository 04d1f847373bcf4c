using System.Collections.Immutable;

namespace Microsoft.ML.Data;

public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType ?? throw new ArgumentNullException(nameof(rawType));

    public Type RawType { get; }

    public abstract bool Equals(DataViewType other);
}

public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType) : base(rawType)
    {
    }
}

public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType) : base(rawType)
    {
    }
}

public sealed class TextDataViewType : PrimitiveDataViewType
{
    private TextDataViewType() : base(typeof(ReadOnlyMemory<char>))
    {
    }

    public static TextDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType other) => ReferenceEquals(this, other);

    public override string ToString() => "String";
}

public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType() : base(typeof(bool))
    {
    }

    public static BooleanDataViewType Instance { get; } = new();

    public override bool Equals(DataViewType other) => ReferenceEquals(this, other);

    public override string ToString() => "Boolean";
}

public sealed class NumberDataViewType : PrimitiveDataViewType
{
    private NumberDataViewType(Type rawType) : base(rawType)
    {
    }

    public static NumberDataViewType SByte { get; } = new(typeof(sbyte));
    public static NumberDataViewType Byte { get; } = new(typeof(byte));
    public static NumberDataViewType Int16 { get; } = new(typeof(short));
    public static NumberDataViewType UInt16 { get; } = new(typeof(ushort));
    public static NumberDataViewType Int32 { get; } = new(typeof(int));
    public static NumberDataViewType UInt32 { get; } = new(typeof(uint));
    public static NumberDataViewType Int64 { get; } = new(typeof(long));
    public static NumberDataViewType UInt64 { get; } = new(typeof(ulong));
    public static NumberDataViewType Single { get; } = new(typeof(float));
    public static NumberDataViewType Double { get; } = new(typeof(double));

    public override bool Equals(DataViewType other) => ReferenceEquals(this, other);

    public override string ToString() => RawType.Name;
}

public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count) : base(type)
    {
        if (!IsValidDataType(type))
            throw new ArgumentOutOfRangeException(nameof(type), type, "A key's raw type is Byte, UInt16, UInt32 or UInt64.");
        if (count == 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, "A key has at least one value.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count) : this(type, count > 0 ? (ulong)count : throw new ArgumentOutOfRangeException(nameof(count)))
    {
    }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) => type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}

public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, ImmutableArray.Create(size))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions) : this(itemType, dimensions.ToImmutableArray())
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        if (dimensions.IsDefaultOrEmpty || dimensions.Any(d => d < 0))
            throw new ArgumentOutOfRangeException(nameof(dimensions), "A vector has at least one dimension, and none is negative.");
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (size, d) => checked(size * d));
    }

    public PrimitiveDataViewType ItemType { get; }

    public ImmutableArray<int> Dimensions { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other) =>
        other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(ItemType.RawType, Size);

    public override string ToString() =>
        Dimensions is [0] ? $"VarVector<{ItemType}>" : $"Vector<{ItemType}, {string.Join(", ", Dimensions.Select(d => d == 0 ? "*" : $"{d}"))}>";
}

/// <summary>Which data view type a .NET type is, and back.</summary>
internal static class PrimitiveTypes
{
    private static readonly PrimitiveDataViewType[] _all =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16,
        NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double,
    ];

    internal static PrimitiveDataViewType FromRaw(Type rawType) => _all.FirstOrDefault(type => type.RawType == rawType);

    internal static int Code(PrimitiveDataViewType type) => Array.FindIndex(_all, t => t.RawType == type.RawType);

    internal static PrimitiveDataViewType FromCode(int code) => _all[code];

    internal static PrimitiveDataViewType ItemType(this DataViewType type) => (type as VectorDataViewType)?.ItemType ?? type as PrimitiveDataViewType;
}

using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>How the members of a row class map to columns; a program may change names, types and annotations before it is used.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            if (value.ColumnName != columnName)
                throw new ArgumentException($"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.",
                    nameof(columnName));
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in Members(userType, direction).Where(m => m.GetCustomAttribute<NoColumnAttribute>() is null))
        {
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition[name] is not null)
                throw new ArgumentException($"Duplicate column name '{name}' detected, this is disallowed", nameof(userType));
            definition.Add(new(member.Name, TypeOf(member), name));
        }
        return definition;
    }

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        return type.GetFields(flags).Concat<MemberInfo>(type.GetProperties(flags).Where(p => p.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && p.GetGetMethod() is not null) || (direction.HasFlag(Direction.Write) && p.GetSetMethod() is not null))));
    }

    private static DataViewType TypeOf(MemberInfo member)
    {
        (Type rawItem, bool isVector) = MemberTypes.Item(member);
        PrimitiveDataViewType item = PrimitiveTypes.FromRaw(rawItem)
            ?? throw new ArgumentException($"Could not determine an IDataView type and registered custom types for member {member.Name}");
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            decimal largest = Convert.ToDecimal(rawItem.GetField("MaxValue").GetRawConstantValue(), null);
            item = new KeyDataViewType(rawItem, key.Count ?? (ulong)Math.Min(largest, int.MaxValue));
        }
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (vector is not null && !isVector)
            throw new ArgumentException($"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type");
        return isVector ? new VectorDataViewType(item, vector?.Dims ?? [0]) : item;
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType type, string name) => (MemberName, ColumnType, ColumnName) = (memberName, type, name);

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            if (Annotations.Schema.GetColumnOrNull(kind) is not null)
                throw new InvalidOperationException("Column already contains an annotation of this kind.");
            AnnotationGetters.Add(_annotations, kind, annotationType, value);
        }
    }
}

/// <summary>What a member of a row class holds: an item or a vector of them.</summary>
internal static class MemberTypes
{
    internal static Type Of(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    internal static (Type Raw, bool IsVector) Item(MemberInfo member)
    {
        Type type = Of(member);
        bool isVector = type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        Type item = !isVector ? type : type.IsArray ? type.GetElementType() : type.GetGenericArguments()[0];
        return (item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item, isVector);
    }
}

/// <summary>Annotation values as .NET programs give them (arrays, strings) turned into getters of the data view's own types.</summary>
internal static class AnnotationGetters
{
    internal static void Add<T>(DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, T value)
    {
        switch (value)
        {
            case string text:
                builder.Add(kind, type, (ref ReadOnlyMemory<char> destination) => destination = text.AsMemory());
                break;
            case string[] texts:
                AddVector(builder, kind, type, [.. texts.Select(text => text.AsMemory())]);
                break;
            case Array items:
                typeof(AnnotationGetters).GetMethod(nameof(AddVector), BindingFlags.NonPublic | BindingFlags.Static)
                    .MakeGenericMethod(items.GetType().GetElementType()).Invoke(null, [builder, kind, type, items]);
                break;
            default:
                builder.Add(kind, type, (ref T destination) => destination = value);
                break;
        }
    }

    internal static void AddVector<TItem>(DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, TItem[] items) =>
        builder.Add(kind, type, (ref VBuffer<TItem> destination) => new VBuffer<TItem>(items.Length, items).CopyTo(ref destination));
}

using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>One column of a row class: reads the member as a getter of the data view's type, and writes what a row's getter gives into it.</summary>
internal sealed class MemberColumn
{
    private readonly MemberInfo _member;

    private MemberColumn(SchemaDefinition.Column definition, Type rowType)
    {
        _member = (MemberInfo)rowType.GetField(definition.MemberName) ?? rowType.GetProperty(definition.MemberName)
            ?? throw new ArgumentException($"No field or property with name '{definition.MemberName}' found in type '{rowType.FullName}'");
        (Type raw, bool isVector) = MemberTypes.Item(_member);
        Name = definition.ColumnName;
        Type = definition.ColumnType;
        Annotations = definition.Annotations;
        if (isVector != Type is VectorDataViewType)
        {
            (string wanted, string given) = isVector ? ("scalar", "vector") : ("vector", "scalar");
            throw new ArgumentException($"Column '{Name}' is supposed to be {wanted}, but type of associated field '{_member.Name}' is {given}");
        }
        if (Type.ItemType().RawType != raw)
            throw new ArgumentException($"Column '{Name}' is supposed to have item type {Type.ItemType().RawType}, but associated field has type {raw}");
    }

    internal string Name { get; }

    internal DataViewType Type { get; }

    internal DataViewSchema.Annotations Annotations { get; }

    internal static MemberColumn[] Bind(Type rowType, SchemaDefinition definition, SchemaDefinition.Direction direction) =>
        [.. (definition ?? SchemaDefinition.Create(rowType, direction)).Select(column => new MemberColumn(column, rowType))];

    internal static DataViewSchema Schema(IEnumerable<MemberColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (MemberColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    internal Delegate Getter<TRow>(Func<TRow> current) => (Delegate)Call(nameof(GetterOf), [typeof(TRow), MemberTypes.Of(_member)], [current]);

    internal Action<TRow> Setter<TRow>(DataViewRow row, DataViewSchema.Column source)
    {
        (Type raw, bool isVector) = MemberTypes.Item(_member);
        if (isVector != source.Type is VectorDataViewType || raw != source.Type.ItemType().RawType)
        {
            throw new InvalidOperationException(
                $"Can't bind the IDataView column '{Name}' of type '{source.Type}' to '{_member.Name}' of type '{MemberTypes.Of(_member).FullName}'.");
        }
        return (Action<TRow>)Call(nameof(SetterOf), [typeof(TRow), MemberTypes.Of(_member)], [row, source]);
    }

    private object Call(string method, Type[] types, object[] arguments) =>
        typeof(MemberColumn).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance).MakeGenericMethod(types)
            .Invoke(this, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private Delegate GetterOf<TRow, TMember>(Func<TRow> current)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        var read = Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, _member), row).Compile();
        Func<TMember> value = () => read(current());
        if (Type is KeyDataViewType key)
            return Keys(value, key.Count);
        return value switch
        {
            Func<string> text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> destination) => destination = text().AsMemory()),
            Func<string[]> texts => (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> destination) =>
                Copy([.. (texts() ?? []).Select(text => text.AsMemory())], ref destination)),
            _ when typeof(TMember).IsArray => (Delegate)Call(nameof(Vector), [typeof(TMember).GetElementType()], [value]),
            _ when Type is VectorDataViewType => (Delegate)Call(nameof(Buffer), [typeof(TMember).GetGenericArguments()[0]], [value]),
            _ => (ValueGetter<TMember>)((ref TMember destination) => destination = value()),
        };
    }

    /// <summary>A key is 0-based in a .NET object and 1-based in the view, where 0 is missing.</summary>
    private static ValueGetter<TMember> Keys<TMember>(Func<TMember> value, ulong count) => (ref TMember destination) =>
    {
        ulong key = Convert.ToUInt64(value(), null);
        destination = (TMember)Convert.ChangeType(key < count ? key + 1 : 0, typeof(TMember), null);
    };

    private ValueGetter<VBuffer<TItem>> Vector<TItem>(Func<TItem[]> value) => (ref VBuffer<TItem> destination) => Copy(value() ?? [], ref destination);

    private ValueGetter<VBuffer<TItem>> Buffer<TItem>(Func<VBuffer<TItem>> value) => (ref VBuffer<TItem> destination) => value().CopyTo(ref destination);

    private static void Copy<TItem>(TItem[] items, ref VBuffer<TItem> destination) => new VBuffer<TItem>(items.Length, items).CopyTo(ref destination);

    private Action<TRow> SetterOf<TRow, TMember>(DataViewRow row, DataViewSchema.Column source)
    {
        ParameterExpression target = Expression.Parameter(typeof(TRow)), value = Expression.Parameter(typeof(TMember));
        var write = Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.MakeMemberAccess(target, _member), value), target, value).Compile();
        Func<TMember> read = RowValues.Reader<TMember>(row, source);
        return destination => write(destination, read());
    }
}

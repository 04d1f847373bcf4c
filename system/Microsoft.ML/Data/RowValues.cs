using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Reads a row's column as the .NET type a program asks for: the raw type, a string for text, an array for a vector.</summary>
internal static class RowValues
{
    internal static bool CanRead(Type target, DataViewType type) => target == type.RawType
        || (target == typeof(string) && type is TextDataViewType)
        || (target.IsArray && type is VectorDataViewType vector && CanRead(target.GetElementType(), vector.ItemType));

    internal static Func<T> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type.RawType == typeof(T))
            return (Func<T>)Call(nameof(Direct), [typeof(T)], row, column);
        if (typeof(T) == typeof(string))
            return (Func<T>)(object)Text(row, column);
        return typeof(T) == typeof(string[])
            ? (Func<T>)(object)Texts(row, column)
            : (Func<T>)Call(nameof(Items), [typeof(T).GetElementType()], row, column);
    }

    private static object Call(string method, Type[] types, DataViewRow row, DataViewSchema.Column column) =>
        typeof(RowValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static).MakeGenericMethod(types)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null);

    private static Func<T> Direct<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    private static Func<string> Text(DataViewRow row, DataViewSchema.Column column)
    {
        Func<ReadOnlyMemory<char>> read = Direct<ReadOnlyMemory<char>>(row, column);
        return () => read().ToString();
    }

    private static Func<string[]> Texts(DataViewRow row, DataViewSchema.Column column)
    {
        Func<VBuffer<ReadOnlyMemory<char>>> read = Direct<VBuffer<ReadOnlyMemory<char>>>(row, column);
        return () => [.. read().DenseValues().Select(text => text.ToString())];
    }

    private static Func<T[]> Items<T>(DataViewRow row, DataViewSchema.Column column)
    {
        Func<VBuffer<T>> read = Direct<VBuffer<T>>(row, column);
        return () =>
        {
            VBuffer<T> value = read();
            var items = new T[value.Length];
            value.CopyTo(items);
            return items;
        };
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The values of one column in some rows.</summary>
internal abstract class ColumnBuffer
{
    /// <param name="type">The column's type.</param>
    /// <param name="places">Places at first; there are more as they are needed.</param>
    internal static ColumnBuffer Create(DataViewType type, int places = 1)
    {
        Type column = type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(Values<>).MakeGenericType(type.RawType);
        return (ColumnBuffer)Activator.CreateInstance(column, places)!;
    }

    /// <summary>What keeps the row's current value in a place.</summary>
    internal abstract Action<int> Reader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the place that <paramref name="current"/> names when it is called.</summary>
    internal abstract Delegate Getter(Func<int> current);

    private abstract class Typed<T>(int places) : ColumnBuffer
    {
        protected T[] Kept { get; private set; } = new T[places];

        // A value that starts empty gets a buffer of its own, so nothing is shared with the source.
        internal sealed override Action<int> Reader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return place =>
            {
                T[] kept = Kept;
                if (place >= kept.Length)
                    Array.Resize(ref kept, Math.Max(place + 1, 2 * kept.Length));
                Kept = kept;
                getter(ref kept[place]);
            };
        }
    }

    private sealed class Values<T>(int places) : Typed<T>(places)
    {
        internal override Delegate Getter(Func<int> current) => (ValueGetter<T>)((ref T value) => value = Kept[current()]);
    }

    private sealed class Vectors<T>(int places) : Typed<VBuffer<T>>(places)
    {
        // The caller writes into the buffer that it gets, so it gets a copy.
        internal override Delegate Getter(Func<int> current) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => Kept[current()].CopyTo(ref value));
    }
}

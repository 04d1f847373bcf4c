using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The values of one column in the donor rows.</summary>
internal abstract class DonorColumn
{
    internal static DonorColumn Create(DataViewType type, int donors)
    {
        Type column = type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(Values<>).MakeGenericType(type.RawType);
        return (DonorColumn)Activator.CreateInstance(column, donors)!;
    }

    /// <summary>What keeps the row's current value as that of a donor.</summary>
    internal abstract Action<int> Reader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the donor that <paramref name="current"/> names when it is called.</summary>
    internal abstract Delegate Getter(Func<int> current);

    private abstract class Typed<T>(int donors) : DonorColumn
    {
        protected readonly T[] Donors = new T[donors];

        // A value that starts empty gets a buffer of its own, so nothing is shared with the source.
        internal sealed override Action<int> Reader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return donor => getter(ref Donors[donor]);
        }
    }

    private sealed class Values<T>(int donors) : Typed<T>(donors)
    {
        internal override Delegate Getter(Func<int> current) => (ValueGetter<T>)((ref T value) => value = Donors[current()]);
    }

    private sealed class Vectors<T>(int donors) : Typed<VBuffer<T>>(donors)
    {
        // The caller writes into the buffer that it gets, so it gets a copy.
        internal override Delegate Getter(Func<int> current) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => Donors[current()].CopyTo(ref value));
    }
}

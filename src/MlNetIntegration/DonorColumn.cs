using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The values of one column in the donor rows.</summary>
internal abstract class DonorColumn
{
    internal static DonorColumn Create(DataViewRow row, DataViewSchema.Column column, int donors)
    {
        Type type = column.Type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(Values<>).MakeGenericType(column.Type.RawType);
        return (DonorColumn)Activator.CreateInstance(type, row, column, donors)!;
    }

    /// <summary>Keeps the row's current value as that of <paramref name="donor"/>.</summary>
    internal abstract void Read(int donor);

    /// <summary>A getter of the donor that <paramref name="current"/> names when it is called.</summary>
    internal abstract Delegate Getter(Func<int> current);

    private sealed class Values<T>(DataViewRow row, DataViewSchema.Column column, int donors) : DonorColumn
    {
        private readonly T[] _values = new T[donors];
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);

        internal override void Read(int donor) => _getter(ref _values[donor]);

        internal override Delegate Getter(Func<int> current) => (ValueGetter<T>)((ref T value) => value = _values[current()]);
    }

    private sealed class Vectors<T>(DataViewRow row, DataViewSchema.Column column, int donors) : DonorColumn
    {
        private readonly VBuffer<T>[] _values = new VBuffer<T>[donors];
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);

        internal override void Read(int donor) => _getter(ref _values[donor]);

        // The caller writes into the buffer that it gets, so it gets a copy.
        internal override Delegate Getter(Func<int> current) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[current()].CopyTo(ref value));
    }
}

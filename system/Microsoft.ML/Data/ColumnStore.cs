using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Values of one column, copied out of a cursor row by row so that they outlive its buffers.</summary>
internal abstract class ColumnStore
{
    internal static ColumnStore Create(DataViewType type)
    {
        Type store = type is VectorDataViewType vector
            ? typeof(Vectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(Values<>).MakeGenericType(type.RawType);
        return (ColumnStore)Activator.CreateInstance(store, type is VectorDataViewType sized ? [sized.Size] : []);
    }

    /// <summary>What copies the row's current value into a slot.</summary>
    internal abstract Action<int> Recorder(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the value in the slot that <paramref name="slot"/> names when it is called.</summary>
    internal abstract Delegate Getter(Func<int> slot);

    /// <summary>Calls a getter whose type is only known at run time.</summary>
    internal static Func<object> Boxed(Delegate getter) =>
        (Func<object>)typeof(ColumnStore).GetMethod(nameof(BoxedOf), BindingFlags.NonPublic | BindingFlags.Static)
        .MakeGenericMethod(getter.GetType().GetGenericArguments()[0]).Invoke(null, [getter]);

    private static Func<object> BoxedOf<T>(ValueGetter<T> getter) => () =>
    {
        T value = default;
        getter(ref value);
        return value;
    };

    /// <summary>No more slots: what is asked for beyond them is an <see cref="IndexOutOfRangeException"/>.</summary>
    internal abstract void Trim(int slots);

    private abstract class Typed<T> : ColumnStore
    {
        protected T[] Slots = [];

        internal sealed override Action<int> Recorder(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            T value = default;
            return slot =>
            {
                if (slot >= Slots.Length)
                    Array.Resize(ref Slots, Math.Max(16, 2 * slot));
                getter(ref value);
                Slots[slot] = Store(in value);
            };
        }

        internal sealed override Delegate Getter(Func<int> slot) => (ValueGetter<T>)((ref T value) => Load(Slots[slot()], ref value));

        internal sealed override void Trim(int slots) => Array.Resize(ref Slots, slots);

        protected abstract T Store(in T value);

        protected abstract void Load(T stored, ref T value);
    }

    private sealed class Values<T> : Typed<T>
    {
        protected override T Store(in T value) => value;

        protected override void Load(T stored, ref T value) => value = stored;
    }

    private sealed class Vectors<T>(int size) : Typed<VBuffer<T>>
    {
        protected override VBuffer<T> Store(in VBuffer<T> value)
        {
            if (size > 0 && value.Length != size)
                throw new InvalidOperationException($"Caching expected vector of size {size}, but {value.Length} encountered.");
            VBuffer<T> copy = default;
            value.CopyTo(ref copy);
            return copy;
        }

        protected override void Load(VBuffer<T> stored, ref VBuffer<T> value) => stored.CopyTo(ref value);
    }
}

using System.Numerics;
using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Rows as a view with the label and the features column that another view has: its names, types and annotations.</summary>
internal sealed class RowsView : IDataView
{
    private readonly LabelledRows _rows;
    private readonly float[]? _weights;

    /// <summary>A view on rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">What the column of classes is like: a Boolean, or a key.</param>
    /// <param name="features">What the column of numbers is like.</param>
    /// <param name="weightColumn">A column of weights; null for none.</param>
    /// <param name="weights">[rows] what each counts; null where all count the same.</param>
    public RowsView(LabelledRows rows, DataViewSchema.Column label, DataViewSchema.Column features, string? weightColumn, float[]? weights)
    {
        (_rows, _weights) = (rows, weights);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(label.Name, label.Type, label.Annotations);
        schema.AddColumn(features.Name, features.Type, features.Annotations);
        if (weightColumn is not null) schema.AddColumn(weightColumn, NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        int[]? order = null;
        if (rand is not null) rand.Shuffle(order = [.. Enumerable.Range(0, _rows.Count)]);
        return new Cursor(this, [.. columnsNeeded.Select(c => c.Index)], order);
    }

    /// <summary>One cursor, which the contract allows whatever number is asked for.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>A getter of keys of some type; class 0 is the raw key 1, and 0 is a missing one.</summary>
    private static Delegate Keys<T>(Func<long> label)
        where T : INumberBase<T> => (ValueGetter<T>)((ref T value) => value = T.CreateChecked(label() + 1));

    private sealed class Cursor(RowsView view, HashSet<int> active, int[]? order) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _ended;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        private int Row => order is null ? (int)_position : order[_position];

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)Getter(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)Row, 0);

        public override bool MoveNext()
        {
            if (!_ended && ++_position < view._rows.Count) return true;
            (_ended, _position) = (true, -1);
            return false;
        }

        private Delegate Getter(DataViewSchema.Column column)
        {
            LabelledRows rows = view._rows;
            if (column.Index == 1)
                return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
                {
                    VBufferEditor<float> editor = VBufferEditor.Create(ref value, rows.Columns);
                    rows.Row(Row).Span.CopyTo(editor.Values);
                    value = editor.Commit();
                });
            if (column.Index == 2) return (ValueGetter<float>)((ref float value) => value = view._weights?[Row] ?? 1);
            return column.Type is BooleanDataViewType ? (ValueGetter<bool>)((ref bool value) => value = rows.Labels[Row] == 1)
                : GenericCall.Of<Delegate>(typeof(RowsView), nameof(Keys), column.Type.RawType, (Func<long>)(() => rows.Labels[Row]));
        }
    }
}

using GanPipeline.Inference;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>A column that a property of a row has.</summary>
/// <param name="Name">The column.</param>
/// <param name="Member">The property, for messages.</param>
/// <param name="Type">The property's type.</param>
internal sealed record WantedColumn(string Name, string Member, DataViewType Type);

/// <summary>Rows of a generator file as a view.</summary>
internal sealed class SessionDataView : IDataView
{
    private readonly GeneratorSession _session;
    private readonly string? _className;
    private readonly long _label;
    private readonly long _count;
    private readonly ulong _seed;

    /// <param name="session">The open file.</param>
    /// <param name="className">The class; null for a generator without classes.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="seed">Seed of the rows.</param>
    /// <param name="wanted">The columns that are asked for, and their types; empty: all, in the file's own types.</param>
    internal SessionDataView(GeneratorSession session, string? className, long count, ulong seed, IReadOnlyList<WantedColumn> wanted)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (_session, _className, _count, _seed) = (session, className, count, seed);
        _label = className is null ? -1 : ClassMatch.Place(className, session.Info.ClassNames);
        if (session.IsConditional ? _label < 0 : className is not null)
        {
            throw new UserErrorException(session.IsConditional
                ? $"{(className is null ? "no class is named" : $"the generator does not know class '{className}'")}; "
                    + $"its classes are {ClassMatch.List(session.Info.ClassNames)}"
                : $"the generator has no classes, so rows of class '{className}' cannot be asked for; give null for the class");
        }
        Schema = SchemaOf(session.Info, wanted);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(c => c.Index)]);

    /// <summary>One cursor, which the contract allows whatever number is asked for.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(GeneratorInfo info, IReadOnlyList<WantedColumn> wanted)
    {
        List<(string Name, DataViewType Type)> own = info.IsTable
            ? [.. info.Columns.Select(c => (c.Name, (DataViewType)(c.IsText ? TextDataViewType.Instance
                : c.IsInteger ? NumberDataViewType.Int64 : NumberDataViewType.Double)))]
            : [("Features", new VectorDataViewType(NumberDataViewType.Single, info.SampleShape.ToArray()))];
        if (info.ClassNames.Count > 0 && !info.IsTable)
            own.Add(("Label", TextDataViewType.Instance));
        var schema = new DataViewSchema.Builder();
        foreach ((string name, DataViewType type) in wanted.Count == 0 ? own : wanted.Select(w => (w.Name, TypeFor(w, own))))
            schema.AddColumn(name, type);
        return schema.ToSchema();
    }

    private static DataViewType TypeFor(WantedColumn wanted, List<(string Name, DataViewType Type)> own)
    {
        if (own.Find(c => c.Name == wanted.Name) is not { Name: not null } column)
        {
            throw new UserErrorException($"property '{wanted.Member}' has the column '{wanted.Name}', which the generator does not give; its columns are "
                + $"{ClassMatch.List(own.Select(c => c.Name))}; give the property its name by ColumnName, or mark it NoColumn");
        }
        bool fits = column.Type is VectorDataViewType
            ? wanted.Type is VectorDataViewType { ItemType: NumberDataViewType item } && item.Equals(NumberDataViewType.Single)
            : wanted.Type is TextDataViewType or BooleanDataViewType or NumberDataViewType;
        return !fits
            ? throw new UserErrorException($"property '{wanted.Member}' is {wanted.Type}, and the generator's column '{wanted.Name}' is {column.Type}; "
                + (column.Type is VectorDataViewType ? "make it float[]" : "make it a number, a Boolean or text"))
            : column.Type is VectorDataViewType ? column.Type : wanted.Type;
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly SessionDataView _view;
        private readonly HashSet<int> _active;
        private readonly GeneratedColumn?[] _columns; // of a table: the values of the batch
        private readonly int[] _places;
        private readonly float[] _samples;
        private readonly long[] _labels;
        private readonly int _batchSize;
        private long _position = -1;
        private bool _ended;

        internal Cursor(SessionDataView view, HashSet<int> active)
        {
            (_view, _active, _batchSize) = (view, active, (int)Math.Min(view._session.BatchSize, Math.Max(1, view._count)));
            GeneratorInfo info = view._session.Info;
            _labels = new long[info.ClassNames.Count > 0 ? _batchSize : 0];
            Array.Fill(_labels, view._label);
            List<OutputColumn> own = [.. info.Columns];
            _places = [.. view.Schema.Select(c => own.FindIndex(o => o.Name == c.Name))];
            _columns = [.. view.Schema.Select(c => _places[c.Index] >= 0 && active.Contains(c.Index)
                ? GeneratedColumn.Create(c, _batchSize, "the generator") : null)];
            _samples = info.IsTable || !view.Schema.Any(c => c.Type is VectorDataViewType && active.Contains(c.Index)) ? []
                : new float[checked(_batchSize * info.SampleSize)];
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new ArgumentOutOfRangeException(nameof(column), $"column '{column.Name}' is not active: ask for it when the cursor is made");
            Delegate getter = _columns[column.Index]?.Getter(() => PlaceInBatch())
                ?? (column.Type is VectorDataViewType ? SampleGetter() : LabelGetter(column));
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            PlaceInBatch();
            id = new((ulong)_position, 0);
        };

        public override bool MoveNext()
        {
            if (_ended || _position + 1 >= _view._count)
            {
                (_ended, _position) = (true, -1);
                return false;
            }
            if (++_position % _batchSize == 0)
                Fill();
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            (_ended, _position) = (true, -1);
            base.Dispose(disposing);
        }

        private void Fill()
        {
            int rows = (int)Math.Min(_batchSize, _view._count - _position);
            Span<long> labels = _labels.AsSpan(0, Math.Min(rows, _labels.Length));
            if (_samples.Length > 0)
            {
                _view._session.Generate(_view._seed, (ulong)_position, labels, _samples.AsSpan(0, rows * _view._session.Info.SampleSize));
                return;
            }
            if (_columns.All(c => c is null))
                return;
            IReadOnlyList<TableValues> values = _view._session.GenerateRows(_view._seed, (ulong)_position, labels, rows);
            for (int i = 0; i < _columns.Length; i++)
                _columns[i]?.Take(0, values[_places[i]]);
        }

        private int PlaceInBatch() => _position >= 0
            ? (int)(_position % _batchSize)
            : throw new InvalidOperationException("the cursor is not at a row: call MoveNext first, and stop when it returns false");

        private ValueGetter<VBuffer<float>> SampleGetter() => (ref VBuffer<float> value) =>
        {
            int size = _view._session.Info.SampleSize;
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, size);
            _samples.AsSpan(PlaceInBatch() * size, size).CopyTo(editor.Values);
            value = editor.Commit();
        };

        private Delegate LabelGetter(DataViewSchema.Column column)
        {
            GeneratedColumn label = GeneratedColumn.Create(column, 1, "the generator");
            label.Set(0, _view._className!);
            return label.Getter(() =>
            {
                PlaceInBatch();
                return 0;
            });
        }
    }
}

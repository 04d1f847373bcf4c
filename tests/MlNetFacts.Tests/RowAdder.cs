namespace GanPipeline.MlNetFacts.Tests;

/// <summary>The smallest external estimator that adds rows: the source's first rows once more, at the end, with switches for what it may do wrong.</summary>
internal sealed class RowAdder(int rows) : IEstimator<RowAdderTransformer>
{
    public Func<AddedRowsView, AddedRowsView> Break { get; init; } = view => view;

    public Action<ModelSaveContext> SaveWith { get; init; } = ctx => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);

    public bool OnlyFittedView { get; init; }

    public bool RowToRow { get; init; } = true;

    public List<IDataView> FittedOn { get; } = [];

    public List<IDataView> Transformed { get; } = [];

    public RowAdderTransformer Fit(IDataView input)
    {
        FittedOn.Add(input);
        return new(this, input, rows);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}

internal sealed class RowAdderTransformer(RowAdder parent, IDataView fitted, int rows) : ITransformer
{
    public bool IsRowToRowMapper => parent.RowToRow;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)new TransformerChain<ITransformer>()).GetRowToRowMapper(inputSchema);

    public void Save(ModelSaveContext ctx) => parent.SaveWith(ctx);

    public IDataView Transform(IDataView input)
    {
        parent.Transformed.Add(input);
        return parent.OnlyFittedView && !ReferenceEquals(input, fitted) ? input : parent.Break(new AddedRowsView(input, rows));
    }
}

internal sealed record AddedRowsView(IDataView Source, int Added) : IDataView
{
    public Func<long?> RowCount { get; init; } = () => null;

    public Func<Func<DataViewRowCursor>, int, DataViewRowCursor[]> CursorSet { get; init; } = (cursor, _) => [cursor()];

    /// <summary>Where the added rows come from.</summary>
    public IDataView From { get; init; } = Source;

    /// <summary>What an added row's vectors become.</summary>
    public Func<VBuffer<float>, VBuffer<float>> Vector { get; init; } = vector => vector;

    /// <summary>What an added row's numbers become.</summary>
    public Func<float, float> Scalar { get; init; } = number => number;

    public DataViewSchema Schema { get; init; } = Source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => RowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        List<DataViewSchema.Column> columns = [.. columnsNeeded.Select(c => Source.Schema[c.Index])];
        return new Cursor(this, Source.GetRowCursor(columns), From.GetRowCursor(columns.Select(c => From.Schema[c.Index])));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        CursorSet(() => GetRowCursor(columnsNeeded, rand), n);

    private sealed class Cursor(AddedRowsView view, DataViewRowCursor real, DataViewRowCursor again) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _inAdded;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => real.IsColumnActive(view.Source.Schema[column.Index]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            DataViewSchema.Column source = view.Source.Schema[column.Index];
            ValueGetter<TValue> first = real.GetGetter<TValue>(source), second = again.GetGetter<TValue>(view.From.Schema[column.Index]);
            return (ref TValue value) =>
            {
                if (!_inAdded)
                {
                    first(ref value);
                    return;
                }
                second(ref value);
                if (value is VBuffer<float> vector)
                    value = (TValue)(object)view.Vector(vector);
                else if (value is float number)
                    value = (TValue)(object)view.Scalar(number);
            };
        }

        public override bool MoveNext()
        {
            _inAdded = _inAdded || !real.MoveNext();
            bool more = !_inAdded || (again.Position < view.Added - 1 && again.MoveNext());
            _position = more ? _position + 1 : -1;
            return more;
        }

        protected override void Dispose(bool disposing)
        {
            real.Dispose();
            again.Dispose();
            base.Dispose(disposing);
        }
    }
}

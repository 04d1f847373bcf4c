namespace GanPipeline.MlNetFacts.Tests;

/// <summary>The smallest external estimator that adds rows: further ones behind those of the view, with switches for what it may do wrong.</summary>
internal sealed class RowAdder(MLContext ml, int rows) : IEstimator<RowAdder.Transformer>
{
    public Action<ModelSaveContext> SaveWith { get; init; } = ctx => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);

    public bool OnlyFittedView { get; init; }

    public bool RowToRow { get; init; } = true;

    public Transformer Fit(IDataView input) => new(this, input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

    private IDataView Add(IDataView view) =>
        ml.Data.LoadFromEnumerable(ml.Data.CreateEnumerable<Point>(view, reuseRowObject: false).Concat(Point.Some(rows)).ToArray());

    internal sealed class Transformer(RowAdder parent, IDataView fitted) : ITransformer
    {
        public bool IsRowToRowMapper => parent.RowToRow;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
            ((ITransformer)new TransformerChain<ITransformer>()).GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => parent.SaveWith(ctx);

        public IDataView Transform(IDataView input) => parent.OnlyFittedView && !ReferenceEquals(input, fitted) ? input : parent.Add(input);
    }
}

/// <summary>Looks at the view that it is fitted on.</summary>
internal sealed class Watcher(Action<IDataView> look) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        look(input);
        return new TransformerChain<ITransformer>();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}

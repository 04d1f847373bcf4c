namespace Microsoft.ML.Data;

public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input) => new MappedView(input, Map(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract RowMapping Map(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext ctx);
}

public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase()
    {
    }
}

public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private readonly TTransformer _transformer;

    private protected TrivialEstimator(TTransformer transformer) => _transformer = transformer;

    public TTransformer Fit(IDataView input)
    {
        // Wrong columns are found when fitting, not when the first row is read.
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

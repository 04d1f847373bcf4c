using System.IO.Compression;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed class ModelOperationsCatalog
{
    private const string ModelDirectory = "TransformerChain";
    private const string SchemaEntry = "Schema";

    internal ModelOperationsCatalog()
    {
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        ModelSaveContext.Save(archive, model, ModelDirectory);
        if (inputSchema is null)
            return;
        using var writer = new BinaryWriter(archive.CreateEntry(SchemaEntry).Open(), Encoding.UTF8);
        ModelFormat.WriteSchema(writer, inputSchema);
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        inputSchema = null;
        if (archive.GetEntry(SchemaEntry) is { } entry)
        {
            using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
            inputSchema = ModelFormat.ReadSchema(reader);
        }
        return ModelFormat.Load(archive, ModelDirectory);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() => new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);
}

public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ObjectRow<TSrc> _input;
    private readonly ITransformer _transformer;
    private readonly Action<TDst> _fill;

    private protected PredictionEngineBase(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition input, SchemaDefinition output)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        if (!transformer.IsRowToRowMapper)
            throw new ArgumentOutOfRangeException(nameof(transformer), "Must be a row to row mapper");
        _transformer = transformer;
        _input = new(MemberColumn.Bind(typeof(TSrc), input, SchemaDefinition.Direction.Read));
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_input.Schema);
        DataViewRow row = mapper.GetRow(_input, mapper.OutputSchema);
        _fill = ObjectReader<TDst>.Filler(row, ObjectReader<TDst>.Bind(mapper.OutputSchema, ignoreMissingColumns, output));
        OutputSchema = transformer.GetOutputSchema(_input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        TDst prediction = null;
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    private protected void Fill(TSrc example, TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        _input.Set(example);
        _fill(prediction);
    }

    public void Dispose() => (_transformer as IDisposable)?.Dispose();
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition input, SchemaDefinition output)
        : base(transformer, ignoreMissingColumns, input, output)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction) => Fill(example, prediction ??= new TDst());
}

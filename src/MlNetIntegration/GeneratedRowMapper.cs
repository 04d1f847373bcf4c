using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>A generator file applied to single rows.</summary>
internal sealed class GeneratedRowMapper(DataViewSchema input, ApplyGeneratorTransformer transformer) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema { get; } = transformer.GetOutputSchema(input);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Needed(input, [.. dependingColumns.Select(c => c.Index)], transformer);

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new GeneratedRow(row, OutputSchema, [.. activeColumns.Select(c => c.Index)], transformer);

    /// <summary>The input's columns that some of the output's are made of.</summary>
    internal static DataViewSchema.Column[] Needed(DataViewSchema input, HashSet<int> active, ApplyGeneratorTransformer transformer)
    {
        IEnumerable<DataViewSchema.Column> kept = input.Where(c => active.Contains(c.Index));
        return [.. (active.Contains(input.Count) ? kept.Concat(transformer.Sources(input)) : kept).DistinctBy(c => c.Index)];
    }

    private sealed class GeneratedRow(DataViewRow row, DataViewSchema schema, HashSet<int> active, ApplyGeneratorTransformer transformer) : DataViewRow
    {
        public override long Position => row.Position;

        public override long Batch => row.Batch;

        public override DataViewSchema Schema => schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new ArgumentOutOfRangeException(nameof(column), $"column '{column.Name}' is not active: ask for it when the row is made");
            if (column.Index < row.Schema.Count)
                return row.GetGetter<TValue>(row.Schema[column.Index]);
            return SampleGetter() as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}");
        }

        protected override void Dispose(bool disposing)
        {
            row.Dispose();
            base.Dispose(disposing);
        }

        private Delegate SampleGetter()
        {
            GeneratorBatch batch = transformer.NewBatch(1);
            Action<GeneratorBatch, int> read = transformer.Reader(row);
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                read(batch, 0);
                transformer.Generate(batch, 1);
                VBufferEditor<float> editor = VBufferEditor.Create(ref value, transformer.SampleSize);
                batch.Samples.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }
    }
}

namespace GanPipeline.TableFiles;

/// <summary>A table as a Parquet file.</summary>
/// <param name="Columns">Its columns.</param>
internal sealed record ParquetForm(IReadOnlyList<ParquetColumn> Columns) : TableForm
{
    /// <inheritdoc/>
    public override ITableSink Begin(Stream stream, IReadOnlyList<string> header) =>
        new ParquetSink(stream, [.. header.Select(name => Columns.FirstOrDefault(c => c.Name == name) ?? new ParquetColumn(name, ParquetKind.Int64))]);
}

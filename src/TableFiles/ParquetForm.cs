namespace GanPipeline.TableFiles;

/// <summary>A table as a Parquet file.</summary>
/// <param name="Columns">Its columns.</param>
internal sealed record ParquetForm(IReadOnlyList<ParquetColumn> Columns) : TableForm
{
    /// <summary>How numbers are written in the texts that are given.</summary>
    public NumberHints Hints { get; init; } = NumberHints.Invariant;

    /// <inheritdoc/>
    public override ITableSink Begin(Stream stream, IReadOnlyList<string> header) =>
        new ParquetSink(stream, [.. header.Select(name => Columns.FirstOrDefault(c => c.Name == name) ?? new ParquetColumn(name, ParquetKind.Int64))], Hints);
}

using Parquet;
using Parquet.Schema;

namespace GanPipeline.TableFiles;

/// <summary>Writes a Parquet file, a group of rows at a time.</summary>
internal sealed class ParquetSink : ITableSink
{
    private const int GroupRows = 1 << 16;

    private readonly IReadOnlyList<ParquetColumn> _columns;
    private readonly DataField[] _fields;
    private readonly ParquetCells[] _cells;
    private readonly ParquetWriter _writer;
    private long _rows;
    private bool _ended;

    /// <summary>Begins a file of these columns.</summary>
    public ParquetSink(Stream stream, IReadOnlyList<ParquetColumn> columns)
    {
        _columns = columns;
        if (columns.FirstOrDefault(c => c.Kind == ParquetKind.Other) is { } other)
            throw new UserErrorException($"column '{other.Name}': {other.What}, which cannot be written again; remove the column from the file first.");
        _fields = [.. columns.Select(c => c.ToField())];
        _cells = [.. columns.Select(c => c.Cells())];
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_fields), stream).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<string?> row)
    {
        for (int i = 0; i < _cells.Length; i++)
        {
            string? text = row[i];
            if (text is not null && _columns[i].Kind is ParquetKind.Double or ParquetKind.Int64) text = _columns[i].Hints.Plain(text) ?? "?";
            if (_cells[i].TryAdd(text)) continue;
            throw new UserErrorException($"row {_rows + 1}, column '{_columns[i].Name}': '{row[i]}' is no value of the Parquet type {_columns[i].Kind} " +
                "that the column has; write a .csv file, which takes any text.");
        }
        if (++_rows % GroupRows == 0) Flush();
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_cells[0].Count > 0 || _rows == 0) Flush();
        End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ended) return;
        try { End(); }
        catch (Exception e) when (e is IOException or UserErrorException) { } // why it was not completed is told by what came before
    }

    private void End()
    {
        _ended = true;
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Flush()
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int i = 0; i < _cells.Length; i++) _cells[i].Write(group, _fields[i]).GetAwaiter().GetResult();
    }
}

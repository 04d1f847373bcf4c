using System.IO.Compression;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// Copies the rows of a text file into another, to which rows can then be added: byte for byte where both are written alike, else field by field. They are read
/// a block or a row at a time, so the file may be larger than memory.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Source">How it is written.</param>
/// <param name="Target">How the other is to be written.</param>
/// <param name="SyntheticColumn">Name of a column that is added, 0 in every row; null for none.</param>
internal sealed record TableCopy(string Path, TextForm Source, TextForm Target, string? SyntheticColumn)
{
    /// <summary>Writes the file, which appears whole or not at all.</summary>
    /// <param name="file">The other file.</param>
    /// <param name="add">Adds rows in the form that it is given, behind those that are copied.</param>
    /// <param name="stop">Ends the work.</param>
    public void Write(string file, Action<Stream, TextForm> add, CancellationToken stop) => AtomicFile.Write(file, stream =>
    {
        using GZipStream? packing = Target.Packing(stream);
        string newLine = Source.IsWrittenAs(Target) ? Bytes(packing ?? stream, stop) : Fields(packing ?? stream, stop);
        add(packing ?? stream, Target with { NewLine = newLine });
    });

    private string Bytes(Stream stream, CancellationToken stop)
    {
        using Stream bytes = TableText.OpenBytes(Path);
        return CsvCopy.Copy(Path, bytes, Source, stream, SyntheticColumn is null ? null : (SyntheticColumn, "0"), stop);
    }

    private string Fields(Stream stream, CancellationToken stop)
    {
        using ITableRows rows = TableFile.Open(Path);
        using ITableSink sink = (Target with { Packed = false }).Begin(stream, [.. rows.Header, .. Added(SyntheticColumn!)]);
        while (rows.Read())
        {
            stop.ThrowIfCancellationRequested();
            sink.Write([.. rows.Header.Select((_, i) => rows[i]), .. Added("0")]);
        }
        sink.Complete();
        return Target.NewLine;
    }

    private string[] Added(string text) => SyntheticColumn is null ? [] : [text];
}

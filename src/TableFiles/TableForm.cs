namespace GanPipeline.TableFiles;

/// <summary>How a file holds a table.</summary>
internal abstract record TableForm
{
    /// <summary>Begins such a table in a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="header">The columns' names.</param>
    public abstract ITableSink Begin(Stream stream, IReadOnlyList<string> header);

    /// <summary>Writes a table to a file, which appears whole or not at all.</summary>
    /// <exception cref="UserErrorException">The file cannot be written, or a text is no value of its column.</exception>
    public void Write(string path, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows) => AtomicFile.Write(path, stream =>
    {
        using ITableSink sink = Begin(stream, header);
        foreach (IReadOnlyList<string?> row in rows) sink.Write(row);
        sink.Complete();
    });

    /// <summary>How a file is to be written: as its ending says, and in all that it leaves open as the table that it comes from.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="from">The file that the rows come from; null for none.</param>
    /// <param name="source">How that holds them; null for none.</param>
    /// <param name="types">The types of the columns, for a file that has some where the source has none.</param>
    /// <exception cref="UserErrorException">The source has a column that no file of tables takes.</exception>
    public static TableForm For(string path, string? from, TableForm? source, Func<ParquetForm> types)
    {
        if ((source as ParquetForm)?.Columns.FirstOrDefault(c => c.Kind == ParquetKind.Other) is { } other)
            throw new UserErrorException($"{from}, column '{other.Name}': {other.What}, which cannot be written again; remove the column from the file first.");
        if (TableEnding.IsParquet(path)) return source as ParquetForm ?? types();
        TextForm text = source as TextForm ?? TextForm.Usual;
        bool packed = TableEnding.IsPacked(path);
        text = text with { IsUtf8 = true };
        // The separator follows the ending only where that is another than the source's: a .csv file may have semicolons, and a .tsv file commas.
        bool fromTabs = from is not null && TableEnding.HasTabs(from), toTabs = TableEnding.HasTabs(path);
        char separator = toTabs && !fromTabs ? '\t' : fromTabs && !toTabs && TableEnding.IsText(path) && text.Separator == '\t' ? ',' : text.Separator;
        return text with { Separator = separator, Packed = packed, Declaration = separator == text.Separator ? text.Declaration : "" };
    }
}

/// <summary>Takes the rows of a table, one after the other; what it has taken is whole when it is disposed of.</summary>
internal interface ITableSink : IDisposable
{
    /// <summary>Adds a row: a text a column, null where a value is missing.</summary>
    /// <exception cref="UserErrorException">A text is no value of its column.</exception>
    void Write(IReadOnlyList<string?> row);

    /// <summary>Ends the table; without, what was written is none.</summary>
    void Complete();
}

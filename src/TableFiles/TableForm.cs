namespace GanPipeline.TableFiles;

/// <summary>How a file holds a table.</summary>
internal abstract record TableForm
{
    /// <summary>Begins such a table in a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="header">The columns' names.</param>
    public abstract ITableSink Begin(Stream stream, IReadOnlyList<string> header);

    /// <summary>How a file is to be written: as its ending says, and in all that it leaves open as the table that it comes from.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="from">The file that the rows come from; null for none.</param>
    /// <param name="source">How that holds them; null for none.</param>
    /// <param name="types">The types of the columns, for a file that has some where the source has none.</param>
    public static TableForm For(string path, string? from, TableForm? source, Func<ParquetForm> types)
    {
        if (TableEnding.IsParquet(path)) return source as ParquetForm ?? types();
        TextForm text = source as TextForm ?? TextForm.Usual;
        bool packed = TableEnding.IsPacked(path);
        if (TableEnding.HasTabs(path)) return text with { Separator = '\t', Packed = packed, Declaration = text.Separator == '\t' ? text.Declaration : "" };
        return text.Separator == '\t' && TableEnding.IsText(path) && from is not null && TableEnding.HasTabs(from)
            ? text with { Separator = ',', Packed = packed, Declaration = "" } : text with { Packed = packed };
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

namespace GanPipeline.TableFiles;

/// <summary>Opens tables in files of every kind that is read here; which kind it is, the file's first bytes say.</summary>
internal static class TableFile
{
    /// <summary>Reads the whole file.</summary>
    /// <exception cref="UserErrorException">It is missing, damaged, of a kind that is not read, or odd in any way.</exception>
    public static Table Read(string path)
    {
        using ITableRows rows = Open(path, TableReader.InMemory);
        return TableReader.Read(rows, path, TableReader.Sha256(path));
    }

    /// <summary>Finds the values of one column, a row at a time; see <see cref="TableReader"/>.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Read"/>.</exception>
    public static ColumnScan Scan(string path, Func<IReadOnlyList<string>, int> choose, Action<ITableRows>? each = null)
    {
        using ITableRows rows = Open(path);
        return TableReader.Scan(rows, path, choose, each);
    }

    /// <summary>Opens it, to be read a row at a time.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Read"/>.</exception>
    public static ITableRows Open(string path) => Open(path, TableReader.Rules);

    /// <summary>Opens a table that keeps to given rules, where it is a text file.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Read"/>.</exception>
    public static ITableRows Open(string path, CsvRules rules) => IsParquet(path) ? ParquetRows.Open(path, rules) : CsvRows.Open(path, rules);

    /// <summary>How a file holds its table.</summary>
    /// <exception cref="UserErrorException">As for <see cref="Read"/>.</exception>
    public static TableForm FormOf(string path)
    {
        if (!IsParquet(path)) return TextForm.Of(path);
        using ParquetRows rows = ParquetRows.Open(path, TableReader.Rules);
        return new ParquetForm(rows.Columns);
    }

    private static bool IsParquet(string path)
    {
        if (!SpooledInput.Exists(path)) return false; // which reading it as text says
        try
        {
            using FileStream file = SpooledInput.Open(path);
            if (ParquetRows.Begins(file)) return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; } // as above
        return TableEnding.IsParquet(path)
            ? throw new UserErrorException($"{path}: it is no Parquet file, or was cut off (it does not begin and end with PAR1); write it again, " +
                "or give a text file its own ending.")
            : false;
    }
}

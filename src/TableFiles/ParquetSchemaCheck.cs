namespace GanPipeline.TableFiles;

/// <summary>How deep the schema of a footer goes: Parquet.Net calls itself for each level, and the process ends where the stack does.</summary>
internal sealed class ParquetSchemaCheck
{
    private const int MostLevels = 64;
    private const int Type = 1, Children = 5;

    private readonly Stack<long> _open = new(); // columns that are still to come of each group that one is in
    private bool _any, _isColumn;
    private long _children;

    /// <summary>Walks a footer.</summary>
    /// <exception cref="InvalidDataException">It is none, or its schema goes deeper than any table's.</exception>
    public static void Walk(byte[] footer)
    {
        var check = new ParquetSchemaCheck();
        new ParquetThrift(footer, footer.Length) { Number = check.Number, Ended = check.Ended }.Walk(ParquetThrift.Footer);
    }

    private void Number(string of, int field, long value)
    {
        if (of != ParquetThrift.Element) return;
        if (field == Type) _isColumn = true;
        if (field != Children) return;
        if (value is < 0 or > int.MaxValue) throw new InvalidDataException($"a group of its schema has {value} columns");
        _children = value;
    }

    private void Ended(string of)
    {
        if (of != ParquetThrift.Element) return;
        if (_any && _isColumn == _children > 0) throw new InvalidDataException("an element of its schema is neither a column nor a group of columns");
        while (_open.TryPeek(out long none) && none == 0) _open.Pop();
        if (_open.TryPop(out long left)) _open.Push(left - 1);
        if (_children > 0) _open.Push(_children);
        if (_open.Count > MostLevels) throw new InvalidDataException($"its schema has groups in groups, {MostLevels} deep");
        (_any, _isColumn, _children) = (true, false, 0);
    }
}

using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace GanPipeline.TableFiles;

/// <summary>The rows of a Parquet file, a group of rows in memory at a time, and of that only the columns that are asked for.</summary>
internal sealed class ParquetRows : ITableRows
{
    private const long AlwaysAllowed = 1 << 24;
    private const int MostExpansion = 2000, MostFooter = 1 << 26;
    private const string Mark = "PAR1";

    private readonly string _path;
    private readonly FileStream _file;
    private readonly ParquetInput _input;
    private readonly ParquetReader _reader;
    private readonly DataField?[] _fields;
    private readonly ParquetCells?[] _cells;
    private readonly int[] _loaded; // the group whose values each column holds
    private readonly CsvRules _rules;
    private int _group = -1, _row, _rows;

    private ParquetRows(string path, FileStream file, ParquetInput input, ParquetReader reader, CsvRules rules)
    {
        (_path, _file, _input, _reader, _rules) = (path, file, input, reader, rules);
        Columns = [.. reader.Schema.Fields.Select(ParquetColumn.Of)];
        foreach ((Field times, ParquetColumn column) in reader.Schema.Fields.Zip(Columns))
        {
            // Read as the numbers that they are in the file: .NET's times end at ten millionths of a second. The schema is made anew from these elements.
            if (column.Kind is ParquetKind.Date or ParquetKind.Timestamp && ((DataField)times).SchemaElement is { } element)
                (element.LogicalType, element.ConvertedType) = (null, null);
        }
        Field[] fields = [.. reader.Schema.Fields];
        _fields = [.. fields.Select((field, i) => Columns[i].Kind == ParquetKind.Other ? null : (DataField)field)];
        _cells = [.. Columns.Select(c => c.Kind == ParquetKind.Other ? null : c.Cells())];
        _loaded = [.. Columns.Select(_ => -1)];
        Header = [.. Columns.Select(c => c.Name)];
    }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Header { get; }

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public Dialect? Dialect => null;

    /// <inheritdoc/>
    public string? this[int column]
    {
        get
        {
            if (_cells[column] is not { } cells) return null;
            if (_loaded[column] != _group) Guarded(() => Load(column, _group));
            return Guarded(() => cells.Text(_row), column);
        }
    }

    /// <summary>Whether a file begins and ends as a Parquet file does.</summary>
    public static bool Begins(FileStream file)
    {
        if (file.Length < 12) return false;
        Span<byte> four = stackalloc byte[4];
        foreach (long at in new[] { 0, file.Length - four.Length })
        {
            file.Position = at;
            file.ReadExactly(four);
            if (!four.SequenceEqual("PAR1"u8)) return false;
        }
        return true;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="UserErrorException">It is damaged, or claims more than it can hold.</exception>
    public static ParquetRows Open(string path, CsvRules rules)
    {
        FileStream file = SpooledInput.Open(path);
        try
        {
            CheckFooter(path, file);
            var input = new ParquetInput(file);
            ParquetReader reader = Guarded(path, () => ParquetReader.CreateAsync(input, leaveStreamOpen: true).GetAwaiter().GetResult());
            ParquetRows rows = Guarded(path, () => new ParquetRows(path, file, input, reader, rules)); // the schema is decoded only there
            try
            {
                rows.Check();
                rows.FindDigits();
                return rows;
            }
            catch
            {
                rows.Dispose();
                throw;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string? Unreadable(int column) => Columns[column].Kind == ParquetKind.Other ? Columns[column].What : null;

    /// <inheritdoc/>
    public bool Read()
    {
        _row++;
        while (_row >= _rows)
        {
            if (++_group >= _reader.RowGroupCount)
            {
                if (Line == 0 && _rules.NoRows is { } none) throw new UserErrorException($"{_path}: {none}");
                return false;
            }
            (_row, _rows) = (0, (int)_reader.RowGroups[_group].RowCount);
        }
        Line++;
        if (Line > _rules.MostRows) throw new UserErrorException($"{_path}: {_rules.TooManyRows(_rules.MostRows)}");
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    private void Load(int column, int group)
    {
        int rows = (int)_reader.RowGroups[group].RowCount;
        ColumnMetaData chunk = _reader.RowGroups[group].GetMetadata(_fields[column]!)?.MetaData
            ?? throw new InvalidDataException($"a group of {rows} rows lacks the column '{Header[column]}'");
        if (chunk.NumValues != rows) throw new InvalidDataException($"column '{Header[column]}' claims {chunk.NumValues} values in a group of {rows} rows");
        _input.Reading = (rows, chunk.Codec);
        _cells[column]!.Read(_reader.RowGroups[group], _fields[column]!, rows).GetAwaiter().GetResult();
        _loaded[column] = group;
    }

    /// <summary>Bounds what a file claims by what it can hold, before anything is held.</summary>
    private void Check()
    {
        if (Columns.Count == 0) throw new UserErrorException($"{_path}: it has no column.");
        if (Columns.Count > _rules.MostColumns) throw new UserErrorException($"{_path}: {_rules.TooManyColumns(Columns.Count, _rules.MostColumns)}");
        int empty = Columns.ToList().FindIndex(c => string.IsNullOrWhiteSpace(c.Name));
        if (empty >= 0) throw new UserErrorException($"{_path}: column {empty + 1} has no name; give it one.");
        if (Header.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw new UserErrorException($"{_path}: two columns are both named '{twice}'; rename one.");
        for (int group = 0; group < _reader.RowGroupCount; group++)
        {
            long rows = _reader.RowGroups[group].RowCount;
            if (rows is >= 0 and <= int.MaxValue && (rows <= AlwaysAllowed || rows / MostExpansion <= _file.Length)
                && rows * Columns.Count <= Math.Max(AlwaysAllowed, MostExpansion * _file.Length)) continue;
            throw new UserErrorException($"{_path}: it claims a group of {rows} rows in {_file.Length} bytes; it is damaged, or has to be written again in " +
                "smaller groups of rows.");
        }
    }

    /// <summary>Times are written alike in all of a column, so that all of it is looked at once.</summary>
    private void FindDigits()
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (_cells[i] is not ParquetTimes times) continue;
            if (Columns[i].Kind == ParquetKind.Date) continue;
            int digits = int.MinValue, column = i;
            for (int group = 0; group < _reader.RowGroupCount; group++)
            {
                Guarded(() => Load(column, group));
                digits = Math.Max(digits, times.DigitsNeeded());
            }
            times.DigitsWritten = digits == int.MinValue ? 0 : digits;
        }
    }

    /// <summary>The footer says its own length, behind which it is read at once; what it says is walked before.</summary>
    private static void CheckFooter(string path, FileStream file)
    {
        if (!Begins(file)) throw new UserErrorException($"{path}: it is no Parquet file, or was cut off (it does not begin and end with {Mark}); write it " +
            $"again.");
        Span<byte> length = stackalloc byte[4];
        file.Position = file.Length - 8;
        file.ReadExactly(length);
        int footer = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(length);
        if (footer < 1 || footer > file.Length - 12 || footer > MostFooter)
            throw new UserErrorException($"{path}: its footer claims {footer} bytes, which the file does not have; it is damaged: write it again.");
        byte[] bytes = new byte[footer];
        file.Position = file.Length - 8 - footer;
        file.ReadExactly(bytes);
        Guarded(path, () =>
        {
            ParquetSchemaCheck.Walk(bytes);
            return true;
        });
        file.Position = 0;
    }

    private void Guarded(Action work) => Guarded(_path, () =>
    {
        work();
        return true;
    });

    private T Guarded<T>(Func<T> work, int column)
    {
        try { return work(); }
        catch (UserErrorException e) { throw new UserErrorException($"{_path} row {Line}, column '{Header[column]}': {e.Message}"); }
    }

    /// <summary>What Parquet.Net throws at a damaged file can be anything.</summary>
    private static T Guarded<T>(string path, Func<T> work)
    {
        try { return work(); }
        catch (Exception e) when (e is not UserErrorException and not OperationCanceledException)
        {
            throw new UserErrorException($"{path}: it cannot be read as a Parquet file ({e.Message.Split('\n')[0].Trim().TrimEnd('.')}); it may be damaged: " +
                "write it again.", e);
        }
    }
}

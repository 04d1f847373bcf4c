using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace GanPipeline.TableFiles;

/// <summary>Values of a column of a Parquet file, as many as are held at once: a group of rows. They are given out, and taken, as texts.</summary>
internal abstract class ParquetCells
{
    /// <summary>Numbers, whose texts are the shortest that read back as the same.</summary>
    public static ParquetCells OfNumbers<T>() where T : struct, INumber<T> => new ParquetCells<T>(v => v.ToString(null, CultureInfo.InvariantCulture),
        text => T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) ? value : null);

    /// <summary>Values that are held.</summary>
    public abstract int Count { get; }

    /// <summary>Takes a group's values in place of those that are held.</summary>
    public abstract Task Read(ParquetRowGroupReader group, DataField field, int rows);

    /// <summary>The text of a value; null where it is missing.</summary>
    public abstract string? Text(int row);

    /// <summary>Adds a value; false where the text is none of the column's.</summary>
    public abstract bool TryAdd(string? text);

    /// <summary>Writes them, and holds none any more.</summary>
    public abstract Task Write(ParquetRowGroupWriter group, DataField field);
}

/// <summary>Values of a type that holds all of them.</summary>
/// <param name="format">The text of a value.</param>
/// <param name="parse">The value of a text; null for none.</param>
internal class ParquetCells<T>(Func<T, string> format, Func<string, T?> parse) : ParquetCells where T : struct
{
    private T?[] _values = [];
    private int _count;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <summary>A value.</summary>
    protected T? this[int row] => _values[row];

    /// <inheritdoc/>
    public override async Task Read(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (_values.Length < rows) _values = new T?[rows];
        _count = rows;
        await group.ReadAsync<T>(field, _values.AsMemory(0, rows)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string? Text(int row) => _values[row] is { } value ? format(value) : null;

    /// <inheritdoc/>
    public override bool TryAdd(string? text)
    {
        T? value = text is null ? null : parse(text);
        if (value is null && text is { Length: > 0 }) return false; // an empty text says that a number is missing
        if (_count == _values.Length) Array.Resize(ref _values, Math.Max(1024, 2 * _count));
        _values[_count++] = value;
        return true;
    }

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group, DataField field)
    {
        await group.WriteAsync<T>(field, _values.AsMemory(0, _count)).ConfigureAwait(false);
        _count = 0;
    }
}

/// <summary>Texts.</summary>
internal sealed class ParquetTexts : ParquetCells
{
    private string?[] _texts = [];
    private int _count;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override async Task Read(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (_texts.Length < rows) _texts = new string?[rows];
        _count = rows;
        await group.ReadAsync(field, _texts.AsMemory(0, rows)!).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string? Text(int row) => _texts[row];

    /// <inheritdoc/>
    public override bool TryAdd(string? text)
    {
        if (_count == _texts.Length) Array.Resize(ref _texts, Math.Max(1024, 2 * _count));
        _texts[_count++] = text;
        return true;
    }

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group, DataField field)
    {
        await group.WriteAsync(field, new ArraySegment<string>(_texts!, 0, _count)).ConfigureAwait(false);
        _count = 0;
    }
}

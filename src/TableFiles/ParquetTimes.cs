using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace GanPipeline.TableFiles;

/// <summary>
/// Days and times, all of a column as far as its finest value needs: <c>yyyy-MM-dd</c> where all are midnights, and <c>HH:mm:ss</c> with as many digits behind
/// as are not all zero. They are held as the numbers that the file has: .NET's times end at ten millionths of a second.
/// </summary>
/// <param name="column">The column.</param>
internal sealed class ParquetTimes(ParquetColumn column) : ParquetCells
{
    private const long DaySeconds = 86_400;
    private static readonly string[] Written = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];
    private static readonly string[] WrittenTimes = ["HH:mm", "HH:mm:ss"];

    private readonly bool _isDate = column.Kind == ParquetKind.Date, _isTime = column.Kind == ParquetKind.Time;
    private readonly long _second = (long)Math.Pow(10, column.Digits);
    private long?[] _values = []; // days, or units since the epoch or midnight
    private int _count;

    /// <summary>Digits of a second that are written; -1 for days alone.</summary>
    public int DigitsWritten { get; set; } = column.Kind == ParquetKind.Date ? -1 : column.Digits;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override async Task Read(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (_values.Length < rows) _values = new long?[rows];
        _count = rows;
        if (column.Kind == ParquetKind.OldTimestamp)
        {
            var times = new DateTime?[rows];
            await group.ReadAsync<DateTime>(field, times.AsMemory()).ConfigureAwait(false);
            for (int i = 0; i < rows; i++) _values[i] = times[i] is { } time ? (time.Ticks - DateTime.UnixEpoch.Ticks) * 100 : null;
        }
        else if (_isDate || (_isTime && field.ClrType == typeof(int)))
        {
            var days = new int?[rows];
            await group.ReadAsync<int>(field, days.AsMemory()).ConfigureAwait(false);
            for (int i = 0; i < rows; i++) _values[i] = days[i];
        }
        else await group.ReadAsync<long>(field, _values.AsMemory(0, rows)).ConfigureAwait(false);
    }

    /// <summary>Digits that the finest of the values needs; -1 where all are midnights.</summary>
    public int DigitsNeeded()
    {
        int needed = _isTime ? 0 : -1;
        for (int i = 0; i < _count; i++)
        {
            if (_isDate || _values[i] is not { } value) continue;
            long rest = Modulo(value, _second);
            if (rest == 0) needed = Math.Max(needed, Modulo(value, DaySeconds * _second) == 0 ? -1 : 0);
            else needed = Math.Max(needed, rest % (_second / 1000) == 0 ? 3 : column.Digits == 6 || rest % (_second / 1_000_000) == 0 ? 6 : 9);
        }
        return needed;
    }

    /// <inheritdoc/>
    public override string? Text(int row)
    {
        if (_values[row] is not { } value) return null;
        if (_isDate) return Day(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        long seconds = (value - Modulo(value, _second)) / _second, fraction = Modulo(value, _second);
        long seconds0 = Modulo(seconds, DaySeconds);
        DateTime at = Day((seconds - seconds0) / DaySeconds).AddSeconds(seconds0);
        string text = at.ToString(_isTime ? "HH:mm:ss" : DigitsWritten < 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return DigitsWritten <= 0 ? text
            : $"{text}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(column.Digits, '0').PadRight(9, '0')[..DigitsWritten]}";
    }

    /// <inheritdoc/>
    public override bool TryAdd(string? text)
    {
        long? value = string.IsNullOrEmpty(text) ? null : Parse(text);
        if (value is null && text is { Length: > 0 }) return false;
        if (_count == _values.Length) Array.Resize(ref _values, Math.Max(1024, 2 * _count));
        _values[_count++] = value;
        return true;
    }

    /// <inheritdoc/>
    public override async Task Write(ParquetRowGroupWriter group, DataField field)
    {
        if (_isTime && field.ClrType == typeof(int))
            await group.WriteAsync<int>(field, Array.ConvertAll(_values[.._count], v => (int?)v).AsMemory()).ConfigureAwait(false);
        else if (_isTime) await group.WriteAsync<long>(field, _values.AsMemory(0, _count)).ConfigureAwait(false);
        else await group.WriteAsync<DateTime>(field, Array.ConvertAll(_values[.._count], Time).AsMemory()).ConfigureAwait(false);
        _count = 0;
    }

    private DateTime? Time(long? value) => value is not { } v ? null : _isDate ? Day(v)
        : new DateTime(DateTime.UnixEpoch.Ticks + (_second > TimeSpan.TicksPerSecond ? v / (_second / TimeSpan.TicksPerSecond)
            : v * (TimeSpan.TicksPerSecond / _second)), DateTimeKind.Utc);

    /// <summary>The number that the file has for a text; null where it is no such time, or one finer than the column holds.</summary>
    private long? Parse(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? "" : text[(point + 1)..].TrimEnd('Z').TrimEnd('0'), whole = (point < 0 ? text : text[..point]).TrimEnd('Z');
        if (fraction.Length > Math.Min(column.Digits, 7) || !fraction.All(char.IsAsciiDigit)) return null; // Parquet.Net writes ten millionths
        if (!DateTime.TryParseExact(whole, _isTime ? WrittenTimes : Written, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault,
            out DateTime at))
            return null;
        long seconds = _isTime ? at.TimeOfDay.Ticks / TimeSpan.TicksPerSecond : (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        if (_isDate) return fraction.Length == 0 && seconds % DaySeconds == 0 ? seconds / DaySeconds : null;
        Int128 value = (Int128)seconds * _second + long.Parse(fraction.PadRight(column.Digits, '0'), CultureInfo.InvariantCulture);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    private static DateTime Day(long days) => days is >= -719_162 and <= 2_932_896 ? DateTime.UnixEpoch.AddDays(days)
        : throw new UserErrorException("it holds days before the year 1 or after the year 9999; correct them.");

    private static long Modulo(long value, long by) => (value % by + by) % by;
}

using System.Globalization;

namespace GanPipeline.TableFiles;

/// <summary>Finds the types by which a table of texts can be kept in a Parquet file so that all of it reads back as the same.</summary>
internal sealed class ParquetTypes
{
    private const int SureDigits = 15; // that any double keeps

    private readonly NumberHints[] _hints;
    private readonly string[] _names;
    private readonly bool[] _whole, _number, _boolean, _any;

    private ParquetTypes(IReadOnlyList<string> names, Func<string, NumberHints> hints)
    {
        (_names, _hints) = ([.. names], [.. names.Select(hints)]);
        (_whole, _number, _boolean, _any) = (All(), All(), All(), new bool[names.Count]);
        bool[] All() => [.. names.Select(_ => true)];
    }

    /// <summary>Of rows that are read a row at a time.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="hints">How a column's numbers are written; null for as the file writes them.</param>
    public static ParquetForm Of(ITableRows rows, Func<string, NumberHints?> hints)
    {
        var types = new ParquetTypes(rows.Header, name => hints(name) ?? rows.Dialect?.Hints ?? NumberHints.Invariant);
        while (rows.Read()) for (int i = 0; i < types._names.Length; i++) types.Look(i, rows[i]);
        return types.Form();
    }

    /// <summary>Of columns of texts.</summary>
    public static ParquetForm Of(IEnumerable<(string Name, IEnumerable<string?> Texts)> columns, Func<string, NumberHints> hints)
    {
        (string Name, IEnumerable<string?> Texts)[] all = [.. columns];
        var types = new ParquetTypes([.. all.Select(c => c.Name)], hints);
        for (int i = 0; i < all.Length; i++) foreach (string? text in all[i].Texts) types.Look(i, text);
        return types.Form();
    }

    private void Look(int column, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        _any[column] = true;
        if (_boolean[column]) _boolean[column] = text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE";
        text = _hints[column].Plain(text);
        if (_whole[column]) _whole[column] = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            && whole.ToString(CultureInfo.InvariantCulture) == text;
        if (_number[column]) _number[column] = text is not null && IsNumber(text);
    }

    /// <summary>A number whose digits a double holds, and that loses none by being kept as one: 02134 is a name.</summary>
    private static bool IsNumber(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart('-');
        if (digits.Length > 1 && digits[0] == '0' && digits[1] != '.') return false;
        int exponent = digits.IndexOfAny('e', 'E'), counted = 0;
        foreach (char letter in exponent < 0 ? digits : digits[..exponent]) if (char.IsAsciiDigit(letter) && (counted > 0 || letter != '0')) counted++;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            && (counted <= SureDigits || value.ToString("R", CultureInfo.InvariantCulture) == text);
    }

    private ParquetForm Form() => new([.. _names.Select((name, i) => new ParquetColumn(name, !_any[i] ? ParquetKind.Text : _boolean[i] ? ParquetKind.Boolean
        : _whole[i] ? ParquetKind.Int64 : _number[i] ? ParquetKind.Double : ParquetKind.Text) { Hints = _hints[i] })]);
}

using System.Buffers;
using System.Globalization;
using CsvHelper.Configuration;

namespace GanPipeline.Primitives;

/// <summary>How CSV files are written here: RFC 4180, numbers as everywhere in the world of programs.</summary>
internal static class CsvFormat
{
    /// <summary>What a spreadsheet takes a cell for a formula by, in the first place of it (OWASP, CSV injection), also in full width.</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>For a writer, which has to be told how lines end.</summary>
    public static CsvConfiguration Written(string newLine = "\n") => new(CultureInfo.InvariantCulture) { NewLine = newLine };

    /// <summary>
    /// The text of a cell behind an apostrophe, where a spreadsheet would take it for a formula and run it; a number such as -5 stays as it is.
    /// </summary>
    public static string WithoutFormula(string text)
    {
        const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.Length > 0 && FormulaStarts.Contains(text[0]) && !double.TryParse(text, Number, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
    }
}

using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>The texts of a generated column's values, written as the table writes them; empty where a value is missing.</summary>
internal sealed class ColumnTexts
{
    private readonly OutputColumn _column;
    private readonly NumberStyle _style;

    /// <param name="column">The column.</param>
    /// <param name="points">Whether numbers are written with decimal points and without groups, however the table writes them.</param>
    /// <exception cref="UserErrorException">The file says a style of numbers that there is not.</exception>
    public ColumnTexts(OutputColumn column, bool points = false)
    {
        _column = column;
        _style = StyleOf(column);
        if (points) _style = _style with { Point = '.', Thousands = null };
    }

    /// <summary>Bytes that the text of a number takes at most.</summary>
    public int MostBytes => _style.MostBytes;

    /// <summary>The separators of the column's numbers; null for texts.</summary>
    public NumberHints? Hints => _column.IsText ? null : new(_style.Point, _style.Thousands);

    /// <summary>How a column's numbers are written.</summary>
    /// <exception cref="UserErrorException">The file says a style of numbers that there is not.</exception>
    public static NumberStyle StyleOf(OutputColumn column) => column.Style.Length == 0 ? NumberStyle.Shortest
        : NumberStyleText.Parse(column.Style) ?? throw new UserErrorException(
            $"the generator says that column '{column.Name}' has numbers of the style '{column.Style}', which there is not; export it again with this version");

    /// <summary>A generated row as texts.</summary>
    /// <param name="columns">The texts of its columns.</param>
    /// <param name="values">The columns' values.</param>
    /// <param name="row">The row.</param>
    public static string[] Row(ColumnTexts[] columns, IReadOnlyList<TableValues> values, int row) =>
        [.. columns.Select((column, i) => column.Text(values[i], row))];

    /// <summary>Writes the text of a number in UTF-8 and gives its length.</summary>
    public int Write(TableValues values, int row, Span<byte> text) => !_column.IsInteger ? _style.Write(values.Numbers[row], text)
        : values.Integers[row] == OutputColumn.MissingInteger ? 0 : _style.Write(values.Integers[row], text);

    /// <summary>The text of a value.</summary>
    public string Text(TableValues values, int row)
    {
        if (_column.IsText) return values.Texts[row];
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.UTF8.GetString(text[..Write(values, row, text)]);
    }

    /// <summary>The number of a text; NaN where there is none.</summary>
    public double Number(string text) => text.Length > 0 && _style.TryParse(text, out double number) ? number : double.NaN;

    /// <summary>The text of a real number, as a generated one that equals it has it; null where it is none.</summary>
    public string? Text(string real)
    {
        if (_column.IsInteger) return _style.TryParse(real, out long whole) ? _style.Format(whole) : null;
        return _style.TryParse(real, out double number) ? _style.Format(number) : null;
    }
}

using GanPipeline.Inference;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// How a table that is up-sampled writes the numbers of each column: as the one that its generator was trained on, or with other separators, since the same
/// table may have been saved with decimal commas, or come from a Parquet file. The first rows show it.
/// </summary>
internal sealed class FileStyles
{
    private const int MostRows = 1000;

    private readonly Column[] _columns;
    private int _rows;

    /// <param name="info">The generator.</param>
    /// <param name="header">The columns of the table that is up-sampled.</param>
    public FileStyles(GeneratorInfo info, IReadOnlyList<string> header) => _columns = [.. header
        .Select((name, place) => (Output: info.Columns.FirstOrDefault(c => c.Name == name), place)).Where(c => c.Output is { IsText: false })
        .Select(c => new Column(c.place, c.Output!.Name, Possible(ColumnTexts.StyleOf(c.Output))))];

    /// <summary>Hears of a row that is there.</summary>
    public void See(ITableRows row)
    {
        if (_rows++ >= MostRows) return;
        foreach (Column column in _columns) column.See(row[column.Place]);
    }

    /// <summary>The generator's column with the style of the file.</summary>
    public OutputColumn Of(OutputColumn column) =>
        Array.Find(_columns, c => c.Name == column.Name)?.Style is { } style ? column with { Style = NumberStyleText.Of(style) } : column;

    /// <summary>How a column's numbers are written; null where it has none.</summary>
    public NumberHints? HintsOf(string name) =>
        Array.Find(_columns, c => c.Name == name)?.Style is { } style ? new NumberHints(style.Point, style.Thousands) : null;

    /// <summary>The style, and those that differ in the separators.</summary>
    private static NumberStyle[] Possible(NumberStyle own) =>
    [
        own,
        .. from point in new[] { own.Point, own.Point == '.' ? ',' : '.' }
           from thousands in new[] { own.Thousands, null, point == '.' ? ',' : '.' }
           where thousands != point
           select own with { Point = point, Thousands = thousands },
    ];

    private sealed class Column(int place, string name, NumberStyle[] possible)
    {
        private readonly int[] _same = new int[possible.Length];

        public int Place => place;

        public string Name => name;

        /// <summary>The style by which most texts come back the same; of several the one that is most like the generator's.</summary>
        public NumberStyle Style => possible[Array.IndexOf(_same, _same.Max())];

        public void See(string? text)
        {
            if (string.IsNullOrEmpty(text)) return;
            for (int i = 0; i < possible.Length; i++)
                if (possible[i].TryParse(text, out double number) && possible[i].Format(number) == text) _same[i]++;
        }
    }
}

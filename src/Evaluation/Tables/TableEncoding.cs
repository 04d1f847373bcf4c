using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// Rows as vectors in which columns count alike: a number in standard deviations from the mean of a fitted table, a category as its own place of 1/√2, so that
/// two that differ are 1 apart. A missing number is at the mean with a mark of its own. The 100 most frequent categories of a column have places; the others
/// share one.
/// </summary>
internal sealed class TableEncoding
{
    private const int MostCategories = 100;
    private const float Place = 0.70710678f;
    private readonly List<(string Column, int First, double Mean, double Deviation, Dictionary<string, int>? Places)> _columns = [];

    /// <param name="fitted">The table whose means, deviations and frequencies count.</param>
    /// <param name="known">Every table that will be encoded: their categories have places.</param>
    /// <param name="columns">Names of the columns that become part of the vectors.</param>
    public TableEncoding(Table fitted, IReadOnlyList<Table> known, IEnumerable<string> columns)
    {
        foreach (string name in columns)
        {
            if (fitted[name].Numbers is { } numbers)
            {
                (double mean, double deviation) = ColumnSpread.Of([.. numbers.Where(v => !double.IsNaN(v))]);
                _columns.Add((name, Width, mean, deviation > 0 ? deviation : 1, null));
                Width += 2;
                continue;
            }
            IEnumerable<string> frequent = fitted[name].Words!.Concat(known.SelectMany(t => t[name].Words!.Distinct())).Select(w => w ?? "\0")
                .CountBy(w => w).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Take(MostCategories).Select(p => p.Key);
            Dictionary<string, int> places = frequent.Select((w, i) => (w, i)).ToDictionary(p => p.w, p => p.i, StringComparer.Ordinal);
            _columns.Add((name, Width, 0, 1, places));
            Width += places.Count + 1;
        }
        Width = Math.Max(1, Width);
    }

    /// <summary>Numbers in a vector.</summary>
    public int Width { get; }

    public FeatureSet Encode(Table table)
    {
        float[] values = new float[ArrayLimit.Check((Int128)table.Rows * Width, $"{table.Rows} rows as vectors of {Width}", "compare fewer rows")];
        foreach (var (name, first, mean, deviation, places) in _columns)
        {
            TableColumn column = table[name];
            for (int row = 0, at = first; row < table.Rows; row++, at += Width)
            {
                if (places is not null) values[at + places.GetValueOrDefault(column.Words![row] ?? "\0", places.Count)] = Place;
                else if (double.IsNaN(column.Numbers![row])) values[at + 1] = 1;
                else values[at] = (float)((column.Numbers[row] - mean) / deviation);
            }
        }
        return new FeatureSet(values, Width);
    }
}

using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>
/// The only numbers that a column has, apart from those that are modes of their own: standardised whole numbers, logarithms of counts, days on which something
/// took place. Any other number is taken for one of them.
/// </summary>
/// <param name="Values">The numbers, in ascending order.</param>
/// <param name="Borders">[values - 1] where a number begins to be taken for the next of them: the nearer to one, the rarer it is beside its neighbour.</param>
internal sealed record ValueList(IReadOnlyList<double> Values, IReadOnlyList<double> Borders)
{
    /// <summary>Values of a column at most: the file of a generator holds them.</summary>
    public const int Most = 1024;

    private const int LeastRows = 100, Window = 16;
    private const double Expected = 0.75, LeastShare = 1.0 / 16; // float32's rounding of a scalar must not reach over a border

    /// <summary>The list of a column of which a quarter of the different numbers are lacking that chance would have given; null for other columns.</summary>
    /// <param name="code">The code of the column so far, with the heaps of its numbers.</param>
    /// <param name="values">The distinct values in ascending order that are no modes of their own, and the rows that have each.</param>
    /// <param name="alone">The values that are.</param>
    public static ValueList? Of(ColumnCode code, (double Value, int Count)[] values, IReadOnlyCollection<double> alone)
    {
        if (values.Length is < 2 or > Most || values.Sum(v => (long)v.Count) < LeastRows) return null;
        if (values.Length > Expected * ByChance(code, values, alone)) return null;
        return new ValueList([.. values.Select(v => v.Value)], [.. values.Zip(values.Skip(1), Border)]);
    }

    /// <summary>The place in <see cref="Values"/> of what a number is taken for.</summary>
    public int Place(double number)
    {
        (int low, int high) = (0, Borders.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Borders[middle] <= number) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>What a number is taken for.</summary>
    public double Nearest(double number) => Values[Place(number)];

    /// <summary>All numbers that are taken for values of a range: beyond the first and the last as far as to the border on their other side.</summary>
    /// <remarks>A network that is to hit the value at the end of its range as often as others would have to pile up numbers there.</remarks>
    /// <param name="low">The least value, one of the list.</param>
    /// <param name="high">The largest.</param>
    public (double From, double To) Reach(double low, double high)
    {
        (int first, int last) = (Place(low), Place(high));
        return (first > 0 ? Borders[first - 1] : Borders.Count > 0 ? 2 * low - Borders[0] : low,
            last < Borders.Count ? Borders[last] : Borders.Count > 0 ? 2 * high - Borders[^1] : high);
    }

    /// <summary>Whether a number is one of them.</summary>
    public bool Has(double number) => Nearest(number) == number;

    /// <summary>Whether there is such a list: each value is what it is taken for itself.</summary>
    [JsonIgnore]
    public bool IsSound => Values is { Count: >= 1 and <= Most } && Borders is not null && Borders.Count == Values.Count - 1
        && Values.All(double.IsFinite) && Borders.Index().All(b => Values[b.Index] < b.Item && b.Item <= Values[b.Index + 1]);

    private static double Border((double Value, int Count) left, (double Value, int Count) right)
    {
        double share = Math.Clamp(left.Count / ((double)left.Count + right.Count), LeastShare, 1 - LeastShare);
        double border = left.Value * (1 - share) + right.Value * share;
        return Math.Clamp(border, Math.BitIncrement(left.Value), right.Value);
    }

    /// <summary>
    /// How many different numbers there would be if, among as many neighbours as are looked at together, each that the column's style writes were equally
    /// likely, and those of heaps as likely as they are.
    /// </summary>
    private static double ByChance(ColumnCode code, (double Value, int Count)[] values, IReadOnlyCollection<double> alone)
    {
        (double Share, double Step)[] levels = [((double)NumberHeap.Shares - code.Heaps.Sum(heap => heap.Share), 1),
            .. code.Heaps.Select(heap => ((double)heap.Share, heap.Grid.Step / code.Grid.Step))];
        double sum = 0;
        for (int first = 0, end; first < values.Length; first = end)
        {
            end = values.Length - first < 2 * Window ? values.Length : first + Window;
            (double low, double high) = (values[first].Value, values[end - 1].Value);
            // Half of the way to the neighbours belongs to the window, too.
            double step = Math.Max(code.Spacing(low), code.Spacing(high));
            double from = low - (first > 0 ? low - values[first - 1].Value : step) / 2, to = high + (end < values.Length ? values[end].Value - high : step) / 2;
            double rows = values[first..end].Sum(v => (double)v.Count), places = (to - from) / step - alone.Count(value => value > from && value < to);
            foreach ((double share, double multiple) in levels)
            {
                double those = Math.Max(multiple == 1 ? end - first : 1, places / multiple);
                sum += those * -Math.Exp(-rows * share / NumberHeap.Shares / those) + those;
            }
        }
        return sum;
    }
}

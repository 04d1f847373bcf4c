using System.Globalization;

namespace GanPipeline.Evaluation.Tables;

/// <summary>How many rows have a value of a column in some part of its range, or one of its categories.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The category; empty for a range of numbers and for <see cref="Missing"/>.</param>
/// <param name="From">Lower end of a range of numbers, included; NaN for a category.</param>
/// <param name="To">Upper end; NaN for a category.</param>
/// <param name="Missing">Whether these are the rows without a value.</param>
/// <param name="Real">Share of the real rows, 0 to 1.</param>
/// <param name="Generated">Share of the generated rows, 0 to 1.</param>
internal sealed record ColumnShare(string Column, string Value, double From, double To, bool Missing, double Real, double Generated)
{
    private const int Bins = 24, MostCategories = 12;
    private const double Tail = 0.005;

    /// <summary>
    /// The parts of every column: the categories that are most frequent in the real rows, and the others together; numbers of few values as categories, others
    /// in ranges of equal width between the real 0.5 % and 99.5 % quantiles, of which the first and the last reach as far as the values do.
    /// </summary>
    public static IReadOnlyList<ColumnShare> Of(Table generated, Table real) => [.. real.Columns.SelectMany(column => Of(generated[column.Name], column))];

    private static IEnumerable<ColumnShare> Of(TableColumn generated, TableColumn real)
    {
        bool few = real.Numbers?.Where(v => !double.IsNaN(v)).Distinct().Take(MostCategories + 1).Count() <= MostCategories;
        IEnumerable<ColumnShare> parts = real.IsNumeric && !few ? Ranges(generated, real) : Categories(generated, real);
        double realMissing = real.MissingShare, generatedMissing = generated.MissingShare;
        return realMissing + generatedMissing == 0 ? parts
            : parts.Append(new ColumnShare(real.Name, "", double.NaN, double.NaN, true, realMissing, generatedMissing));
    }

    private static IEnumerable<ColumnShare> Categories(TableColumn generated, TableColumn real)
    {
        Dictionary<string, double> realShares = Shares(real), generatedShares = Shares(generated);
        string[] frequent = [.. realShares.Keys.Union(generatedShares.Keys).OrderByDescending(k => realShares.GetValueOrDefault(k))
            .ThenByDescending(k => generatedShares.GetValueOrDefault(k)).ThenBy(k => k, StringComparer.Ordinal)];
        string[] shown = frequent.Length <= MostCategories ? frequent : frequent[..(MostCategories - 1)];
        if (real.IsNumeric) shown = [.. shown.OrderBy(k => double.Parse(k, CultureInfo.InvariantCulture))];
        IEnumerable<ColumnShare> parts = shown.Select(k =>
            new ColumnShare(real.Name, k, double.NaN, double.NaN, false, realShares.GetValueOrDefault(k), generatedShares.GetValueOrDefault(k)));
        string[] others = [.. frequent.Except(shown)];
        return others.Length == 0 ? parts : parts.Append(new ColumnShare(real.Name, $"{others.Length} others", double.NaN, double.NaN, false,
            others.Sum(k => realShares.GetValueOrDefault(k)), others.Sum(k => generatedShares.GetValueOrDefault(k))));
    }

    private static Dictionary<string, double> Shares(TableColumn column) => Enumerable.Range(0, column.Rows).Select(column.Text).OfType<string>()
        .CountBy(text => text).ToDictionary(p => p.Key, p => (double)p.Value / column.Rows, StringComparer.Ordinal);

    private static IEnumerable<ColumnShare> Ranges(TableColumn generated, TableColumn real)
    {
        double[] sorted = [.. real.Numbers!.Where(v => !double.IsNaN(v)).Order()];
        double low = Quantile.OfSorted(sorted, Tail), high = Quantile.OfSorted(sorted, 1 - Tail);
        if (high <= low) (low, high) = (sorted[0], sorted[^1]);
        double[] realCounts = Count(real), generatedCounts = Count(generated);
        double lowest = Math.Min(sorted[0], generated.Numbers!.Where(v => !double.IsNaN(v)).DefaultIfEmpty(low).Min()),
            highest = Math.Max(sorted[^1], generated.Numbers!.Where(v => !double.IsNaN(v)).DefaultIfEmpty(high).Max());
        return Enumerable.Range(0, Bins).Select(bin =>
            new ColumnShare(real.Name, "", bin == 0 ? Math.Min(low, lowest) : Edge(bin), bin == Bins - 1 ? Math.Max(high, highest) : Edge(bin + 1), false,
            realCounts[bin] / real.Rows, generatedCounts[bin] / generated.Rows));

        double Edge(int bin) => low + (high - low) * bin / Bins;

        double[] Count(TableColumn column)
        {
            double[] counts = new double[Bins];
            foreach (double value in column.Numbers!.Where(v => !double.IsNaN(v)))
                counts[(int)Math.Clamp(Math.Floor((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
            return counts;
        }
    }
}

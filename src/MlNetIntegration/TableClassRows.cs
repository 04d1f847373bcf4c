using GanPipeline.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Columns of one class.</summary>
internal sealed class TableClassRows : ClassRows
{
    private readonly double[][] _numbers; // [columns][rows]
    private readonly string[][] _categories; // [columns][rows]; equal texts are one object
    private readonly Spread[] _spreads;
    private readonly bool[] _hasMissing;

    private TableClassRows(string className, string labelColumn, int count, double[][] numbers, string[][] categories, Spread[] spreads)
        : base(className, labelColumn)
    {
        (Count, _numbers, _categories, _spreads) = (count, numbers, categories, spreads);
        _hasMissing = [.. numbers.Select(column => column.Any(double.IsNaN))];
    }

    public override int Count { get; }

    public override int NumberCount => _numbers.Length;

    public override int CategoryCount => _categories.Length;

    public override double Number(int row, int column) => _numbers[column][row];

    public override string Category(int row, int column) => _categories[column][row];

    public override double Scale(int column) => _spreads[column].Deviation;

    internal override (double Least, double Most) Range(int column) => _spreads[column].Range;

    internal override bool HasMissing(int column) => _hasMissing[column];

    internal override MixedRows Mixed() => MixedRows.OfColumns(Count,
        [.. _numbers.Select((column, i) => Array.ConvertAll(column, number => number / Scale(i)))], [.. _categories.Select(Codes)]);

    /// <summary>Reads the rows of some classes in one pass; the others count in the scales alone.</summary>
    /// <param name="rows">The view's rows.</param>
    /// <param name="wanted">Whether the class with an index into <see cref="FittedRows.Classes"/> is wanted.</param>
    /// <returns>For each class its rows; of one that is not wanted, none.</returns>
    internal static ClassRows[] Read(TableRows rows, Func<int, bool> wanted)
    {
        DataViewSchema.Column[] numbers = [.. rows.Columns.Where(c => !TableRows.IsCategory(c))], categories = [.. rows.Columns.Where(TableRows.IsCategory)];
        double[][][] numbersOf = [.. rows.Classes.Select((c, i) => Blocks<double>(numbers.Length, wanted(i) ? c.Count : 0))];
        string[][][] categoriesOf = [.. rows.Classes.Select((c, i) => Blocks<string>(categories.Length, wanted(i) ? c.Count : 0))];
        Spread[] spreads = [.. numbers.Select(_ => new Spread())];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        int[] filled = new int[rows.Classes.Count];
        using (DataViewRowCursor cursor = rows.View.GetRowCursor(rows.Columns.Append(rows.Label)))
        {
            Func<int> classOf = rows.ClassOf(cursor);
            Func<double>[] readNumber = [.. numbers.Select(c => TableRows.NumberOf(cursor, c))];
            Func<string>[] readCategory = [.. categories.Select(c => TableRows.TextOf(cursor, c))];
            int row = 0;
            for (; cursor.MoveNext(); row++)
            {
                int c = classOf();
                if (c < 0)
                    continue;
                int place = filled[c]++;
                bool kept = wanted(c);
                for (int k = 0; k < numbers.Length; k++)
                {
                    double number = readNumber[k]();
                    spreads[k].Add(number);
                    if (kept)
                        numbersOf[c][k][place] = number;
                }
                for (int k = 0; kept && k < categories.Length; k++)
                {
                    string text = readCategory[k]();
                    categoriesOf[c][k][place] = known.TryGetValue(text, out string? same) ? same : known[text] = text;
                }
            }
            rows.CheckUnchanged(row);
        }
        return [.. rows.Classes.Select((c, i) => new TableClassRows(c.Name, rows.Label.Name, wanted(i) ? c.Count : 0, numbersOf[i], categoriesOf[i], spreads))];
    }

    private static T[][] Blocks<T>(int columns, int count) => [.. Enumerable.Range(0, columns).Select(_ => new T[count])];

    private static int[] Codes(string[] column)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return Array.ConvertAll(column, text => known.TryGetValue(text, out int code) ? code : known[text] = known.Count);
    }

    /// <summary>Running mean and deviation (Welford 1962), and range, of the numbers that are there.</summary>
    private sealed class Spread
    {
        private double _count, _mean, _squares, _least = double.PositiveInfinity, _most = double.NegativeInfinity;

        internal double Deviation => _squares > 0 ? Math.Sqrt(_squares / _count) : 1;

        internal (double Least, double Most) Range => _count > 0 ? (_least, _most) : (double.NegativeInfinity, double.PositiveInfinity);

        internal void Add(double number)
        {
            if (double.IsNaN(number))
                return;
            (_least, _most) = (Math.Min(_least, number), Math.Max(_most, number));
            double step = number - _mean;
            _mean += step / ++_count;
            _squares += step * (number - _mean);
        }
    }
}

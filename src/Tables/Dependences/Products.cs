namespace GanPipeline.Tables.Dependences;

/// <summary>Finds columns that are the product of two others, or one divided by the other, as such or in per cent.</summary>
internal sealed class Products
{
    /// <summary>Columns of numbers that are tried at most, the first of the table: each with each, for each.</summary>
    public const int MostColumns = 300;

    private const int Probe = 64;
    private const double Percent = 0.01, LeastSteps = 10;

    private readonly CheckedColumn[] _columns;
    private readonly double _needed;
    private readonly int[] _rows;
    private readonly double[] _weights;
    private readonly double[][] _numbers; // [columns][probe rows], 0 where one is missing
    private readonly double[] _sums, _rounding;
    private readonly bool[] _divides;

    private Products(CheckedColumn[] columns, double needed)
    {
        (_columns, _needed) = (columns, needed);
        int rows = columns[0].Numbers!.Length;
        _rows = [.. Enumerable.Range(0, Math.Min(Probe, rows)).Select(i => (int)((long)i * rows / Math.Min(Probe, rows)))];
        // Any weights tell sums apart; these are neither alike nor all of one sign.
        _weights = [.. _rows.Select((_, i) => Math.Sin(i * 1.7 + 1))];
        _numbers = [.. columns.Select(c => Array.ConvertAll(_rows, row => Present(c.Numbers![row])))];
        _sums = [.. _numbers.Select(Sum)];
        _rounding = [.. _columns.Select(c => c.Unit / 2 * _weights.Sum(Math.Abs))];
        // A generated number may be any between the smallest and the largest.
        _divides = [.. _columns.Select(c => !c.Numbers!.Any(n => n >= 0) || !c.Numbers!.Any(n => n <= 0))];
    }

    /// <summary>The relations: those of products, then those of ratios alone.</summary>
    public static IReadOnlyList<Relation> Find(IReadOnlyList<CheckedColumn> columns)
    {
        double needed = Chance.Needed(columns.Count, 3);
        CheckedColumn[] numbers = [.. columns.Where(c => c.Numbers is not null && c.Bits >= needed).Take(MostColumns)];
        return numbers.Length < 2 ? [] : new Products(numbers, needed).Find();
    }

    private List<Relation> Find()
    {
        var found = new Dictionary<(int, int, int), List<RelationOption>>();
        for (int b = 0; b < _columns.Length; b++)
            for (int c = b; c < _columns.Length; c++)
                foreach ((int a, NumberRecipe recipe) in OfProduct(b, c))
                    Add(found, [a, b, c], Checked(a, recipe, b, c));
        for (int b = 0; b < _columns.Length; b++)
            for (int c = 0; c < _columns.Length; c++)
                if (b != c && _divides[c])
                    foreach ((int a, NumberRecipe recipe) in OfRatio(b, c))
                        Add(found, [a, b, c], Checked(a, recipe, b, c));
        return [.. found.Values.Select(options => Relation.OfNumbers(options))];
    }

    private RelationOption? Checked(int a, NumberRecipe recipe, int b, int c) =>
        RelationOption.Checked(_columns[a], recipe, b == c ? [_columns[b]] : [_columns[b], _columns[c]]) is { } option && Matters(b, c) && Matters(c, b)
            ? option : null;

    /// <summary>What is a product is also a ratio, of the same three columns: one relation, the product first.</summary>
    private static void Add(Dictionary<(int, int, int), List<RelationOption>> found, int[] columns, RelationOption? option)
    {
        if (option is null) return;
        Array.Sort(columns);
        (int, int, int) key = (columns[0], columns[1], columns[2]);
        if (found.TryGetValue(key, out List<RelationOption>? known)) known.Add(option);
        else found[key] = [option];
    }

    private IEnumerable<(int Target, NumberRecipe Recipe)> OfProduct(int b, int c)
    {
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++) sum += _weights[i] * _numbers[b][i] * _numbers[c][i];
        int decimals = Decimals(b) < 0 || Decimals(c) < 0 ? int.MaxValue : Decimals(b) + Decimals(c);
        foreach (int a in Alike(sum, decimals, b, c)) yield return (a, new ProductRecipe(_columns[b].Name, _columns[c].Name, 1));
        foreach (int a in Alike(sum * Percent, int.MaxValue, b, c)) yield return (a, new ProductRecipe(_columns[b].Name, _columns[c].Name, Percent));
    }

    private IEnumerable<(int Target, NumberRecipe Recipe)> OfRatio(int b, int c)
    {
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++) sum += _numbers[c][i] == 0 ? 0 : _weights[i] * _numbers[b][i] / _numbers[c][i];
        foreach (int a in Alike(sum, int.MaxValue, b, c)) yield return (a, new RatioRecipe(_columns[b].Name, _columns[c].Name, 1));
        foreach (int a in Alike(sum / Percent, int.MaxValue, b, c)) yield return (a, new RatioRecipe(_columns[b].Name, _columns[c].Name, 1 / Percent));
    }

    /// <summary>The columns whose weighted sum is that of a formula, up to what rounding can make of it.</summary>
    /// <param name="sum">The formula's.</param>
    /// <param name="decimals">Digits that the formula's numbers have at most: a column of as many is not rounded.</param>
    /// <param name="b">An operand.</param>
    /// <param name="c">The other.</param>
    private IEnumerable<int> Alike(double sum, int decimals, int b, int c)
    {
        const double Last = 1e-9;
        for (int a = 0; a < _columns.Length; a++)
        {
            if (a == b || a == c) continue;
            bool rounded = decimals > Decimals(a) && Decimals(a) >= 0;
            if (rounded && _columns[a].Range < LeastSteps * _columns[a].Unit) continue; // rounded to a few numbers, much would seem to give it
            if (Math.Abs(sum - _sums[a]) <= (rounded ? _rounding[a] : 0) + Last * (1 + Math.Abs(sum)) + Last * _columns[a].Range) yield return a;
        }
    }

    /// <summary>Whether a factor's values say anything where the other factor is not 0.</summary>
    private bool Matters(int factor, int other)
    {
        double[] numbers = _columns[other].Numbers!;
        return _divides[other] || Chance.Bits(_columns[factor], row => numbers[row] != 0) >= _needed;
    }

    private int Decimals(int column) => _columns[column].Code!.Decimals;

    private double Sum(double[] numbers) => numbers.Select((n, i) => _weights[i] * n).Sum();

    private static double Present(double number) => double.IsNaN(number) ? 0 : number;
}

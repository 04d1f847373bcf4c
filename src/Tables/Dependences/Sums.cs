using System.Globalization;

namespace GanPipeline.Tables.Dependences;

/// <summary>
/// Finds columns that are weighted sums of others: sums, differences, totals of many parts, other units of one column. Column after column of the table is
/// projected on those before it that are independent of each other (Gram and Schmidt, in some of the rows); where nothing is left, or no more than rounding
/// makes, the weights are read off, put to as few digits as do, and tried on all rows.
/// </summary>
internal sealed class Sums
{
    /// <summary>Columns of numbers that are tried at most, the first of the table.</summary>
    public const int MostColumns = 300;

    private const int LeastRows = 256, RowsOfColumn = 4, DigitsOfMany = 4, DigitsOfOne = 15;
    private const double Nothing = 1e-9, RoundingOfUnit = 0.6, LeastSteps = 10;

    private readonly CheckedColumn[] _columns;
    private readonly double _share; // columns that the search chooses from
    private readonly int[] _rows;
    private readonly List<CheckedColumn> _basis = [];
    private readonly List<double[]> _directions = []; // orthonormal; the first is the constant
    private readonly List<double[]> _triangle = []; // of each column of the basis: its parts in these directions

    private Sums(CheckedColumn[] columns, int[] rows, int all) => (_columns, _rows, _share) = (columns, rows, all);

    /// <summary>The relations.</summary>
    public static IReadOnlyList<Relation> Find(IReadOnlyList<CheckedColumn> columns)
    {
        CheckedColumn[] rest = [.. columns.Where(c => c.Numbers is not null && c.Bits >= Chance.Needed(columns.Count, 2)).Take(MostColumns)];
        var found = new List<Relation>();
        while (rest.Length > 1)
        {
            (CheckedColumn[] tried, int[] rows) = Complete(rest);
            if (rows.Length > tried.Length + 2) found.AddRange(new Sums(tried, rows, columns.Count).Find());
            rest = [.. rest.Except(tried)];
        }
        return found;
    }

    /// <summary>Columns of which enough rows have all numbers, and such rows from all over the table: columns that lack most are left for another
    /// round.</summary>
    private static (CheckedColumn[] Columns, int[] Rows) Complete(CheckedColumn[] columns)
    {
        CheckedColumn[] kept = [.. columns.OrderBy(Gaps).ThenBy(c => c.Place)];
        int all = columns[0].Numbers!.Length;
        while (true)
        {
            int[] complete = [.. Enumerable.Range(0, all).Where(row => Array.TrueForAll(kept, c => !double.IsNaN(c.Numbers![row])))];
            int wanted = Math.Max(LeastRows, RowsOfColumn * kept.Length);
            if (complete.Length >= Math.Min(wanted, all / 2) || kept.Length <= 2 || Gaps(kept[^1]) == 0)
            {
                int taken = Math.Min(wanted, complete.Length);
                return ([.. kept.OrderBy(c => c.Place)], [.. Enumerable.Range(0, taken).Select(i => complete[(int)((long)i * complete.Length / taken)])]);
            }
            kept = kept[..^1];
        }

        static int Gaps(CheckedColumn column) => column.Numbers!.Count(double.IsNaN);
    }

    private IEnumerable<Relation> Find()
    {
        _directions.Add(Enumerable.Repeat(1 / Math.Sqrt(_rows.Length), _rows.Length).ToArray());
        foreach (CheckedColumn column in _columns)
        {
            double[] left = Array.ConvertAll(_rows, row => column.Numbers![row]);
            double[] parts = new double[_directions.Count];
            Project(left, parts);
            Project(left, parts); // once more takes off what the first time left by rounding
            double length = Length(left), spread = Length(parts.AsSpan(1));
            bool isNone = length <= Nothing * Math.Max(spread, double.Epsilon);
            bool isRounding = column.Range >= LeastSteps * column.Unit && length <= RoundingOfUnit * column.Unit * Math.Sqrt(_rows.Length);
            Relation? relation = _basis.Count > 0 && (isNone || isRounding) ? Of(column, parts, isNone) : null;
            if (relation is not null) yield return relation;
            else if (!isNone && length > 0)
            {
                _basis.Add(column);
                _directions.Add(Array.ConvertAll(left, number => number / length));
                _triangle.Add([.. parts, length]);
            }
        }
    }

    private void Project(double[] left, double[] parts)
    {
        for (int k = 0; k < _directions.Count; k++)
        {
            double[] direction = _directions[k];
            double part = 0;
            for (int i = 0; i < left.Length; i++) part += left[i] * direction[i];
            for (int i = 0; i < left.Length; i++) left[i] -= part * direction[i];
            parts[k] += part;
        }
    }

    private Relation? Of(CheckedColumn column, double[] parts, bool isExact)
    {
        double[] weights = Weights(parts);
        // What moves the column by less than its last digit does is no part of it.
        double least = isExact ? Nothing * column.Range : 2 * column.Unit / Math.Sqrt(_rows.Length);
        int[] used = [.. Enumerable.Range(0, weights.Length).Where(k => Math.Abs(weights[k]) * _basis[k].Range > Math.Max(least, Nothing * column.Range))];
        if (used.Length == 0 || !IsBelievable(column, used)) return null;
        CheckedColumn[] sources = [.. used.Select(k => _basis[k])];
        double[] taken = used.Length == 1 ? [Slope(column, sources[0])] : [.. used.Select(k => weights[k])];
        // Where rounding hides what is left, weights of any size could make up for it: only plain sums and differences are believed.
        if (!isExact && used.Length > 1) taken = Array.ConvertAll(taken, weight => (double)Math.Sign(weight));
        if (Rounded(column, sources, taken) is not { } recipe) return null;
        var relation = Relation.OfNumbers(Options(column, recipe, sources));
        return relation.Options.Count > 0 ? relation : null;
    }

    /// <summary>Every column of the sum must say enough, and the more there are, the more sums there would be by chance.</summary>
    private bool IsBelievable(CheckedColumn column, int[] used)
    {
        double needed = Chance.Needed((int)_share, used.Length + 2) + (used.Length == 1 ? Chance.OfNearCopies : 0);
        return column.Bits >= needed && used.All(k => _basis[k].Bits >= needed) && _rows.Length > 2 * used.Length;
    }

    /// <summary>Weights of the basis, by which a column has these parts: back from the last.</summary>
    private double[] Weights(double[] parts)
    {
        double[] rest = [.. parts], weights = new double[_basis.Count];
        for (int k = _basis.Count - 1; k >= 0; k--)
        {
            weights[k] = rest[k + 1] / _triangle[k][k + 1];
            for (int i = 0; i <= k + 1; i++) rest[i] -= weights[k] * _triangle[k][i];
        }
        return weights;
    }

    /// <summary>The slope of a line through the smallest and the largest number.</summary>
    private double Slope(CheckedColumn column, CheckedColumn source)
    {
        int low = _rows.MinBy(row => source.Numbers![row]), high = _rows.MaxBy(row => source.Numbers![row]);
        return (column.Numbers![high] - column.Numbers[low]) / (source.Numbers![high] - source.Numbers[low]);
    }

    /// <summary>The sum with weights of as few digits as give the column in the rows that are looked at, which lack nothing.</summary>
    private LinearRecipe? Rounded(CheckedColumn column, CheckedColumn[] sources, double[] weights)
    {
        for (int digits = 1; digits <= (sources.Length == 1 ? DigitsOfOne : DigitsOfMany); digits++)
        {
            double[] shorter = Array.ConvertAll(weights, weight => Short(weight, digits));
            foreach (double constant in Constants(column, sources, shorter))
            {
                var recipe = new LinearRecipe([.. sources.Select(s => s.Name)], shorter, constant);
                if (Array.TrueForAll(_rows, row => column.IsSame(recipe.Compute([.. sources.Select(s => s.Numbers![row])]), column.Numbers![row])))
                    return recipe;
            }
        }
        return null;
    }

    /// <summary>None, or the middle of what the sum leaves, to as few digits as lie between what it leaves least and most.</summary>
    private IEnumerable<double> Constants(CheckedColumn column, CheckedColumn[] sources, double[] weights)
    {
        double[] left = [.. _rows.Select(row => column.Numbers![row] - sources.Select((s, i) => weights[i] * s.Numbers![row]).Sum())];
        (double least, double most) = (left.Min(), left.Max());
        double scale = Math.Max(column.Range, Math.Max(Math.Abs(least), Math.Abs(most)));
        if (most - least > 1.001 * column.Unit + Nothing * scale) yield break;
        double middle = (least + most) / 2;
        yield return 0;
        for (int digits = 1; digits <= DigitsOfOne; digits++)
            if (Short(middle, digits) is var constant && constant != 0 && Math.Abs(constant - middle) <= column.Unit / 2 + Nothing * scale)
                yield return constant;
    }

    /// <summary>
    /// What the sum gives in all rows, its own column or one of the others: first a column that is a sum of others without a constant, then the later in the
    /// table.
    /// </summary>
    private static IEnumerable<RelationOption> Options(CheckedColumn column, LinearRecipe recipe, CheckedColumn[] sources)
    {
        List<RelationOption> options = [];
        if (RelationOption.Checked(column, recipe, sources) is { } direct) options.Add(direct);
        foreach ((int solved, CheckedColumn target) in sources.Index())
        {
            double own = recipe.Weights[solved];
            CheckedColumn[] others = [.. sources.Where(s => s != target), column];
            double[] weights = [.. recipe.Weights.Where((_, i) => i != solved).Select(w => -w / own), 1 / own];
            int[] order = [.. Enumerable.Range(0, others.Length).OrderBy(i => weights[i] < 0).ThenBy(i => others[i].Place)];
            var solvedRecipe = new LinearRecipe([.. order.Select(i => others[i].Name)], [.. order.Select(i => weights[i])], -recipe.Constant / own + 0.0);
            if (RelationOption.Checked(target, solvedRecipe, [.. order.Select(i => others[i])]) is { } option) options.Add(option);
        }
        // Of two units the one that is chosen among few values stays, or else the one that stands first.
        return options.OrderBy(o => ((LinearRecipe)o.Recipe) is var r && r.Weights.Count > 1 && r.Weights.All(w => w > 0) && r.Constant == 0 ? 0 : 1)
            .ThenBy(o => o.Target.IsChosen).ThenByDescending(o => o.Target.Place);
    }

    private static double Short(double number, int digits)
    {
        if (number == 0) return 0;
        return double.Parse(number.ToString("E" + (digits - 1), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
    }

    private static double Length(ReadOnlySpan<double> numbers)
    {
        double squares = 0;
        foreach (double number in numbers) squares += number * number;
        return Math.Sqrt(squares);
    }
}

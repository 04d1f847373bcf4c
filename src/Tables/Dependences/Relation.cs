namespace GanPipeline.Tables.Dependences;

/// <summary>An equation between columns that all rows keep.</summary>
/// <param name="Options">The columns that it can give, the one that is best computed first.</param>
internal sealed record Relation(IReadOnlyList<RelationOption> Options)
{
    private const int FreshRows = 256;

    /// <summary>
    /// The relation of numbers whose first option is the one after which the others hold, too, in rows that are new: of minutes and whole hours the hours are
    /// computed, as hours say too little to give the minutes. Then one whose numbers come out to the last bit; then the order given.
    /// </summary>
    public static Relation OfNumbers(IEnumerable<RelationOption> options)
    {
        RelationOption[] all = [.. options];
        return all.Length < 2 ? new Relation(all) : new Relation([.. all.OrderBy(option => Broken(option, all)).ThenBy(option => option.Inexact > 0)]);
    }

    /// <summary>How often the other options do not hold where one is computed from values that were not together in a row, and lie between those that
    /// were.</summary>
    private static int Broken(RelationOption option, RelationOption[] all)
    {
        int rows = option.Target.Values.Length, broken = 0;
        for (int i = 0; i < Math.Min(FreshRows, rows); i++)
        {
            var row = option.Sources.Select((source, k) => (source, Number: Fresh(source, (i + 7 * k) % rows, (i + 7 * k + 3) % rows)))
                .ToDictionary(s => s.source, s => s.Number);
            row[option.Target] = option.Target.Code!.Rounded(option.Compute(row));
            broken += all.Count(other => other != option && !other.Target.IsSame(other.Compute(row), row[other.Target]));
        }
        return broken;
    }

    private static double Fresh(CheckedColumn column, int one, int other) => column.IsChosen ? column.Numbers![one]
        : column.Code!.Rounded((column.Numbers![one] + column.Numbers[other]) / 2);
}

/// <summary>A column that an equation gives.</summary>
/// <param name="Target">The column.</param>
/// <param name="Recipe">How it is computed.</param>
/// <param name="Sources">The recipe's sources.</param>
internal sealed record RelationOption(CheckedColumn Target, Recipe Recipe, IReadOnlyList<CheckedColumn> Sources)
{
    private const int Probe = 64, MostCombinations = 4096;
    private const double MostInexact = 0.05; // ties that were rounded the other way; more of them, and a noise of one unit would be "+ 0.5"

    /// <summary>Rows in which a computed number is not the column's own to the last bit.</summary>
    public int Inexact { get; private init; }

    /// <summary>The recipe's number from those of its sources.</summary>
    public double Compute(Dictionary<CheckedColumn, double> row) => ((NumberRecipe)Recipe).Compute([.. Sources.Select(source => row[source])]);

    /// <summary>The option where the recipe gives the column's number in every row, and no number where it has none; else null.</summary>
    /// <param name="target">The column.</param>
    /// <param name="recipe">How it would be computed.</param>
    /// <param name="sources">The recipe's sources.</param>
    public static RelationOption? Checked(CheckedColumn target, NumberRecipe recipe, params IReadOnlyList<CheckedColumn> sources)
    {
        int rows = target.Numbers!.Length;
        double[][] numbers = [.. sources.Select(s => s.Numbers!)];
        double[] values = new double[numbers.Length];
        int inexact = 0;
        // First some rows from all over the table: nearly all that fails does so there.
        for (int pass = Math.Max(1, rows / Probe); pass >= 1; pass = pass == 1 ? 0 : 1)
            for (int row = 0; row < rows; row += pass)
            {
                for (int i = 0; i < values.Length; i++) values[i] = numbers[i][row];
                double computed = recipe.Compute(values), own = target.Numbers[row];
                if (!target.IsSame(computed, own)) return null;
                if (pass == 1 && !double.IsNaN(own) && target.Code!.Rounded(computed) != own) inexact++;
            }
        if (target.Unit > 0 && inexact > MostInexact * rows) return null;
        return !target.IsChosen || GivesItsValuesAlone(target, recipe, sources) ? new RelationOption(target, recipe, sources) { Inexact = inexact } : null;
    }

    /// <summary>
    /// Whether a column of few values gets none but these, whatever values of its sources a generated row joins: 1 - a - b of two flags would be -1 where both
    /// are set.
    /// </summary>
    private static bool GivesItsValuesAlone(CheckedColumn target, NumberRecipe recipe, IReadOnlyList<CheckedColumn> sources)
    {
        if (!sources.All(s => s.IsChosen)) return false;
        HashSet<double> known = [.. target.Numbers!];
        double[][] choices = [.. sources.Select(s => s.Numbers!.Distinct().ToArray())];
        long all = choices.Aggregate(1L, (n, choice) => Math.Min(n * choice.Length, int.MaxValue));
        if (all > MostCombinations) return false;
        double[] values = new double[choices.Length];
        for (int combination = 0; combination < all; combination++)
        {
            for (int i = 0, rest = combination; i < values.Length; rest /= choices[i++].Length) values[i] = choices[i][rest % choices[i].Length];
            if (!known.Contains(target.Code!.Rounded(recipe.Compute(values)))) return false;
        }
        return true;
    }
}

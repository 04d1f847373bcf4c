using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>How many rows each class shall have. Up-sampling only adds rows, so no balance makes a class smaller.</summary>
public abstract class Balance
{
    private Balance()
    {
    }

    /// <summary>Every class gets as many rows as the largest one has.</summary>
    public static Balance ToMajority { get; } = new ShareOfMajority(1);

    /// <summary>Every class gets at least <paramref name="ratio"/> times the rows of the largest one, rounded to the nearest row.</summary>
    /// <param name="ratio">0 &lt; ratio &lt;= 1.</param>
    /// <exception cref="UserErrorException">The ratio is out of range.</exception>
    public static Balance Ratio(double ratio) => ratio is > 0 and <= 1
        ? new ShareOfMajority(ratio)
        : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"a balance ratio of {ratio} makes no sense; give a number above 0 and at most 1"));

    /// <summary>Every class gets at least <paramref name="rows"/> rows in all.</summary>
    /// <exception cref="UserErrorException"><paramref name="rows"/> is below 1.</exception>
    public static Balance ToCount(int rows) => rows >= 1
        ? new Levelled(rows)
        : throw new UserErrorException($"a balance to {rows} rows a class makes no sense; give at least 1");

    /// <summary>
    /// The data get <paramref name="rows"/> rows in all, added where there are fewest, so that the classes become as equal as that many rows allow.
    /// </summary>
    /// <exception cref="UserErrorException">Thrown by Fit, when there are more rows already.</exception>
    public static Balance Total(int rows) => new WholeSet(rows);

    /// <summary>This balance, but no class is made larger than <paramref name="rows"/> rows; a class that has more already keeps them.</summary>
    public Balance AtMost(int rows) => new Capped(this, _ => rows);

    /// <summary>This balance, but the named classes are not made larger than the given numbers of rows; one that has more already keeps them.</summary>
    /// <exception cref="UserErrorException">Thrown by Fit, when a class is not in the data.</exception>
    public Balance AtMost(params (string Class, int Rows)[] rows)
    {
        Dictionary<string, int> caps = ByName(rows);
        return new Capped(this, name => caps.GetValueOrDefault(name, int.MaxValue), caps.Keys);
    }

    /// <summary>The named classes get the given numbers of rows in all, real and added; other classes stay as they are.</summary>
    /// <exception cref="UserErrorException">Thrown by Fit, when a class is not in the data or already has more rows.</exception>
    public static Balance Counts(IReadOnlyDictionary<string, int> rows) => new Totals(new Dictionary<string, int>(rows));

    /// <inheritdoc cref="Counts(IReadOnlyDictionary{string, int})"/>
    public static Balance Counts(params (string Class, int Rows)[] rows) => new Totals(ByName(rows));

    /// <summary>How many rows to add to each class, in their order.</summary>
    /// <param name="classes">Name and rows of each class.</param>
    /// <param name="labelColumn">Name of the class column, for messages.</param>
    /// <exception cref="UserErrorException">The balance does not fit these classes.</exception>
    public IReadOnlyList<int> For(IReadOnlyList<(string Name, int Rows)> classes, string labelColumn) =>
        Additions([.. classes.Select(c => new ClassCount(c.Name, c.Rows))], labelColumn);

    /// <summary>How many rows to add to each class, in their order.</summary>
    internal abstract int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn);

    private static Dictionary<string, int> ByName((string Class, int Rows)[] rows)
    {
        var byName = new Dictionary<string, int>();
        foreach ((string name, int count) in rows)
        {
            if (!byName.TryAdd(name, count))
                throw new UserErrorException($"class '{name}' is named twice in the balance; name it once");
        }
        return byName;
    }

    private static void CheckNames(IEnumerable<string> names, IReadOnlyList<ClassCount> classes, string labelColumn)
    {
        foreach (string name in names)
        {
            if (!classes.Any(c => c.Name == name))
            {
                string present = ClassMatch.List(classes.Select(c => c.Name));
                throw new UserErrorException($"the balance names class '{name}', which column '{labelColumn}' does not have; its classes are {present}");
            }
        }
    }

    private sealed class Levelled(int level) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn) => [.. classes.Select(c => Math.Max(0, level - c.Count))];
    }

    private sealed class WholeSet(int total) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn)
        {
            long now = classes.Sum(c => (long)c.Count);
            if (now > total)
                throw new UserErrorException($"the balance asks for {total} rows in all, and there are {now} already; ask for at least as many");
            int low = 0, high = total;
            while (low < high)
            {
                int middle = (int)(((long)low + high + 1) / 2);
                (low, high) = classes.Sum(c => (long)Math.Max(c.Count, middle)) <= total ? (middle, high) : (low, middle - 1);
            }
            long left = total - classes.Sum(c => (long)Math.Max(c.Count, low));
            return [.. classes.Select(c => c.Count > low ? 0 : low - c.Count + (left-- > 0 ? 1 : 0))];
        }
    }

    private sealed class Capped(Balance inner, Func<string, int> cap, IEnumerable<string>? names = null) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn)
        {
            CheckNames(names ?? [], classes, labelColumn);
            return [.. inner.Additions(classes, labelColumn).Zip(classes, (added, c) => Math.Min(added, Math.Max(0, cap(c.Name) - c.Count)))];
        }
    }

    private sealed class ShareOfMajority(double share) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn)
        {
            if (classes.Count == 1)
            {
                throw new UserErrorException($"column '{labelColumn}' has one class only ('{classes[0].Name}', {classes[0].Count} rows), "
                    + "so there is nothing to balance; use Balance.Counts to enlarge it");
            }
            int target = (int)Math.Round(share * classes.Max(c => c.Count), MidpointRounding.AwayFromZero);
            return [.. classes.Select(c => Math.Max(0, target - c.Count))];
        }
    }

    private sealed class Totals(Dictionary<string, int> rows) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassCount> classes, string labelColumn)
        {
            CheckNames(rows.Keys, classes, labelColumn);
            return [.. classes.Select(Addition)];
        }

        private int Addition(ClassCount present)
        {
            int missing = rows.GetValueOrDefault(present.Name, present.Count) - present.Count;
            return missing >= 0 ? missing : throw new UserErrorException(
                $"the balance asks for {rows[present.Name]} rows of class '{present.Name}', which has {present.Count} already; "
                + "ask for at least as many, since up-sampling only adds rows");
        }
    }
}

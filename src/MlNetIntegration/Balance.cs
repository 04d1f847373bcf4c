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

    /// <summary>The named classes get the given numbers of rows in all, real and added; other classes stay as they are.</summary>
    /// <exception cref="UserErrorException">Thrown by Fit, when a class is not in the data or already has more rows.</exception>
    public static Balance Counts(IReadOnlyDictionary<string, int> rows) => new Totals(new Dictionary<string, int>(rows));

    /// <inheritdoc cref="Counts(IReadOnlyDictionary{string, int})"/>
    public static Balance Counts(params (string Class, int Rows)[] rows)
    {
        var totals = new Dictionary<string, int>();
        foreach ((string name, int count) in rows)
        {
            if (!totals.TryAdd(name, count))
                throw new UserErrorException($"class '{name}' is named twice in the balance; name it once");
        }
        return new Totals(totals);
    }

    /// <summary>How many rows to add to each class, in their order.</summary>
    internal abstract int[] Additions(IReadOnlyList<ClassRows> classes, string labelColumn);

    private sealed class ShareOfMajority(double share) : Balance
    {
        internal override int[] Additions(IReadOnlyList<ClassRows> classes, string labelColumn)
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
        internal override int[] Additions(IReadOnlyList<ClassRows> classes, string labelColumn)
        {
            foreach (string name in rows.Keys)
            {
                if (!classes.Any(c => c.Name == name))
                {
                    string present = ClassNames.List(classes.Select(c => c.Name));
                    throw new UserErrorException($"the balance names class '{name}', which column '{labelColumn}' does not have; its classes are {present}");
                }
            }
            return [.. classes.Select(Addition)];
        }

        private int Addition(ClassRows present)
        {
            int missing = rows.GetValueOrDefault(present.Name, present.Count) - present.Count;
            return missing >= 0 ? missing : throw new UserErrorException(
                $"the balance asks for {rows[present.Name]} rows of class '{present.Name}', which has {present.Count} already; "
                + "ask for at least as many, since up-sampling only adds rows");
        }
    }
}

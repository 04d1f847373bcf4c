using System.Globalization;

namespace GanPipeline.Bench;

/// <summary>What is done at once: all outer folds of one cut of a set.</summary>
internal sealed record Unit(string Set, ulong Seed);

/// <summary>How a method did on an outer fold.</summary>
/// <param name="Unit">Which set and cut.</param>
/// <param name="Goal">What was to be best.</param>
/// <param name="Learner">The classifier.</param>
/// <param name="Method">The method; <see cref="Chosen"/> for what was chosen on the other folds' rows; <see cref="Verdict"/>.</param>
/// <param name="Fold">The outer fold, from 1.</param>
/// <param name="Plain">Score by the plain rule.</param>
/// <param name="Tuned">Score by the rule that was tuned on the other folds' rows.</param>
/// <param name="Calibration">Expected calibration error.</param>
internal sealed record Line(Unit Unit, string Goal, string Learner, string Method, int Fold, double Plain, double Tuned, double Calibration)
{
    /// <summary>The name of the choice; of those by other rules than the product's, it is followed by the rule.</summary>
    public const string Chosen = MethodFigures.ChoiceName;

    /// <summary>The name of the figures of the one method that <c>gan advise</c> names, which it chooses on all rows of the table.</summary>
    public const string Verdict = "the verdict";

    /// <summary>Name of the data as they are.</summary>
    public const string Untouched = "as it is";

    /// <summary>Names of the columns.</summary>
    public const string Header = "set,seed,goal,learner,method,fold,plain,tuned,calibration_error";

    /// <summary>Whether it is a method of its own and no choice among them.</summary>
    public bool IsSingle => !Method.StartsWith(Chosen, StringComparison.Ordinal) && Method != Verdict;

    /// <summary>The method without its settings and target share.</summary>
    public string Family => Method.Split(" at ")[0].Split(" with ")[0];

    /// <summary>The set and the classifier: what different lines of are not of the same rows.</summary>
    public (string Set, string Learner) Cell => (Unit.Set, Learner);

    /// <summary>Reads a line of the file.</summary>
    public static Line Parse(string text)
    {
        string[] c = text.Split(',');
        CultureInfo plain = CultureInfo.InvariantCulture;
        return new Line(new Unit(c[0], ulong.Parse(c[1], plain)), c[2], c[3], c[4], int.Parse(c[5], plain), Number(6), Number(7), Number(8));

        double Number(int column) => double.Parse(c[column], plain);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Unit.Set},{Unit.Seed},{Goal},{Learner},{Method},{Fold},{Plain:R},{Tuned:R},{Calibration:R}");
}

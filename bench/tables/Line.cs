using System.Globalization;

namespace GanPipeline.Bench;

/// <summary>What is done at once: a goal on all outer folds of one cut of a set.</summary>
internal sealed record Unit(string Set, ulong Seed, string Goal);

/// <summary>How a method did on an outer fold.</summary>
/// <param name="Unit">Which set, cut and goal.</param>
/// <param name="Learner">The classifier.</param>
/// <param name="Method">The method, or <see cref="Chosen"/> for what was chosen on the other folds' rows.</param>
/// <param name="Fold">The outer fold, from 1.</param>
/// <param name="Plain">Score by the plain rule.</param>
/// <param name="Tuned">Score by the rule that was tuned on the other folds' rows.</param>
/// <param name="Calibration">Expected calibration error.</param>
internal sealed record Line(Unit Unit, string Learner, string Method, int Fold, double Plain, double Tuned, double Calibration)
{
    /// <summary>The name of the choice.</summary>
    public const string Chosen = MethodFigures.ChoiceName;

    /// <summary>Names of the columns.</summary>
    public const string Header = "set,seed,goal,learner,method,fold,plain,tuned,calibration_error";

    /// <summary>The method without its target share: all shares of one are a family.</summary>
    public string Family => Method.Split(" at ")[0];

    /// <summary>Reads a line of the file.</summary>
    public static Line Parse(string text)
    {
        string[] c = text.Split(',');
        CultureInfo plain = CultureInfo.InvariantCulture;
        return new Line(new Unit(c[0], ulong.Parse(c[1], plain), c[2]), c[3], c[4], int.Parse(c[5], plain), Number(6), Number(7), Number(8));

        double Number(int column) => double.Parse(c[column], plain);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Unit.Set},{Unit.Seed},{Unit.Goal},{Learner},{Method},{Fold},{Plain:R},{Tuned:R},{Calibration:R}");
}

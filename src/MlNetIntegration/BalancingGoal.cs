using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.MlNet;

/// <summary>What is to be best about a classifier's answers.</summary>
public sealed class BalancingGoal
{
    private readonly Func<IReadOnlyList<string>, Goal> _for;

    private BalancingGoal(Func<IReadOnlyList<string>, Goal> forClasses) => _for = forClasses;

    /// <summary>Macro-F1: the mean of the classes' F1, 0 to 1.</summary>
    public static BalancingGoal F1 { get; } = new(_ => MacroF.One);

    /// <summary>
    /// Macro-F2: as F1, but finding rows of a class counts more than false alarms (van Rijsbergen's β is 2). Recall by itself would be perfect for a model
    /// that calls every row rare.
    /// </summary>
    public static BalancingGoal Recall { get; } = new(_ => MacroF.Two);

    /// <summary>
    /// The area under the curve of precision over recall, as average precision, 0 to 1: of two classes the rarer one's, of more the mean. It depends on no
    /// threshold, so it chooses among methods only.
    /// </summary>
    public static BalancingGoal PrecisionRecallArea { get; } = new(_ => AveragePrecision.Goal);

    /// <summary>The mean of the classes' recalls, 0 to 1.</summary>
    public static BalancingGoal BalancedAccuracy { get; } = new(_ => Resampling.Goals.BalancedAccuracy.Goal);

    /// <summary>The least mean cost of a row. A pair of classes that is not named costs 1, and a right decision nothing.</summary>
    /// <param name="costs">What a row of an actual class costs that is predicted as another; those of a Boolean label are <c>True</c>, <c>False</c>.</param>
    /// <exception cref="UserErrorException">A cost is not finite; or, thrown by Fit, a class is not among those of the label.</exception>
    public static BalancingGoal Costs(params (string Actual, string Predicted, double Cost)[] costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        foreach ((string actual, string predicted, double cost) in costs)
        {
            if (!double.IsFinite(cost))
                throw new UserErrorException($"a row of class '{actual}' that is predicted as '{predicted}' costs {cost}; give a finite number");
        }
        return new(classes =>
        {
            double[,] table = Cost.Ones(classes.Count);
            foreach ((string actual, string predicted, double cost) in costs) table[Place(actual, classes), Place(predicted, classes)] = cost;
            return new Cost(table);
        });
    }

    /// <summary>The goal for some classes.</summary>
    internal Goal For(IReadOnlyList<string> classes) => _for(classes);

    private static int Place(string name, IReadOnlyList<string> classes) => ClassMatch.Places([name], classes, (lacking, hint) =>
        new UserErrorException($"costs are given for class '{lacking}', and the label has no such class{hint}; name the costs by the classes of the data"))[0];
}

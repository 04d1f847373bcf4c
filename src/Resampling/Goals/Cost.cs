using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Resampling.Goals;

/// <summary>
/// Minus the mean cost of a row (Elkan 2001, "The foundations of cost-sensitive learning", section 1). A pair of classes that no cost is given for costs 1, and
/// a right decision 0.
/// </summary>
internal sealed class Cost : DecisionGoal
{
    /// <summary>What comes before the costs where a goal is named.</summary>
    public const string Prefix = "cost=";

    private readonly double[,] _costs;

    /// <summary>A goal.</summary>
    /// <param name="costs">[actual class, predicted class] what such a row costs.</param>
    public Cost(double[,] costs) => _costs = costs;

    /// <inheritdoc/>
    public override string Name => "minus the mean cost";

    /// <inheritdoc/>
    public override double Score(Decisions decisions)
    {
        double sum = 0;
        for (int actual = 0; actual < decisions.Classes; actual++)
            for (int predicted = 0; predicted < decisions.Classes; predicted++) sum += decisions[actual, predicted] * _costs[actual, predicted];
        return -sum / decisions.Rows;
    }

    /// <summary>The costs of which none is given: 1 for each wrong decision.</summary>
    public static double[,] Ones(int classes)
    {
        double[,] costs = new double[classes, classes];
        for (int actual = 0; actual < classes; actual++)
            for (int predicted = 0; predicted < classes; predicted++) costs[actual, predicted] = actual == predicted ? 0 : 1;
        return costs;
    }

    /// <summary>Reads costs.</summary>
    /// <param name="text">
    /// Pairs <c>actual>predicted=cost</c>, separated by commas; or the name of a CSV file whose header names the predicted classes behind the first column, and
    /// whose first column the actual ones.
    /// </param>
    /// <param name="classNames">Names in index order.</param>
    /// <exception cref="UserErrorException">It is neither, a class is unknown, or a cost is no number.</exception>
    public static Cost Read(string text, IReadOnlyList<string> classNames)
    {
        double[,] costs = Ones(classNames.Count);
        if (File.Exists(text)) ReadFile(text, classNames, costs);
        else ReadPairs(text, classNames, costs);
        return new Cost(costs);
    }

    private static void ReadPairs(string text, IReadOnlyList<string> classNames, double[,] costs)
    {
        foreach (string pair in text.Split(','))
        {
            if (pair.Split('>') is not [var actual, var rest] || rest.LastIndexOf('=') is not (> 0 and var at))
            {
                throw UserErrorException.Usage($"--goal cost={text}: there is no file of that name, and '{pair}' is no 'actual>predicted=cost'; name a CSV " +
                    "file of costs (a header of the predicted classes, a row for each actual one), or give pairs such as fraud>ok=10,ok>fraud=1.");
            }
            costs[Place(actual, $"--goal cost={text}", classNames), Place(rest[..at], $"--goal cost={text}", classNames)] =
                Number(rest[(at + 1)..], $"--goal cost={text}");
        }
    }

    private static void ReadFile(string path, IReadOnlyList<string> classNames, double[,] costs)
    {
        using CsvRows rows = CsvRows.Open(path, new CsvRules { FirstMayLackName = true });
        int[] predicted = [.. rows.Header.Skip(1).Select(name => Place(name, path, classNames))];
        while (rows.Read())
        {
            int actual = Place(rows[0], $"{path} line {rows.Line}", classNames);
            for (int i = 0; i < predicted.Length; i++) costs[actual, predicted[i]] = Number(rows[i + 1], $"{path} line {rows.Line}");
        }
    }

    private static int Place(string name, string where, IReadOnlyList<string> classNames) => ClassMatch.Places([name.Trim()], classNames,
        (lacking, hint) => new UserErrorException($"{where}: there is no class '{lacking}'{hint}; name the costs by the classes of the data."))[0];

    private static double Number(string text, string where) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double cost) && double.IsFinite(cost) ? cost
        : throw new UserErrorException($"{where}: '{text.Trim()}' is no cost; give a finite number, with a decimal point.");
}

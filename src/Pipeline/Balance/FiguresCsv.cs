using System.Globalization;
using System.Text;

namespace GanPipeline.Stages;

/// <summary>Figures of methods as a CSV file: a line for each classifier, method and fold.</summary>
internal static class FiguresCsv
{
    /// <summary>The file's text.</summary>
    public static string Of(IEnumerable<MethodFigures> methods)
    {
        var text = new StringBuilder("learner,method,fold,goal,goal_tuned,macro_f1,macro_f1_tuned,recall,recall_tuned,precision,precision_tuned,pr_auc," +
            "calibration_error\n");
        foreach (MethodFigures m in methods)
        {
            for (int fold = 0; fold < m.Goal.Count; fold++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{m.Learner},{m.Method},{fold + 1},{m.Goal[fold]},{m.GoalTuned[fold]},{m.MacroF1[fold]},");
                text.Append(CultureInfo.InvariantCulture, $"{m.MacroF1Tuned[fold]},{m.Recall[fold]},{m.RecallTuned[fold]},{m.Precision[fold]},");
                text.Append(CultureInfo.InvariantCulture, $"{m.PrecisionTuned[fold]},{m.PrAuc[fold]},{m.CalibrationError[fold]}\n");
            }
        }
        return text.ToString();
    }
}

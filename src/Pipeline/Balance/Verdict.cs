using GanPipeline.Evaluation.Metrics;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;

namespace GanPipeline.Stages;

/// <summary>What to do with a table, for one classifier, as sentences.</summary>
internal static class Verdict
{
    /// <summary>The sentences: what to use, what it trades, and how sure that is.</summary>
    /// <param name="chosen">What was chosen on all rows.</param>
    /// <param name="trials">What came out on the outer folds.</param>
    /// <param name="goal">What is to be best.</param>
    /// <param name="classNames">Names in index order.</param>
    public static string Of(SelectedMethod chosen, LearnerTrials trials, Goal goal, IReadOnlyList<string> classNames)
    {
        bool same = chosen.Best.Method == Method.Untouched;
        DecisionRule rule = chosen.Best.Rule;
        string use = (same, rule.IsEven) switch
        {
            (true, true) => "leave the data as they are, with the plain rule: nothing was better",
            (true, false) => $"leave the data as they are, and decide {Rule(rule, classNames)}",
            (false, true) => $"use '{chosen.Best.Method.Name}', with the plain rule",
            (false, false) => $"use '{chosen.Best.Method.Name}', and decide {Rule(rule, classNames)}",
        };
        Interval gain = trials.GainInterval;
        return $"For {trials.Learner}: {use}. On unseen rows it {trials.TradeOff()} ({goal.Name} " +
            $"{Mean(trials.Choice.GoalTuned)} against {Mean(trials.Untouched.Goal)} of the rows as they are; " +
            FormattableString.Invariant($"95 % interval of the difference {gain.Low:+0.000;-0.000} to {gain.High:+0.000;-0.000}") +
            $"{(gain.Low > 0 ? "" : trials.Gain.Mean > 0 ? ", so chance may explain it" : ", so it is no better")}).";
    }

    /// <summary>A rule as part of a sentence.</summary>
    public static string Rule(DecisionRule rule, IReadOnlyList<string> classNames) => classNames.Count == 2
        ? FormattableString.Invariant($"for class '{classNames[1]}' above a probability of {rule.Threshold:0.###}")
        : "for the class of the largest probability times its factor (" +
            $"{string.Join(", ", classNames.Zip(Scaled(rule.Factors), (name, f) => FormattableString.Invariant($"'{name}' {f:0.##}")).Take(12))})";

    /// <summary>Factors of which the smallest is 1.</summary>
    private static IEnumerable<double> Scaled(double[] factors) =>
        factors.Where(f => f > 0).DefaultIfEmpty(1).Min() is var least ? factors.Select(f => f / least) : [];

    private static string Mean(IReadOnlyList<double> scores) => FormattableString.Invariant($"{scores.Average():F3}");
}

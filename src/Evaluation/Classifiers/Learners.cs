using GanPipeline.Resampling;

namespace GanPipeline.Evaluation.Classifiers;

/// <summary>The classifiers that methods for rare classes are chosen for: those that users of ML.NET have, by the names that the command line knows.</summary>
internal static class Learners
{
    private static readonly (string Key, IClassifierTrainer Trainer)[] Known =
    [
        ("logistic", new LogisticRegression()), ("fasttree", new BoostedTrees(lightGbm: false)), ("lightgbm", BoostedTrees.Default),
    ];

    /// <summary>The names, for help.</summary>
    public static string Names => string.Join(", ", Known.Select(learner => learner.Key)) + " or all";

    /// <summary>The classifiers of a name; one, or for <c>all</c> each that differs from the others.</summary>
    /// <param name="text"><c>logistic</c>, <c>fasttree</c>, <c>lightgbm</c> (where ML.NET has no LightGBM, FastTree) or <c>all</c>.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static IReadOnlyList<IClassifierTrainer> Parse(string text)
    {
        if (text == "all") return [.. Known.Select(learner => learner.Trainer).DistinctBy(trainer => trainer.Name)];
        return Array.Find(Known, learner => learner.Key == text).Trainer is { } known ? [known]
            : throw UserErrorException.Usage($"--learner {text}: there is no such classifier; choose {Names}" +
                $"{Nearest.EndHint(text, [.. Known.Select(l => l.Key), "all"])}");
    }
}

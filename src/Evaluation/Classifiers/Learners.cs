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
    public static string Names => string.Join(", ", Known.Select(learner => learner.Key)) + " or all, or several with commas between them";

    /// <summary>The classifiers of one or several names; for <c>all</c> each that differs from the others.</summary>
    /// <param name="text">
    /// <c>logistic</c>, <c>fasttree</c>, <c>lightgbm</c> (where ML.NET has no LightGBM, FastTree), several of these with commas between them, or <c>all</c>.
    /// </param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static IReadOnlyList<IClassifierTrainer> Parse(string text)
    {
        string[] keys = text == "all" ? [.. Known.Select(learner => learner.Key)] : text.Split(',', StringSplitOptions.TrimEntries);
        return [.. keys.Select(key => Array.Find(Known, learner => learner.Key == key).Trainer
            ?? throw UserErrorException.Usage($"--learner {key}: there is no such classifier; choose {Names}" +
                $"{Nearest.EndHint(key, [.. Known.Select(l => l.Key), "all"])}")).DistinctBy(trainer => trainer.Name)];
    }
}

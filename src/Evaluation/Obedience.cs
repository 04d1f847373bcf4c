namespace GanPipeline.Evaluation;

/// <summary>Samples that were asked for as one class, and how many of them the judge recognised as it.</summary>
/// <param name="Class">Class index.</param>
/// <param name="Asked">Samples asked for.</param>
/// <param name="Recognised">Those of them that are recognised as this class.</param>
internal sealed record ClassObedience(int Class, long Asked, long Recognised)
{
    /// <summary>Share that is recognised, 0 to 1; NaN where none was asked for.</summary>
    public double Share => (double)Recognised / Asked;
}

/// <summary>
/// Whether a conditional generator makes what it is asked for: the share of its samples that a judge trained on real data recognises as the class asked
/// for. A judge that is right on 98 % of real data lets even perfect samples reach about 0.98 only.
/// </summary>
internal sealed class Obedience
{
    private Obedience(ClassificationScores scores, ClassObedience[] perClass) => (Scores, PerClass) = (scores, perClass);

    /// <summary>What was recognised, against what was asked for.</summary>
    public ClassificationScores Scores { get; }

    /// <summary>One entry a class, in index order.</summary>
    public IReadOnlyList<ClassObedience> PerClass { get; }

    /// <summary>Samples asked for, of all classes together.</summary>
    public long Asked => PerClass.Sum(c => c.Asked);

    /// <summary>Those of them that are recognised as the class asked for.</summary>
    public long Recognised => PerClass.Sum(c => c.Recognised);

    /// <summary>Share that is recognised, 0 to 1.</summary>
    public double Share => Scores.Accuracy;

    /// <summary>Compares the classes asked for with those that a judge recognised.</summary>
    /// <exception cref="Primitives.UserErrorException">A label is outside the classes.</exception>
    public static Obedience Of(ReadOnlySpan<long> asked, ReadOnlySpan<long> recognised, int classes)
    {
        ClassificationScores scores = ClassificationScores.Of(asked, recognised, classes);
        long[,] matrix = scores.ConfusionMatrix;
        IEnumerable<int> all = Enumerable.Range(0, classes);
        return new Obedience(scores, [.. all.Select(c => new ClassObedience(c, Asked: all.Sum(o => matrix[c, o]), Recognised: matrix[c, c]))]);
    }
}

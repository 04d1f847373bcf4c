namespace GanPipeline.Evaluation.Methods;

/// <summary>A class of so few real rows that no score, and no comparison of methods, says anything that others would say again.</summary>
/// <param name="Class">The class.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record FewRows(string Class, int Rows)
{
    /// <summary>What stands wherever a conclusion would.</summary>
    public const string Sentence = "too few rows to tell";

    /// <summary>The class of fewest rows among those that count, where it has fewer than <see cref="Bootstrap.FewestRows"/>; else null.</summary>
    /// <param name="counts">Rows of each class that classifiers are scored on.</param>
    /// <param name="classNames">Names in the same order.</param>
    /// <param name="counted">Whether a class counts that has no row.</param>
    public static FewRows? Of(IReadOnlyList<int> counts, IReadOnlyList<string> classNames, Func<int, bool> counted)
    {
        int[] classes = [.. Enumerable.Range(0, counts.Count).Where(c => counts[c] > 0 || counted(c))];
        return classes.Length > 0 && classes.MinBy(c => counts[c]) is var fewest && counts[fewest] < Bootstrap.FewestRows
            ? new FewRows(classNames[fewest], counts[fewest]) : null;
    }

    /// <summary>Part of a sentence: "too few rows to tell (4 of class 'rare')".</summary>
    public override string ToString() => $"{Sentence} ({Rows} of class '{Class}')";
}

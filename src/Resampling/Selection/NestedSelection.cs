using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Selection;

/// <summary>What the classifiers of a method say of the rows of an outer fold.</summary>
/// <param name="Method">The method.</param>
/// <param name="Probabilities">[rows, classes] row-major; empty where the method is not possible.</param>
/// <param name="Rule">The rule that was tuned on the other folds' rows.</param>
internal sealed record MethodAnswers(Method Method, float[] Probabilities, DecisionRule Rule);

/// <summary>An outer fold: real rows that neither methods, nor rules, nor the choice have seen.</summary>
/// <param name="Actual">[rows] the classes as they are.</param>
/// <param name="Methods">What each method gives, in the order in which they were given.</param>
/// <param name="Choice">What was chosen on the other folds' rows, and its rule there.</param>
internal sealed record OuterFold(long[] Actual, IReadOnlyList<MethodAnswers> Methods, MethodScore Choice)
{
    /// <summary>What the chosen method gives, with the rule of the choice.</summary>
    public MethodAnswers Chosen => Methods.First(m => m.Method == Choice.Method) with { Rule = Choice.Rule };
}

/// <summary>What is to be best, and how it is chosen.</summary>
/// <param name="Goal">What is to be best.</param>
/// <param name="Rule">How a method is chosen.</param>
internal sealed record Aim(Goal Goal, ChoiceRule Rule);

/// <summary>
/// Honest figures of methods for rare classes and of the choice among them: for each outer fold, the choice is made anew on the rows of the others
/// (<see cref="MethodSelection"/>), every method is trained on these, and asked about the fold's own.
/// </summary>
internal sealed class NestedSelection
{
    private readonly LabelledRows _rows;
    private readonly IReadOnlyList<Method> _methods;
    private readonly SelectionOptions _outer, _inner;
    private readonly StratifiedFolds[] _cuts;

    /// <summary>A comparison; nothing is trained yet.</summary>
    /// <param name="rows">The real rows.</param>
    /// <param name="methods">What is compared.</param>
    /// <param name="outer">The outer folds, and their seed.</param>
    /// <param name="inner">The folds of the choice within each; its seed is not used.</param>
    /// <param name="least">Different rows that a class needs to be scored; those of smaller ones are trained on in every fold.</param>
    public NestedSelection(LabelledRows rows, IReadOnlyList<Method> methods, SelectionOptions outer, SelectionOptions inner, int least)
    {
        (_rows, _methods, _outer, _inner) = (rows, methods, outer, inner);
        _cuts = [.. Enumerable.Range(0, outer.Repeats)
            .Select(r => new StratifiedFolds(rows, outer.Folds, SeedStream.Derive(outer.Seed, "outer cut", (ulong)r)))];
        Unscored = [.. _cuts.Select(cut => cut.KeepRareInTraining(least)).ToArray()[0]];
    }

    /// <summary>
    /// Whether the rules of methods that the choice stops early are tuned on all inner folds too, so that each is compared at its best; else on those that it
    /// was tried on.
    /// </summary>
    public bool TunesAll { get; init; }

    /// <summary>The classes that are not scored, and how many different rows each has.</summary>
    public IReadOnlyList<(int Class, int Different)> Unscored { get; }

    /// <summary>Outer folds of all cuts.</summary>
    public int Count => _outer.Folds * _outer.Repeats;

    /// <summary>Compares, for each aim and classifier.</summary>
    /// <param name="trainers">The classifiers; each trains on one thread.</param>
    /// <param name="aims">What is to be best, and how it is chosen; all are told from the same classifiers.</param>
    /// <param name="begins">Hears the number of each fold (from 0) as it begins.</param>
    /// <param name="says">Hears what is being done in it.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>[aims][classifiers][folds of all cuts]</returns>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<OuterFold>>> Run(IReadOnlyList<IClassifierTrainer> trainers, IReadOnlyList<Aim> aims,
        Action<int>? begins = null, Action<string>? says = null, CancellationToken stop = default)
    {
        List<OuterFold>[][] folds = [.. aims.Select(_ => trainers.Select(_ => new List<OuterFold>()).ToArray())];
        foreach ((int i, (StratifiedFolds cut, int fold)) in _cuts.SelectMany(cut => Enumerable.Range(0, cut.Count).Select(fold => (cut, fold))).Index())
        {
            begins?.Invoke(i);
            LabelledRows training = cut.Training(fold), held = _rows.Pick(cut.Held(fold));
            ulong seed = cut.SeedOf(fold);
            var known = new KnownAnswers();
            SelectionOptions inner = _inner with { Seed = seed };
            IReadOnlyList<SelectedMethod>[] tuned = [.. aims.Select(aim => Select(aim, inner with { StopsEarly = inner.StopsEarly && !TunesAll }))];
            IReadOnlyList<SelectedMethod>[] chosen = TunesAll ? [.. aims.Select(aim => Select(aim, inner))] : tuned;
            says?.Invoke($"training all {_methods.Count} methods to be asked about its rows");
            float[][][] answers = [.. trainers.Select(_ => new float[_methods.Count][])];
            Cores.Each([.. Enumerable.Range(0, _methods.Count)], m =>
            {
                bool possible = chosen[0].Any(c => c.Methods[m].Problem is null);
                float[][] given = possible ? Answers(trainers, m, training, held.Values, seed, stop) : [.. trainers.Select(_ => Array.Empty<float>())];
                for (int t = 0; t < trainers.Count; t++) answers[t][m] = given[t];
            }, stop, alone: m => _methods[m].OneAtATime);
            for (int a = 0; a < aims.Count; a++)
                for (int t = 0; t < trainers.Count; t++)
                {
                    MethodAnswers[] methods = [.. tuned[a][t].Methods.Select((m, at) => new MethodAnswers(m.Method, answers[t][at], m.Rule))];
                    folds[a][t].Add(new OuterFold(held.Labels, methods, chosen[a][t].Best));
                }

            IReadOnlyList<SelectedMethod> Select(Aim aim, SelectionOptions options) =>
                new MethodSelection(training, _methods, aim.Goal, options) { Rule = aim.Rule, Known = known }.Run(trainers, says, stop);
        }
        return folds;
    }

    private float[][] Answers(
        IReadOnlyList<IClassifierTrainer> trainers, int method, LabelledRows training, float[] held, ulong seed, CancellationToken stop)
    {
        WeightedRows resampled = _methods[method].Resample(training, seed, stop);
        return [.. trainers.Select(trainer =>
        {
            using IFittedClassifier fitted = trainer.Fit(resampled.Rows, resampled.Weights, seed, stop);
            return fitted.Probabilities(held);
        })];
    }
}

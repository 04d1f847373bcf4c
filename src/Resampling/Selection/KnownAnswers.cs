using System.Collections.Concurrent;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Selection;

/// <summary>What classifiers have said of inner folds, so that a choice by another goal or rule on the same cuts trains none of them anew.</summary>
internal sealed class KnownAnswers
{
    private readonly ConcurrentDictionary<(Method Method, IClassifierTrainer Trainer, int Repeat, int Fold), FoldAnswers> _answers = [];
    private readonly ConcurrentDictionary<(Method Method, IClassifierTrainer Trainer, Goal Goal, int Folds), Standing> _standings = [];

    /// <summary>What is known of a fold; null where nothing is.</summary>
    public FoldAnswers? Find(Method method, IClassifierTrainer trainer, int repeat, int fold) => _answers.GetValueOrDefault((method, trainer, repeat, fold));

    /// <summary>Keeps what was said of a fold.</summary>
    public void Add(Method method, IClassifierTrainer trainer, int fold, FoldAnswers answers) => _answers[(method, trainer, answers.Repeat, fold)] = answers;

    /// <summary>How a method stands by its first folds, worked out once.</summary>
    public Standing Standing(Method method, IClassifierTrainer trainer, Goal goal, int folds, Func<Standing> make) =>
        _standings.GetOrAdd((method, trainer, goal, folds), _ => make());
}

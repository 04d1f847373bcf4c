using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;

namespace GanPipeline.Resampling.Selection;

/// <summary>
/// Chooses a method for rare classes, and the rule of its decisions, for each of several classifiers: every method is tried on stratified folds of repeated
/// cuts, the rule of each fold is tuned on the other folds (<see cref="Standing"/>), and one is chosen (<see cref="ChoiceRule.Families"/>). Its score is that
/// of a winner and so too good; an honest one needs rows that the selection has not seen (<see cref="NestedSelection"/>).
/// </summary>
/// <remarks>
/// Methods that are clearly behind are stopped: after two folds of the first cut and after each whole cut, those that are behind the leader of their classifier
/// by more than twice the standard error of that difference. What a method makes of the rows of a fold is made once for all classifiers. Folds and methods are
/// worked on by all cores; what comes out does not depend on which core is first.
/// </remarks>
internal sealed class MethodSelection
{
    private const double ClearlyBehind = 2; // standard errors
    private const int FirstLook = 2; // folds

    private readonly LabelledRows _rows;
    private readonly IReadOnlyList<Method> _methods;
    private readonly Goal _goal;
    private readonly SelectionOptions _options;
    private readonly int[] _counts;
    private readonly StratifiedFolds[] _cuts;

    /// <summary>A selection; nothing is trained yet.</summary>
    /// <param name="rows">The real rows.</param>
    /// <param name="methods">What is chosen among, the rows as they are first.</param>
    /// <param name="goal">What is to be best.</param>
    /// <param name="options">How it is done.</param>
    /// <exception cref="UserErrorException">Fewer than two classes have rows enough for two folds.</exception>
    public MethodSelection(LabelledRows rows, IReadOnlyList<Method> methods, Goal goal, SelectionOptions options)
    {
        (_rows, _methods, _goal, _counts, _cuts) = (rows, methods, goal, rows.ClassCounts(), Cuts(rows, options));
        _options = options with { Folds = _cuts[0].Count };
    }

    /// <summary>By which rule one is chosen.</summary>
    public ChoiceRule Rule { get; init; } = ChoiceRule.Families;

    /// <summary>What is known of the folds already; it gets what is not.</summary>
    public KnownAnswers Known { get; init; } = new();

    /// <summary>
    /// The cuts into folds: fewer than asked for where there are too few rows, or rows of several classes that are equal and must be in one fold. Rows of
    /// classes that are too small to be in every fold are in none.
    /// </summary>
    /// <exception cref="UserErrorException">Fewer than two classes have rows enough for two folds.</exception>
    public static StratifiedFolds[] Cuts(LabelledRows rows, SelectionOptions options)
    {
        int[] counts = rows.ClassCounts();
        for (int folds = options.Folds; folds >= 2; folds--)
        {
            StratifiedFolds[] cuts = [.. Enumerable.Range(0, options.Repeats)
                .Select(r => new StratifiedFolds(rows, folds, SeedStream.Derive(options.Seed, "cut", (ulong)r)))];
            if (counts.Count(n => n > 0) - cuts.Max(cut => cut.KeepRareInTraining(folds).Count) >= 2) return cuts;
        }
        string classes = string.Join(", ", rows.ClassNames.Zip(counts, (name, n) => $"'{name}' {n}").Take(10));
        throw new UserErrorException($"a choice on folds needs two classes of at least 2 different rows, and the classes have {classes}: give more rows of " +
            "the rare ones.");
    }

    /// <summary>Chooses for each classifier.</summary>
    /// <param name="trainers">The classifiers; each trains on one thread.</param>
    /// <param name="says">Hears what is being done.</param>
    /// <param name="stop">Ends the work.</param>
    public IReadOnlyList<SelectedMethod> Run(IReadOnlyList<IClassifierTrainer> trainers, Action<string>? says = null, CancellationToken stop = default)
    {
        Contender[][] byTrainer = [.. trainers.Select(trainer => _methods.Select(method => new Contender(method, trainer)).ToArray())];
        for (int repeat = 0; repeat < _options.Repeats; repeat++)
        {
            int looked = repeat == 0 ? Math.Min(FirstLook, _options.Folds) : _options.Folds;
            Try(repeat, 0, looked);
            if (looked == _options.Folds) continue;
            Try(repeat, looked, _options.Folds);
        }
        return [.. byTrainer.Select((contenders, t) => new SelectedMethod(trainers[t],
            Chosen(contenders).Result(_counts.Length),
            [.. contenders.AsParallel().AsOrdered().WithCancellation(stop).Select(c => c.Result(_counts.Length))]))];

        void Try(int repeat, int first, int end)
        {
            // A method that is left alone is chosen; its rule wants the whole of one cut.
            Contender[][] running = [.. byTrainer.Select(contenders => contenders.Where(c => c.Runs).ToArray())
                .Select(left => left.Length > 1 || repeat == 0 ? left : [])];
            if (running.All(contenders => contenders.Length == 0)) return;
            int methods = running.SelectMany(r => r).DistinctBy(c => c.Method).Count(), before = repeat * _options.Folds;
            says?.Invoke($"trying {methods} methods on inner folds {before + first + 1} to {before + end} of {_options.Repeats * _options.Folds}");
            Cores.Each([.. Tasks()], task => task.Answer(_rows, _cuts[repeat], repeat, Known, stop), stop, _options.InOrder ? 1 : null,
                task => task.Asking[0].Method.OneAtATime);
            if (byTrainer.FirstOrDefault(contenders => !Array.Exists(contenders, c => c.Runs)) is { } none) throw new UserErrorException(none[0].Problem!);
            Cores.Each([.. running.SelectMany(r => r).Where(c => c.Runs)], c => c.Stand(_goal, _rows.Labels, _counts, Known), stop);
            if (!_options.StopsEarly || (repeat == _options.Repeats - 1 && end == _options.Folds)) return; // at the end, stopping a method saves nothing
            foreach (Contender[] contenders in running.Where(r => r.Length > 0)) StopThoseBehind([.. contenders.Where(c => c.Runs)]);

            IEnumerable<FoldTask> Tasks()
            {
                for (int fold = first; fold < end; fold++)
                    foreach (IGrouping<Method, Contender> asking in running.SelectMany(r => r).GroupBy(c => c.Method))
                        yield return new FoldTask(fold, [.. asking]);
            }
        }
    }

    private Contender Chosen(Contender[] contenders)
    {
        Tried chosen = Rule.Choose(_methods[0], [.. contenders.Where(c => c.Runs).Select(c => new Tried(c.Method, c.Standing!.Estimate))]);
        return contenders.First(c => c.Method == chosen.Method);
    }

    private static void StopThoseBehind(Contender[] running)
    {
        Estimate leader = running.MaxBy(c => c.Standing!.Tuned)!.Standing!.Estimate;
        foreach (Contender contender in running) contender.Stopped = leader.IsAhead(contender.Standing!.Estimate, ClearlyBehind);
    }

    /// <summary>A fold of a method, for all classifiers that still ask for it.</summary>
    private sealed record FoldTask(int Fold, Contender[] Asking)
    {
        public void Answer(LabelledRows rows, StratifiedFolds cut, int repeat, KnownAnswers known, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            var unknown = new List<Contender>();
            foreach (Contender contender in Asking)
            {
                if (known.Find(contender.Method, contender.Trainer, repeat, Fold) is { } answers) contender.Add(Fold, answers);
                else unknown.Add(contender);
            }
            if (unknown.Count == 0) return;
            int[] held = cut.Held(Fold);
            WeightedRows resampled;
            try { resampled = Asking[0].Method.Resample(cut.Training(Fold), cut.SeedOf(Fold), stop); }
            catch (UserErrorException e)
            {
                foreach (Contender contender in Asking) contender.Problem = e.Message; // a method that these rows do not allow is no reason to fail
                return;
            }
            float[] values = rows.Pick(held).Values;
            foreach (Contender contender in unknown)
            {
                using IFittedClassifier fitted = contender.Trainer.Fit(resampled.Rows, resampled.Weights, cut.SeedOf(Fold), stop);
                var answers = new FoldAnswers(repeat, held, fitted.Probabilities(values));
                known.Add(contender.Method, contender.Trainer, Fold, answers);
                contender.Add(Fold, answers);
            }
        }
    }

    /// <summary>A method for a classifier, and how it has done so far.</summary>
    private sealed class Contender(Method method, IClassifierTrainer trainer)
    {
        private readonly SortedDictionary<(int Repeat, int Fold), FoldAnswers> _answers = [];

        public Method Method => method;

        public IClassifierTrainer Trainer => trainer;

        public bool Stopped { get; set; }

        public string? Problem { get; set; }

        public bool Runs => !Stopped && Problem is null;

        public Standing? Standing { get; private set; }

        public void Add(int fold, FoldAnswers answers)
        {
            lock (_answers) _answers.Add((answers.Repeat, fold), answers);
        }

        public void Stand(Goal goal, long[] labels, int[] counts, KnownAnswers known) =>
            Standing = known.Standing(Method, Trainer, goal, _answers.Count, () => new Standing(goal, labels, counts, [.. _answers.Values]));

        public MethodScore Result(int classes) => Problem is not null || Standing is null
            ? new MethodScore(Method, double.NaN, double.NaN, DecisionRule.Even(classes), _answers.Count) { Problem = Problem }
            : new MethodScore(Method, Standing.Plain, Standing.Tuned, Standing.Rule, _answers.Count)
            {
                Stopped = Stopped,
            };
    }
}

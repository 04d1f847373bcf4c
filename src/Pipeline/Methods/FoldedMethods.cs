using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>A method of dealing with rare classes, as the folds score it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Folds">How its classifier did on each fold.</param>
/// <param name="Scored">Classes that are scored: a row that is taken for one of another class is wrong, but that class has no score of its own.</param>
internal sealed record FoldedMethod(string Name, IReadOnlyList<ClassificationScores> Folds, IReadOnlyList<int> Scored)
{
    public double[] MacroF1 => [.. Folds.Select(f => Scored.Select(c => f.F1[c]).Where(double.IsFinite).Average())];

    public double[] BalancedAccuracy => [.. Folds.Select(f => f.BalancedAccuracy)];
}

/// <summary>
/// Whether a generator is worth it for a table: the methods that cost nothing, and a generator that is trained anew for each fold, compared on stratified
/// folds.
/// </summary>
internal sealed class FoldedMethods
{
    private const int Listed = 5;

    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly torch.Device _device;
    private readonly LabelledRows _rows;
    private readonly FoldComparison _comparison;
    private readonly IReadOnlyList<(int Class, int Different)> _unscored;
    private readonly int[] _scored;

    public FoldedMethods(RunOptions options, Dataset data, int folds, torch.Device device)
    {
        LabelledRows.CheckBalanced(data);
        (_options, _data, _device, _rows) = (options, data, device, LabelledRows.Of(data));
        _comparison = new FoldComparison(_rows, folds, AllColumns.Of(BoostedTrees.Default, data.Format.Table), options.Seed);
        _unscored = _comparison.KeepRareInTraining(Math.Max(folds, ClassColumn.FewRows));
        int[] counts = _rows.ClassCounts();
        _scored = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0 && _unscored.All(u => u.Class != c))];
        if (_scored.Length < 2)
        {
            throw new UserErrorException($"{data.Name}: {Unscored()}, too few to be scored on {folds} folds, and a comparison needs two classes of at least " +
                $"{Math.Max(folds, ClassColumn.FewRows)} different rows: give more rows, or compare nothing and keep the rows as they are.");
        }
    }

    /// <summary>What is said before the work begins: which classes are not scored, and what becomes of their rows; null where all are.</summary>
    public string? Caution => _unscored.Count == 0 ? null : $"{Unscored()}, fewer than the {Math.Max(_comparison.Folds, ClassColumn.FewRows)} different " +
        $"ones that a score on {_comparison.Folds} folds needs: these rows are trained on in every fold and are not scored, and the advice says nothing of " +
        $"{(_unscored.Count == 1 ? "that class" : "these classes")}";

    /// <summary>Rows that are scored.</summary>
    public int Rows => _scored.Sum(c => _rows.PlacesOf(c).Length);

    /// <summary>The methods that cost nothing, then the generator.</summary>
    public IReadOnlyList<FoldedMethod> Run(StageContext context)
    {
        List<FoldedMethod> methods = [.. Method.Free(_data.Format.Table).Select(method => Scored(method, _comparison.Run(method, null, context.Stop)))];
        var generator = new Method("generator", ResampledRows.Generator,
            (train, seed, stop) => train.Append(Generated(train, seed, stop), train.Lacking()));
        methods.Add(Scored(generator, _comparison.Run(generator, Begins, context.Stop)));
        return methods;

        void Begins(int fold)
        {
            context.Progress?.Report(new WorkProgress("folds", fold, _comparison.Folds));
            context.Note($"fold {fold + 1} of {_comparison.Folds}: training a generator on the other rows");
        }
    }

    /// <summary>One sentence: what to use.</summary>
    public string Advise(IReadOnlyList<FoldedMethod> methods)
    {
        FoldedMethod generator = methods[^1], free = methods.SkipLast(1).MaxBy(m => m.MacroF1.Average())!;
        int[] counts = _rows.ClassCounts();
        int rarest = _scored.MinBy(c => counts[c]);
        var few = FewRows.Of([counts[rarest]], [_rows.ClassNames[rarest]], _ => true);
        return $"{Advice.Of(free.Name, free.MacroF1.Average(), generator.MacroF1.Average(), FoldGain.Of(generator.MacroF1, free.MacroF1).Interval, few)} " +
            $"The rarest class that it rests on is '{_rows.ClassNames[rarest]}' with {counts[rarest]} rows" +
            $"{(_unscored.Count == 0 ? "" : $"; it says nothing of {Names()}")}.";
    }

    private FoldedMethod Scored(Method method, IReadOnlyList<FoldPredictions> folds) =>
        new(method.Name, [.. folds.Select(f => ClassificationScores.Of(f.Actual, f.Predicted, _rows.ClassNames.Count))], _scored);

    /// <summary>The classes that are not scored, each with its number of rows.</summary>
    private string Unscored() => _unscored.Count == 1 ? $"class {Names()} has {RowsOf(_unscored[0])}"
        : $"{_unscored.Count} classes have few rows ({string.Join(", ", _unscored.Take(Listed).Select(c => $"'{_rows.ClassNames[c.Class]}' {RowsOf(c)}"))}" +
            $"{(_unscored.Count > Listed ? $" and {_unscored.Count - Listed} more" : "")})";

    private string Names() => ClassMatch.List(_unscored.Select(c => _rows.ClassNames[c.Class]));

    private string RowsOf((int Class, int Different) of)
    {
        int rows = _rows.PlacesOf(of.Class).Length;
        string different = of.Different == rows ? "" : $", of which {of.Different} {(of.Different == 1 ? "is" : "are")} different";
        return $"{(rows == 1 ? "1 row" : $"{rows} rows")}{different}";
    }

    /// <summary>Rows for the rare classes of a generator that is trained on <paramref name="train"/> alone.</summary>
    private float[] Generated(LabelledRows train, ulong seed, CancellationToken stop)
    {
        int anchors = (_options.Data as TableDataOptions)?.Anchors ?? 0;
        using var data = new Dataset(_data.Name, _data.Sha256, torch.tensor(train.Values, [train.Count, train.Columns]), torch.tensor(train.Labels),
            _data.ClassNames,
            _data.Format.WithRealRows(train.Values, train.Labels, train.ClassNames.Count, anchors));
        using var trainer = new Trainer(_options, data, _device);
        trainer.Train(trainer.TotalSteps, _ => { }, stop);
        _ = MissingCalibration.Fit(trainer.Sampler, _options.Seed, _device, stop);
        return SampleSource.DrawEncoded(trainer.Sampler, train.Lacking(), seed, _device);
    }
}

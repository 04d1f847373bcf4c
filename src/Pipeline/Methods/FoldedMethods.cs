using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>A method of dealing with rare classes, as the folds score it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Folds">How its classifier did on each fold.</param>
internal sealed record FoldedMethod(string Name, IReadOnlyList<ClassificationScores> Folds)
{
    public double[] MacroF1 => [.. Folds.Select(f => f.MacroF1)];

    public double[] BalancedAccuracy => [.. Folds.Select(f => f.BalancedAccuracy)];
}

/// <summary>
/// Whether a generator is worth it for a table: the methods that cost nothing, and a generator that is trained anew for each fold, compared on stratified
/// folds.
/// </summary>
internal sealed class FoldedMethods
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly torch.Device _device;
    private readonly LabelledRows _rows;
    private readonly FoldComparison _comparison;

    public FoldedMethods(RunOptions options, Dataset data, int folds, torch.Device device)
    {
        LabelledRows.CheckBalanced(data);
        (_options, _data, _device, _rows) = (options, data, device, LabelledRows.Of(data));
        _comparison = new FoldComparison(_rows, folds, AllColumns.Of(BoostedTrees.Default, data.Format.Table), options.Seed);
    }

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
    public static string Advise(IReadOnlyList<FoldedMethod> methods)
    {
        FoldedMethod generator = methods[^1], free = methods.SkipLast(1).MaxBy(m => m.MacroF1.Average())!;
        return Advice.Of(free.Name, free.MacroF1.Average(), generator.MacroF1.Average(), FoldGain.Of(generator.MacroF1, free.MacroF1).Interval);
    }

    private FoldedMethod Scored(Method method, IReadOnlyList<FoldPredictions> folds) =>
        new(method.Name, [.. folds.Select(f => ClassificationScores.Of(f.Actual, f.Predicted, _rows.ClassNames.Count))]);

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

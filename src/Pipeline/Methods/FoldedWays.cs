using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>A way of dealing with rare classes, as the folds score it.</summary>
/// <param name="Name">The way.</param>
/// <param name="Folds">How its classifier did on each fold.</param>
internal sealed record FoldedWay(string Name, IReadOnlyList<ClassificationScores> Folds)
{
    public double[] MacroF1 => [.. Folds.Select(f => f.MacroF1)];

    public double[] BalancedAccuracy => [.. Folds.Select(f => f.BalancedAccuracy)];
}

/// <summary>
/// Whether a generator is worth it for a table: on stratified folds, a classifier is trained on the other folds as they are, with its threshold moved, and with
/// rows added by what costs nothing and by a generator that is trained on those folds alone; scores are of real rows that none of them has seen. Equal rows
/// are in one fold.
/// </summary>
internal sealed class FoldedWays
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly torch.Device _device;
    private readonly LabelledRows _rows;
    private readonly int[] _fold;
    private readonly int _folds;

    public FoldedWays(RunOptions options, Dataset data, int folds, torch.Device device)
    {
        LabelledRows.CheckBalanced(data);
        (_options, _data, _folds, _device, _rows) = (options, data, folds, device, LabelledRows.Of(data));
        _fold = StratifiedFolds.Of(_rows.Values, _rows.Columns, _rows.Labels, _rows.ClassNames.Count, folds, options.Seed);
    }

    public IReadOnlyList<FoldedWay> Run(StageContext context)
    {
        var scores = new List<(string Name, ClassificationScores Scores)>();
        for (int fold = 0; fold < _folds; fold++)
        {
            context.Stop.ThrowIfCancellationRequested();
            context.Progress?.Report(new WorkProgress("folds", fold, _folds));
            context.Note($"fold {fold + 1} of {_folds}: training a generator on the other rows");
            LabelledRows train = Part(i => _fold[i] != fold), held = Part(i => _fold[i] == fold);
            ulong seed = SeedStream.Derive(_options.Seed, "fold", (ulong)fold);
            Way generator = new("generator", Way.Generator, train.Append(Generated(train, seed, context.Stop), Way.Lacking(train)));
            foreach (Way way in Way.Free(train, _data.Format.Table, seed).Append(generator))
                scores.Add((way.Name, ClassificationScores.Of(held.Labels, way.Predict(held.Values, _options.Seed, context.Stop), _rows.ClassNames.Count)));
        }
        return [.. scores.GroupBy(s => s.Name).Select(g => new FoldedWay(g.Key, [.. g.Select(s => s.Scores)]))];
    }

    /// <summary>One sentence: what to use.</summary>
    public static string Advise(IReadOnlyList<FoldedWay> ways)
    {
        FoldedWay generator = ways[^1], free = ways.SkipLast(1).MaxBy(w => w.MacroF1.Average())!;
        return Advice.Of(free.Name, free.MacroF1.Average(), generator.MacroF1.Average(), FoldGain.Of(generator.MacroF1, free.MacroF1).Interval);
    }

    private LabelledRows Part(Func<int, bool> wanted) => _rows.Pick([.. Enumerable.Range(0, _rows.Count).Where(wanted)]);

    /// <summary>Rows for the rare classes of a generator that learns from <paramref name="train"/> alone.</summary>
    private float[] Generated(LabelledRows train, ulong seed, CancellationToken stop)
    {
        int anchors = (_options.Data as TableDataOptions)?.Anchors ?? 0;
        using var data = new Dataset(_data.Name, _data.Sha256, torch.tensor(train.Values, [train.Count, train.Columns]), torch.tensor(train.Labels),
            _data.ClassNames,
            _data.Format.WithRealRows(train.Values, train.Labels, train.ClassNames.Count, anchors));
        using var trainer = new Trainer(_options, data, _device);
        trainer.Train(trainer.TotalSteps, _ => { }, stop);
        return SampleSource.DrawEncoded(trainer.Sampler, Way.Lacking(train), seed, _device);
    }
}

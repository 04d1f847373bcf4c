using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Rows of a generator as a method for rare classes: it is trained on the rows that the method is given, once for all target shares.</summary>
/// <param name="named">Name of the method without its target share.</param>
/// <param name="run">How the generator is trained.</param>
/// <param name="data">The data set that the rows are of.</param>
/// <param name="device">Where it is trained.</param>
internal sealed class GeneratorMethod(string named, RunOptions run, Dataset data, torch.Device device)
{
    private const int Kept = 4; // folds whose rows are kept for the other shares

    private static readonly double[] Shares = [0.25, 1];

    private static readonly Lock _making = new(); // torch has one stream of random numbers

    private readonly Queue<(ulong Seed, LabelledRows Added)> _made = new();

    /// <summary>The method at each target share that adds rows.</summary>
    /// <param name="rows">The real rows.</param>
    public IReadOnlyList<Method> At(LabelledRows rows) =>
    [
        .. Shares.Where(share => rows.Lacking(share).Length > 0).Select(share =>
        {
            string name = FormattableString.Invariant($"{named} at {share:#.##}");
            return new Method(name, (train, seed, stop) => Added(train, seed, share, stop)) { Family = named, OneAtATime = true };
        }),
    ];

    private LabelledRows Added(LabelledRows train, ulong seed, double share, CancellationToken stop)
    {
        LabelledRows all;
        lock (_making)
        {
            all = _made.FirstOrDefault(made => made.Seed == seed).Added ?? Make(train, seed, stop);
        }
        int[] wanted = [.. train.Targets(share).Zip(train.ClassCounts(), (target, count) => target - count)];
        LabelledRows some = all.Pick([.. Enumerable.Range(0, all.Count).Where(row => wanted[all.Labels[row]]-- > 0)]);
        return train.Append(some.Values, some.Labels);
    }

    private LabelledRows Make(LabelledRows train, ulong seed, CancellationToken stop)
    {
        long[] labels = train.Lacking();
        LabelledRows added = train with { Values = Generated(train, labels, seed, stop), Labels = labels };
        _made.Enqueue((seed, added));
        if (_made.Count > Kept) _made.Dequeue();
        return added;
    }

    private float[] Generated(LabelledRows train, long[] labels, ulong seed, CancellationToken stop)
    {
        Devices.UseThreads(1); // each thread has a number of its own; the other cores have other methods to work on
        int anchors = (run.Data as TableDataOptions)?.Anchors ?? 0;
        using var rows = new Dataset(data.Name, data.Sha256, torch.tensor(train.Values, [train.Count, train.Columns]), torch.tensor(train.Labels),
            data.ClassNames, data.Format.WithRealRows(train.Values, train.Labels, train.ClassNames.Count, anchors));
        using var trainer = new Trainer(run, rows, device);
        trainer.Train(trainer.TotalSteps, _ => { }, stop);
        _ = MissingCalibration.Fit(trainer.Sampler, run.Seed, device, stop);
        return SampleSource.DrawEncoded(trainer.Sampler, labels, seed, device);
    }
}

using System.Diagnostics;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>What is to be generated, by whom.</summary>
/// <param name="Session">The generator.</param>
/// <param name="Plan">How many samples, of which classes.</param>
/// <param name="Seed">Seed of the noise.</param>
/// <param name="Shard">Which part of them.</param>
/// <param name="Key">Says which samples these are: the same key, the same bytes.</param>
/// <param name="Resume">Whether to go on with what an interrupted run left.</param>
/// <param name="Force">Whether files that are there may be replaced.</param>
/// <param name="Context">Hears what goes on, and ends the work.</param>
internal sealed record SampleJob(
    GeneratorSession Session, ClassPlan Plan, ulong Seed, Shard Shard, string Key, bool Resume, bool Force, StageContext Context)
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(10);

    public GeneratorInfo Info => Session.Info;

    /// <summary>The samples of this part.</summary>
    public ulong Count => Shard.End(Plan.Count) - Shard.First(Plan.Count);

    /// <summary>The samples of this part, without those that are <paramref name="done"/>.</summary>
    public IEnumerable<SampleBatch> Batches(ulong done = 0)
    {
        if (done > 0) Context.Note($"going on after {done} of {Count} samples");
        var clock = Stopwatch.StartNew();
        TimeSpan next = NoteEvery;
        ulong first = Shard.First(Plan.Count), generated = done;
        foreach (SampleBatch batch in Session.Stream(Seed, first + done, Count - done, Plan.LabelOf))
        {
            Context.Stop.ThrowIfCancellationRequested();
            yield return batch;
            generated += (ulong)batch.Count;
            Context.Progress?.Report(new WorkProgress("samples", (long)generated, (long)Count));
            if (clock.Elapsed < next) continue;
            Context.Note(FormattableString.Invariant($"{generated} of {Count} samples, {(generated - done) / clock.Elapsed.TotalSeconds:F0} a second"));
            next = clock.Elapsed + NoteEvery;
        }
    }
}

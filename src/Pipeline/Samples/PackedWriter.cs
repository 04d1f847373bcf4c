using System.IO.Compression;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;

namespace GanPipeline.Stages;

/// <summary>Writes samples as text that is packed by gzip, in one go: what is packed cannot be gone on with.</summary>
internal sealed class PackedWriter(string path, TextForm form, IRecords records) : ISampleWriter
{
    public void Check(ClassPlan plan, Shard shard, bool resume, bool force)
    {
        records.Header(plan.Count);
        if (resume) throw UserErrorException.Usage($"--out {path}: a packed file cannot be gone on with; leave --resume out, or name one that is not packed.");
    }

    public IReadOnlyList<string> Files(Shard shard) => [shard.Name(path)];

    public void Prepare() { }

    public void Write(SampleJob job) => AtomicFile.Write(job.Shard.Name(path), stream =>
    {
        using GZipStream packing = form.Packing(stream)!;
        if (job.Shard.Index == 0) packing.Write(records.Header(job.Plan.Count)); // later parts follow the first one's records
        foreach (SampleBatch batch in job.Batches()) records.Write(packing, batch);
    });
}

using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Stages;

/// <summary>A format of a header and one record a sample, written as the samples come.</summary>
internal interface IRecords
{
    /// <summary>What the file of <paramref name="total"/> samples begins with.</summary>
    /// <exception cref="UserErrorException">The format cannot hold so many.</exception>
    byte[] Header(ulong total);

    void Write(Stream stream, SampleBatch batch);

    /// <summary>How many whole records follow where <paramref name="part"/> stands, and the bytes that they take.</summary>
    (ulong Records, long Bytes) Whole(Stream part);
}

/// <summary>A format for the classes of the samples alone.</summary>
internal interface ILabelRecords
{
    byte[] Header(ulong total);

    /// <summary>Bytes of one label.</summary>
    int Size { get; }

    void Encode(long label, Span<byte> record);
}

/// <summary>Writes samples into one file, and their classes into another where the format keeps them apart.</summary>
/// <param name="path">The samples' file.</param>
/// <param name="records">How a sample is written.</param>
/// <param name="labels">The classes' file, and how one is written.</param>
/// <param name="ownFolder">Whether the folder is what the user named, so that it is made; otherwise it must be there.</param>
internal sealed class RecordFileWriter(string path, IRecords records, (string Path, ILabelRecords Records)? labels, bool ownFolder = false) : ISampleWriter
{
    public void Check(ClassPlan plan, Shard shard, bool resume) => records.Header(plan.Count);

    public void Write(SampleJob job)
    {
        if (ownFolder) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] header = job.Shard.Index == 0 ? records.Header(job.Plan.Count) : []; // later parts follow the first one's records
        using var output = ResumableOutput.Open(job.Shard.Name(path), job.Key, job.Resume);
        if (!output.IsWritten) output.WriteFile(stream =>
        {
            ulong done = 0;
            if (stream.Length > header.Length)
            {
                stream.Position = header.Length;
                (done, long bytes) = records.Whole(stream);
                stream.SetLength(header.Length + bytes);
                stream.Position = stream.Length;
            }
            else
            {
                stream.SetLength(0);
                stream.Write(header);
            }
            foreach (SampleBatch batch in job.Batches(done)) records.Write(stream, batch);
        });
        if (labels is var (labelPath, labelRecords)) WriteLabels(job, job.Shard.Name(labelPath), labelRecords);
        output.Complete();
    }

    /// <summary>The classes are known without generating anything.</summary>
    private static void WriteLabels(SampleJob job, string path, ILabelRecords records) => AtomicFile.Write(path, stream =>
    {
        if (job.Shard.Index == 0) stream.Write(records.Header(job.Plan.Count));
        Span<byte> record = stackalloc byte[records.Size];
        for (ulong i = job.Shard.First(job.Plan.Count); i < job.Shard.End(job.Plan.Count); i++)
        {
            records.Encode(job.Plan.LabelOf!(i), record);
            stream.Write(record);
        }
    });
}

using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

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
    private readonly bool _streams = AtomicFile.IsStream(path);

    public void Check(ClassPlan plan, Shard shard, bool resume, bool force)
    {
        records.Header(plan.Count);
        if (resume && _streams)
            throw UserErrorException.Usage($"--out {path}: of a stream nothing stays that could be gone on with; leave --resume out, or name a file.");
    }

    public IReadOnlyList<string> Files(Shard shard) =>
        _streams ? [path] : labels is null ? [shard.Name(path)] : [shard.Name(path), shard.Name(labels.Value.Path)];

    public void Prepare()
    {
        if (ownFolder) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    public void Write(SampleJob job)
    {
        Prepare();
        byte[] header = job.Shard.Index == 0 ? records.Header(job.Plan.Count) : []; // later parts follow the first one's records
        if (_streams)
        {
            AtomicFile.Write(path, stream => WriteAll(stream, header, job));
            return;
        }
        string file = job.Shard.Name(path), labelFile = labels is null ? "" : job.Shard.Name(labels.Value.Path);
        using var output = ResumableOutput.Open(file, job.Key, job.Resume);
        bool compares = job.Resume && !output.IsResumed && !job.Force; // what is there is of an earlier run that finished, or somebody else's
        bool hasLabels = compares && File.Exists(labelFile);
        if (hasLabels) ComparedStream.Compare(labelFile, stream => WriteLabels(stream, job, labels!.Value.Records));
        if (compares && File.Exists(file))
        {
            job.Context.Note($"{file} is there already; comparing it with what these options make");
            ComparedStream.Compare(file, stream => WriteAll(stream, header, job));
        }
        else if (!output.IsWritten) output.WriteFile(stream => GoOn(stream, header, job));
        if (labels is var (_, labelRecords) && !hasLabels) AtomicFile.Write(labelFile, stream => WriteLabels(stream, job, labelRecords));
        output.Complete();
    }

    private void WriteAll(Stream stream, byte[] header, SampleJob job)
    {
        stream.Write(header);
        foreach (SampleBatch batch in job.Batches()) records.Write(stream, batch);
    }

    /// <summary>Cuts off what is not whole of a part, and writes the rest.</summary>
    private void GoOn(FileStream stream, byte[] header, SampleJob job)
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
    }

    /// <summary>The classes are known without generating anything.</summary>
    private static void WriteLabels(Stream stream, SampleJob job, ILabelRecords records)
    {
        if (job.Shard.Index == 0) stream.Write(records.Header(job.Plan.Count));
        Span<byte> record = stackalloc byte[records.Size];
        for (ulong i = job.Shard.First(job.Plan.Count); i < job.Shard.End(job.Plan.Count); i++)
        {
            records.Encode(job.Plan.LabelOf!(i), record);
            stream.Write(record);
        }
    }
}

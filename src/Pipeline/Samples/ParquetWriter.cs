using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;

namespace GanPipeline.Stages;

/// <summary>Writes rows of a table as a Parquet file, in one go.</summary>
internal sealed class ParquetWriter(string path, GeneratorInfo info) : ISampleWriter
{
    // Numbers are numbers there, without what stands around them in a text.
    private readonly ColumnTexts[] _texts = [.. info.Columns.Select(column => new ColumnTexts(column with { Style = "" }))];

    public void Check(ClassPlan plan, Shard shard, bool resume, bool force)
    {
        string? wrong = resume ? "cannot be gone on with; leave --resume out" : shard.IsWhole ? null : "cannot be joined from parts; leave --shard out";
        if (wrong is not null) throw UserErrorException.Usage($"--out {path}: a Parquet file {wrong}, or name a .csv file.");
    }

    public IReadOnlyList<string> Files(Shard shard) => [path];

    public void Prepare() { }

    public void Write(SampleJob job) => new ParquetForm([.. info.Columns.Select(Column)]).Write(path, [.. info.Columns.Select(c => c.Name)],
        job.Batches().SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => ColumnTexts.Row(_texts, batch.Columns, row))));

    private static ParquetColumn Column(OutputColumn column) =>
        new(column.Name, column.IsText ? ParquetKind.Text : column.IsInteger ? ParquetKind.Int64 : ParquetKind.Double);
}

using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Rows from a generator file, which each Fit opens and closes.</summary>
internal sealed class FileGeneratorSource(string path, GeneratorSessionOptions options) : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit)
    {
        GeneratorSession session = GeneratorSession.Open(path, options);
        return new SessionRows(session, path, session.Dispose);
    }

    internal override TableRowGenerator OpenTable(TableRows rows, FitContext fit)
    {
        GeneratorSession session = GeneratorSession.Open(path, options);
        return TableRowGenerator.Of(session, path, $"generator {path}", session.Dispose);
    }
}

/// <summary>Rows from a generator file that its owner has opened.</summary>
internal sealed class SessionSource(GeneratorSession session, string path) : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit) => new SessionRows(session, path, () => { });

    internal override TableRowGenerator OpenTable(TableRows rows, FitContext fit) => TableRowGenerator.Of(session, path, $"generator {path}", () => { });
}

/// <summary>Rows of an open generator file.</summary>
internal sealed class SessionRows(GeneratorSession session, string path, Action close) : RowGenerator
{
    public override string Description => $"generator {path}";

    public override int FeatureCount => session.Info.SampleSize;

    public override IReadOnlyCollection<string> ClassNames => session.Info.ClassNames;

    public override void Generate(string className, ulong seed, long first, Span<float> rows)
    {
        var labels = new long[rows.Length / FeatureCount];
        Array.Fill(labels, ClassMatch.Place(className, session.Info.ClassNames));
        session.Generate(seed, (ulong)first, labels, rows);
        foreach (float value in rows)
        {
            if (!float.IsFinite(value))
                throw new UserErrorException($"{path}: the generator makes NaN or infinity for class '{className}'; train it again");
        }
    }

    protected override void Dispose(bool disposing) => close();
}

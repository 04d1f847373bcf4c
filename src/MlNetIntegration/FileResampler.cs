using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Rows from a generator file, which each Fit opens and closes.</summary>
internal sealed class FileResampler(string path, GeneratorSessionOptions options) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit)
    {
        GeneratorSession session = GeneratorSession.Open(path, options);
        return new SessionVectors(session, path, $"generator {path}", session.Dispose);
    }

    internal override ColumnGenerator Open(TableRows rows, FitContext fit)
    {
        GeneratorSession session = GeneratorSession.Open(path, options);
        return new SessionColumns(session, path, $"generator {path}", session.Dispose);
    }
}

/// <summary>Rows from a generator file that its owner has opened.</summary>
internal sealed class SessionResampler(GeneratorSession session, string path) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit) => new SessionVectors(session, path, $"generator {path}", () => { });

    internal override ColumnGenerator Open(TableRows rows, FitContext fit) => new SessionColumns(session, path, $"generator {path}", () => { });
}

/// <summary>Features of an open generator file.</summary>
internal sealed class SessionVectors : VectorGenerator
{
    private readonly GeneratorSession _session;
    private readonly string _path;
    private readonly Action _close;

    /// <param name="session">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="description">What it is, for messages.</param>
    /// <param name="close">What is done with the session afterwards, also when it is refused.</param>
    /// <exception cref="UserErrorException">It generates rows of a table.</exception>
    internal SessionVectors(GeneratorSession session, string path, string description, Action close)
    {
        (_session, _path, Description, _close) = (session, path, description, close);
        if (!session.Info.IsTable)
            return;
        close();
        throw new UserErrorException($"{path}: it generates rows of a table with the columns {ClassMatch.List(session.Info.Columns.Select(c => c.Name))}, "
            + "and a features column of vectors is wanted; name these columns instead (AppendUpsampling(ml, label, [\"column\", ...], ...)), "
            + "before the step that concatenates them, or use a generator that was trained on vectors");
    }

    public override string Description { get; }

    public override int FeatureCount => _session.Info.SampleSize;

    public override IReadOnlyCollection<string> ClassNames => _session.Info.ClassNames;

    public override void Generate(string className, ulong seed, long first, Span<float> rows)
    {
        var labels = new long[rows.Length / FeatureCount];
        Array.Fill(labels, ClassMatch.Place(className, _session.Info.ClassNames));
        _session.Generate(seed, (ulong)first, labels, rows);
        foreach (float value in rows)
        {
            if (!float.IsFinite(value))
                throw new UserErrorException($"{_path}: the generator gives NaN or infinity for class '{className}'; train it again");
        }
    }

    public override void Dispose() => _close();
}

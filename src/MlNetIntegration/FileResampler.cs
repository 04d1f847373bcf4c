using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Rows from a generator file, which each Fit opens and closes.</summary>
internal sealed class FileResampler(string path, GeneratorSessionOptions options) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit) => new SessionVectors(Opened());

    internal override ColumnGenerator Open(TableRows rows, FitContext fit) => new SessionColumns(Opened());

    private OpenGenerator Opened()
    {
        GeneratorSession session = GeneratorSession.Open(path, options);
        return new OpenGenerator(session, path, $"generator {path}", session.Dispose);
    }
}

/// <summary>Rows from a generator file that its owner has opened.</summary>
internal sealed class SessionResampler(GeneratorSession session, string path) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit) => new SessionVectors(Opened());

    internal override ColumnGenerator Open(TableRows rows, FitContext fit) => new SessionColumns(Opened());

    private OpenGenerator Opened() => new(session, path, $"generator {path}", () => { });
}

/// <summary>A generator file that rows are taken from.</summary>
/// <param name="Session">The open file.</param>
/// <param name="Path">Its name, for messages.</param>
/// <param name="Description">What it is, for messages.</param>
/// <param name="Close">What is done with the session afterwards, also when it is refused.</param>
internal sealed record OpenGenerator(GeneratorSession Session, string Path, string Description, Action Close)
{
    /// <summary>Closes it and refuses it, unless it fits.</summary>
    /// <param name="fits">Whether it generates what is wanted.</param>
    /// <param name="problem">What it generates, what is wanted, and what to do.</param>
    /// <exception cref="UserErrorException">It does not fit.</exception>
    internal void Require(bool fits, Func<string> problem)
    {
        if (fits)
            return;
        Close();
        throw new UserErrorException($"{Path}: {problem()}");
    }

    /// <summary>The place of a class in the file, for each of some rows.</summary>
    internal long[] Labels(string className, int count)
    {
        var labels = new long[count];
        Array.Fill(labels, ClassMatch.Place(className, Session.Info.ClassNames));
        return labels;
    }
}

/// <summary>Features of an open generator file.</summary>
internal sealed class SessionVectors : VectorGenerator
{
    private readonly OpenGenerator _file;

    /// <exception cref="UserErrorException">The file generates rows of a table.</exception>
    internal SessionVectors(OpenGenerator file)
    {
        _file = file;
        file.Require(!Info.IsTable, () => $"it generates rows of a table with the columns {ClassMatch.List(Info.Columns.Select(c => c.Name))}, "
            + "and a features column of vectors is wanted; name these columns instead (AppendUpsampling(ml, label, [\"column\", ...], ...)), "
            + "before the step that concatenates them, or use a generator that was trained on vectors");
    }

    public override string Description => _file.Description;

    public override int FeatureCount => Info.SampleSize;

    public override IReadOnlyCollection<string> ClassNames => Info.ClassNames;

    private GeneratorInfo Info => _file.Session.Info;

    public override void Generate(string className, ulong seed, long first, Span<float> rows)
    {
        _file.Session.Generate(seed, (ulong)first, _file.Labels(className, rows.Length / FeatureCount), rows);
        foreach (float value in rows)
        {
            if (!float.IsFinite(value))
                throw new UserErrorException($"{_file.Path}: the generator gives NaN or infinity for class '{className}'; train it again");
        }
    }

    public override void Dispose() => _file.Close();
}

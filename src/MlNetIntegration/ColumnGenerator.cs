using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Makes rows of a class, as columns of a table.</summary>
internal abstract class ColumnGenerator : IDisposable
{
    /// <summary>What it is, for messages.</summary>
    internal abstract string Description { get; }

    /// <summary>The classes that it can make rows of.</summary>
    internal abstract IReadOnlyCollection<string> ClassNames { get; }

    /// <summary>The columns that it generates; null where added rows have all columns of their donors, which keeps them exact in every type.</summary>
    internal abstract IReadOnlyList<string>? Columns { get; }

    /// <summary>Makes rows <paramref name="first"/>, first + 1, ... of the stream of a seed: the same rows however they are cut into calls.</summary>
    /// <param name="className">One of <see cref="ClassNames"/>.</param>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="first">Index of the first row in the stream.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Where they go: the wanted columns, whichever of <see cref="Columns"/> they are.</param>
    /// <param name="target">Place of the first row in these.</param>
    internal abstract void Generate(string className, ulong seed, long first, int count, IReadOnlyList<GeneratedColumn> columns, long target);

    /// <summary>As those of <see cref="VectorGenerator.Donors"/>.</summary>
    internal virtual int[]? Donors(string className, ulong seed, int count) => null;

    /// <summary>Gives back what it holds.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Rows of a generator file that was trained on a table.</summary>
internal sealed class SessionColumns : ColumnGenerator
{
    private readonly GeneratorSession _session;
    private readonly Action _close;

    /// <param name="session">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="description">What it is, for messages.</param>
    /// <param name="close">What is done with the session afterwards, also when it is refused.</param>
    /// <exception cref="UserErrorException">It generates something else than rows of a table.</exception>
    internal SessionColumns(GeneratorSession session, string path, string description, Action close)
    {
        (_session, Description, _close) = (session, description, close);
        if (session.Info.IsTable)
            return;
        close();
        throw new UserErrorException($"{path}: it generates samples of kind {session.Info.SampleKind}, and columns of a table are wanted; "
            + "name the one features column of vectors instead of a list of columns (AppendUpsampling(ml, label, \"Features\", ...)), "
            + "or use a generator that was trained on a table");
    }

    internal override string Description { get; }

    internal override IReadOnlyCollection<string> ClassNames => _session.Info.ClassNames;

    internal override IReadOnlyList<string> Columns => [.. _session.Info.Columns.Select(c => c.Name)];

    internal override void Generate(string className, ulong seed, long first, int count, IReadOnlyList<GeneratedColumn> columns, long target)
    {
        var labels = new long[count];
        Array.Fill(labels, ClassMatch.Place(className, _session.Info.ClassNames));
        IReadOnlyList<TableValues> values = _session.GenerateRows(seed, (ulong)first, labels, count);
        Dictionary<string, int> places = Columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        foreach (GeneratedColumn column in columns)
            column.Take(target, values[places[column.Name]]);
    }

    public override void Dispose() => _close();
}

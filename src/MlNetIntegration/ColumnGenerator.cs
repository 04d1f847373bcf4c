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

    /// <summary>Columns that it knows of and gives no value of, since they tell nothing of a row: added rows have none either.</summary>
    internal virtual IReadOnlyList<string> Omitted => [];

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
    private readonly OpenGenerator _file;

    /// <exception cref="UserErrorException">The file generates something else than rows of a table.</exception>
    internal SessionColumns(OpenGenerator file)
    {
        _file = file;
        file.Require(Info.IsTable, () => $"it generates samples of kind {Info.SampleKind}, and columns of a table are wanted; "
            + "name the one features column of vectors instead of a list of columns (AppendUpsampling(ml, label, \"Features\", ...)), "
            + "or use a generator that was trained on a table");
    }

    internal override string Description => _file.Description;

    internal override IReadOnlyCollection<string> ClassNames => Info.ClassNames;

    internal override IReadOnlyList<string> Columns => [.. Info.Columns.Select(c => c.Name)];

    internal override IReadOnlyList<string> Omitted => [.. Info.Omitted.Select(c => c.Name)];

    private GeneratorInfo Info => _file.Session.Info;

    internal override void Generate(string className, ulong seed, long first, int count, IReadOnlyList<GeneratedColumn> columns, long target)
    {
        IReadOnlyList<TableValues> values = _file.Session.GenerateRows(seed, (ulong)first, _file.Labels(className, count), count);
        Dictionary<string, int> places = Columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        foreach (GeneratedColumn column in columns)
            column.Take(target, values[places[column.Name]]);
    }

    public override void Dispose() => _file.Close();
}

using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Makes rows of a table of a class: a generator file that was trained on one.</summary>
internal sealed class TableRowGenerator(GeneratorSession session, string description, Action close) : IDisposable
{
    /// <summary>What it is, for messages.</summary>
    internal string Description => description;

    /// <summary>The classes that it can make rows of.</summary>
    internal IReadOnlyCollection<string> ClassNames => session.Info.ClassNames;

    /// <summary>The columns that it makes.</summary>
    internal IReadOnlyList<OutputColumn> Columns => session.Info.Columns;

    /// <summary>A file's generator; refuses one that makes something else than rows of a table.</summary>
    internal static TableRowGenerator Of(GeneratorSession session, string path, string description, Action close)
    {
        if (session.Info.IsTable)
            return new(session, description, close);
        close();
        throw new UserErrorException($"{path}: it makes samples of kind {session.Info.SampleKind}, and columns of a table are wanted; "
            + "train it on a table, or name one column of vectors to up-sample");
    }

    /// <summary>Makes rows <paramref name="first"/>, first + 1, ... of the stream of a seed: the same rows however they are cut into calls.</summary>
    /// <returns>A column each, in the order of <see cref="Columns"/>.</returns>
    internal IReadOnlyList<TableValues> Generate(string className, ulong seed, long first, int rows)
    {
        var labels = new long[rows];
        Array.Fill(labels, ClassMatch.Place(className, session.Info.ClassNames));
        return session.GenerateRows(seed, (ulong)first, labels, rows);
    }

    public void Dispose() => close();
}

using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>
/// Where the features of added rows come from. A source is a description; each Fit opens it anew. The library GanPipeline.MlNet.Training adds those
/// that Fit trains: <c>GeneratorSource.Train()</c> and <c>GeneratorSource.TrainTable()</c>.
/// </summary>
public abstract class GeneratorSource
{
    /// <summary>Rows from a generator file that was trained with classes on features, or on a table with columns, like these.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run; it changes the speed, not the rows.</param>
    public static GeneratorSource FromFile(string path, GeneratorSessionOptions? options = null) =>
        new FileGeneratorSource(path, options ?? new GeneratorSessionOptions());

    /// <summary>Rows from a generator file that is open already; it stays open.</summary>
    /// <param name="session">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    public static GeneratorSource FromSession(GeneratorSession session, string path) => new SessionSource(session, path);

    /// <summary>
    /// Synthetic minority over-sampling (Chawla et al. 2002, section 4.2): an added row lies at random on the line from a real row of the class to one of its
    /// nearest neighbours in the class. Distances are those of the features as they are, so bring the columns to one scale first.
    /// </summary>
    /// <param name="neighbours">Neighbours to choose from, at least 1; each class that is enlarged needs more rows than that.</param>
    /// <exception cref="UserErrorException"><paramref name="neighbours"/> is below 1; or, thrown by Fit, a class has too few rows.</exception>
    public static GeneratorSource Smote(int neighbours = 5) => neighbours >= 1
        ? new SmoteSource(neighbours)
        : throw new UserErrorException($"SMOTE with {neighbours} neighbours makes no sense; give at least 1");

    /// <summary>Real rows of the class once more, drawn with replacement: the baseline that costs nothing.</summary>
    public static GeneratorSource RandomOversampling() => new RandomOversamplingSource();

    /// <summary>Gets ready to make rows for the view that is being fitted. The caller disposes what it gets before Fit ends.</summary>
    public abstract RowGenerator Open(TrainingRows rows, FitContext fit);

    /// <summary>The same for columns of a table.</summary>
    internal virtual TableRowGenerator OpenTable(TableRows rows, FitContext fit) => throw new UserErrorException(
        "this generator source makes vectors of numbers, and columns of a table are wanted; "
            + "use FromFile with a generator that was trained on a table, or GeneratorSource.TrainTable() of GanPipeline.MlNet.Training");
}

/// <summary>Makes rows of a class.</summary>
public abstract class RowGenerator : IDisposable
{
    /// <summary>What it is, for messages: a file name, a method.</summary>
    public abstract string Description { get; }

    /// <summary>Numbers in a row.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>The classes that it can make rows of.</summary>
    public abstract IReadOnlyCollection<string> ClassNames { get; }

    /// <summary>
    /// Makes rows <paramref name="first"/>, first + 1, ... of the stream of <paramref name="seed"/>: the same rows however they are cut into calls.
    /// </summary>
    /// <param name="className">One of <see cref="ClassNames"/>.</param>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="first">Index of the first row in the stream.</param>
    /// <param name="rows">[N, <see cref="FeatureCount"/>], row-major, in the units of the features column.</param>
    public abstract void Generate(string className, ulong seed, long first, Span<float> rows);

    /// <summary>
    /// The real rows whose values the added rows have in all columns but the features: for each of the rows 0 to <paramref name="count"/> - 1 of the stream
    /// the index of a row among those of its class. Null where any row will do: they are then taken in turn.
    /// </summary>
    public virtual int[]? Donors(string className, ulong seed, int count) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the generator holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

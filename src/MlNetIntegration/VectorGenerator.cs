namespace GanPipeline.MlNet;

/// <summary>Makes the features of rows of a class, as a column of vectors.</summary>
internal abstract class VectorGenerator : IDisposable
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

    /// <summary>Gives back what it holds.</summary>
    public virtual void Dispose()
    {
    }
}

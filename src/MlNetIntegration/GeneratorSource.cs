using GanPipeline.Inference;

namespace GanPipeline.MlNet;

/// <summary>Where the features of added rows come from. A source is a description; each Fit opens it anew.</summary>
public abstract class GeneratorSource
{
    /// <summary>Rows from a generator file that was trained with classes on features like these.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run; it changes the speed, not the rows.</param>
    public static GeneratorSource FromFile(string path, GeneratorSessionOptions? options = null) =>
        new FileGeneratorSource(path, options ?? new GeneratorSessionOptions());

    /// <summary>Gets ready to make rows for the view that is being fitted. The caller disposes what it gets before Fit ends.</summary>
    public abstract RowGenerator Open(TrainingRows rows);
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

    /// <summary>Makes rows 0, 1, ... of the stream of <paramref name="seed"/>. The same arguments give the same rows.</summary>
    /// <param name="className">One of <see cref="ClassNames"/>.</param>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="rows">[N, <see cref="FeatureCount"/>], row-major, in the units of the features column.</param>
    public abstract void Generate(string className, ulong seed, Span<float> rows);

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

namespace GanPipeline.MlNet;

/// <summary>The features of the classes that are enlarged, in memory.</summary>
internal sealed class ClassFeatures(TrainingRows rows, FitContext fit)
{
    private readonly Dictionary<string, int> _index = rows.Classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
    private readonly float[][] _blocks = rows.ReadFeatures(c => fit.Additions[c] > 0);

    internal int FeatureCount => rows.FeatureCount;

    internal IReadOnlyCollection<string> ClassNames => _index.Keys;

    /// <summary>Real rows of the class.</summary>
    internal int Count(string className) => rows.Classes[_index[className]].Count;

    /// <summary>[rows of the class, <see cref="FeatureCount"/>] their numbers.</summary>
    internal ReadOnlyMemory<float> Rows(string className) => _blocks[_index[className]];

    /// <summary>A row of a class, counted from 0 within the class.</summary>
    internal ReadOnlySpan<float> Row(string className, int row) => Rows(className).Span.Slice(row * FeatureCount, FeatureCount);
}

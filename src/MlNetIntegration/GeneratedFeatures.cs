using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The one generated column of vectors.</summary>
/// <param name="rows">The real rows.</param>
/// <param name="additions">Rows added, by class.</param>
/// <param name="features">The vectors of the added rows; owned from now on.</param>
internal sealed class GeneratedFeatures(VectorRows rows, IReadOnlyList<int> additions, FeatureStore features) : GeneratedColumns
{
    internal override bool Has(DataViewSchema.Column column) => column.Index == rows.Features.Index;

    internal override Delegate Getter(DataViewSchema.Column column, Func<long> current) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, rows.FeatureCount);
        features.Read(current(), editor.Values);
        value = editor.Commit();
    });

    /// <summary>The features of each added row of a class; the memory is used again for the next one.</summary>
    internal IEnumerable<ReadOnlyMemory<float>> EachOf(int c)
    {
        long first = additions.Take(c).Sum(a => (long)a);
        var row = new float[rows.FeatureCount];
        for (long i = 0; i < additions[c]; i++)
        {
            features.Read(first + i, row);
            yield return row;
        }
    }

    /// <summary>The features of the first added rows of a class, [count, features].</summary>
    internal float[] FeaturesOf(int c, int count) => [.. EachOf(c).Take(count).SelectMany(row => row.ToArray())];

    public override void Dispose() => features.Dispose();
}

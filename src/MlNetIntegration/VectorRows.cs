using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The rows of a view in which a column of vectors is generated.</summary>
public sealed class TrainingRows : FittedRows
{
    private TrainingRows(IDataView view, DataViewSchema.Column label, DataViewSchema.Column features) : base(view, label) =>
        (Features, FeatureCount) = (features, ((VectorDataViewType)features.Type).Size);

    /// <summary>The features column of <see cref="FittedRows.View"/>: dense or sparse vectors of <see cref="FeatureCount"/> finite numbers.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>Numbers in a row's features.</summary>
    public int FeatureCount { get; }

    internal static TrainingRows Read(IDataView view, string labelColumn, string featuresColumn)
    {
        var rows = new TrainingRows(view, view.Schema[labelColumn], view.Schema[featuresColumn]);
        rows.Scan([rows.Features], rows.Checker);
        return rows;
    }

    /// <summary>Reads the features of some classes into memory, in one pass.</summary>
    /// <param name="wanted">Whether the class with an index into <see cref="FittedRows.Classes"/> is wanted.</param>
    /// <returns>For each class a block [rows of the class, <see cref="FeatureCount"/>], row-major; empty for a class that is not wanted.</returns>
    /// <exception cref="UserErrorException">A class does not fit into memory, or the view has changed.</exception>
    public float[][] ReadFeatures(Func<int, bool> wanted)
    {
        float[][] blocks = [.. Classes.Select((c, i) => wanted(i) ? NewBlock(c) : [])];
        var filled = new int[blocks.Length];
        using DataViewRowCursor cursor = View.GetRowCursor([Label, Features]);
        Func<int> classOf = ClassOf(cursor);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(Features);
        VBuffer<float> features = default;
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            int c = classOf();
            if (c < 0 || FeatureCount * filled[c] >= blocks[c].Length)
                continue;
            getFeatures(ref features);
            features.CopyTo(blocks[c].AsSpan(FeatureCount * filled[c]++, FeatureCount));
        }
        CheckUnchanged(row);
        return blocks;
    }

    private float[] NewBlock(ClassRows c) => (long)c.Count * FeatureCount <= Array.MaxLength
        ? new float[c.Count * FeatureCount]
        : throw new UserErrorException($"the {c.Count} rows of class '{c.Name}' with {FeatureCount} features each do not fit into memory; use fewer rows");

    private Action<int> Checker(DataViewRow row)
    {
        ValueGetter<VBuffer<float>> getFeatures = row.GetGetter<VBuffer<float>>(Features);
        VBuffer<float> features = default;
        return number =>
        {
            getFeatures(ref features);
            CheckFeatures(in features, number);
        };
    }

    private void CheckFeatures(in VBuffer<float> features, int row)
    {
        if (features.Length != FeatureCount)
            throw new UserErrorException(
                $"features column '{Features.Name}' has {features.Length} numbers in row {row}, its type says {FeatureCount}; the step that makes it is wrong");
        foreach (float value in features.GetValues())
        {
            if (!float.IsFinite(value))
            {
                string what = float.IsNaN(value) ? "NaN" : "infinity";
                throw new UserErrorException($"features column '{Features.Name}' has {what} in row {row}; replace missing values before up-sampling");
            }
        }
    }
}

using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>What one pass over the view that is being fitted found: the classes, and that every row can be used.</summary>
public sealed class TrainingRows
{
    private TrainingRows(IDataView view, DataViewSchema.Column label, DataViewSchema.Column features) =>
        (View, Label, Features, FeatureCount) = (view, label, features, ((VectorDataViewType)features.Type).Size);

    /// <summary>The view that is being fitted.</summary>
    public IDataView View { get; }

    /// <summary>The label column of <see cref="View"/>.</summary>
    public DataViewSchema.Column Label { get; }

    /// <summary>The features column of <see cref="View"/>: dense or sparse vectors of <see cref="FeatureCount"/> finite numbers.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>Numbers in a row's features.</summary>
    public int FeatureCount { get; }

    /// <summary>The classes in the order in which they first occur.</summary>
    public IReadOnlyList<ClassRows> Classes { get; private set; } = [];

    /// <summary>The index into <see cref="Classes"/> of each row of <see cref="View"/>; -1 for a row without a label.</summary>
    public IReadOnlyList<int> ClassOfRow { get; private set; } = [];

    internal static TrainingRows Read(IDataView view, string labelColumn, string featuresColumn)
    {
        var rows = new TrainingRows(view, view.Schema[labelColumn], view.Schema[featuresColumn]);
        rows.Scan();
        return rows;
    }

    private void Scan()
    {
        using DataViewRowCursor cursor = View.GetRowCursor([Label, Features]);
        Func<string?> className = ClassNames.Reader(cursor, Label);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(Features);
        var indices = new Dictionary<string, int>();
        var counts = new List<int>();
        var classOfRow = new List<int>();
        VBuffer<float> features = default;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            CheckFeatures(in features, classOfRow.Count + 1);
            int index = -1;
            if (className() is { } name && !indices.TryGetValue(name, out index))
            {
                indices.Add(name, index = counts.Count);
                counts.Add(0);
            }
            if (index >= 0)
                counts[index]++;
            classOfRow.Add(index);
        }
        Classes = [.. indices.Select(entry => new ClassRows(entry.Key, counts[entry.Value]))];
        ClassOfRow = classOfRow;
        if (Classes.Count == 0)
            throw new UserErrorException(classOfRow.Count == 0
                ? "the training data has no rows; give at least one row of each class"
                : $"none of the {classOfRow.Count} training rows has a value in label column '{Label.Name}'");
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

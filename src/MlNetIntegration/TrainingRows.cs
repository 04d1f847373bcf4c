using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>What one pass over the view that is being fitted found: the classes, and that every row can be used.</summary>
public sealed class TrainingRows
{
    private readonly Dictionary<string, int> _index = [];

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

    /// <summary>Rows of <see cref="View"/>, with and without a label.</summary>
    public int RowCount { get; private set; }

    /// <summary>The label column's value in the first row of each class: every row of the class has it.</summary>
    internal ColumnBuffer Labels { get; private set; } = null!;

    internal static TrainingRows Read(IDataView view, string labelColumn, string featuresColumn)
    {
        var rows = new TrainingRows(view, view.Schema[labelColumn], view.Schema[featuresColumn]);
        rows.Scan();
        return rows;
    }

    /// <summary>
    /// What tells the class of a cursor's current row: its index into <see cref="Classes"/>, or -1 for a row without a label. Nothing is kept a row, so that a
    /// view may be larger than memory.
    /// </summary>
    /// <param name="row">A cursor over <see cref="View"/> that was asked for <see cref="Label"/>.</param>
    /// <exception cref="UserErrorException">Thrown by the function: the class was not there when the view was fitted.</exception>
    public Func<int> ClassOf(DataViewRow row)
    {
        Func<string?> className = ClassNames.Reader(row, Label);
        return () => className() is not { } name ? -1 : _index.TryGetValue(name, out int c) ? c : throw new UserErrorException(
            $"the training data has rows of class '{name}' now and had none when it was fitted; do not change it while it is in use");
    }

    /// <summary>Reads the features of some classes into memory, in one pass.</summary>
    /// <param name="wanted">Whether the class with an index into <see cref="Classes"/> is wanted.</param>
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

    /// <summary>Refuses a view that has another number of rows than it had when it was fitted.</summary>
    internal void CheckUnchanged(int rows)
    {
        if (rows != RowCount)
            throw new UserErrorException(
                $"the training data had {RowCount} rows when it was fitted and has {rows} now; do not change it while it is in use");
    }

    private float[] NewBlock(ClassRows c) => (long)c.Count * FeatureCount <= Array.MaxLength
        ? new float[c.Count * FeatureCount]
        : throw new UserErrorException($"the {c.Count} rows of class '{c.Name}' with {FeatureCount} features each do not fit into memory; use fewer rows");

    private void Scan()
    {
        using DataViewRowCursor cursor = View.GetRowCursor([Label, Features]);
        Func<string?> className = ClassNames.Reader(cursor, Label);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(Features);
        Labels = ColumnBuffer.Create(Label.Type);
        Action<int> keepLabel = Labels.Reader(cursor, Label);
        var counts = new List<int>();
        VBuffer<float> features = default;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            CheckFeatures(in features, ++RowCount);
            if (className() is not { } name)
                continue;
            if (!_index.TryGetValue(name, out int index))
            {
                _index.Add(name, index = counts.Count);
                keepLabel(index);
                counts.Add(0);
            }
            counts[index]++;
        }
        Classes = [.. _index.Select(entry => new ClassRows(entry.Key, counts[entry.Value]))];
        if (Classes.Count == 0)
            throw new UserErrorException(RowCount == 0
                ? "the training data has no rows; give at least one row of each class"
                : $"none of the {RowCount} training rows has a value in label column '{Label.Name}'");
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

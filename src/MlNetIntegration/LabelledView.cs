using GanPipeline.Primitives;
using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The rows of a view that have a class, with their features in memory. Classes are numbered as ML.NET's trainers number their scores.</summary>
internal sealed class LabelledView
{
    private readonly IDataView _view;
    private readonly DataViewSchema.Column _label, _features;
    private readonly int[] _places;
    private readonly int _count;

    private LabelledView(IDataView view, DataViewSchema.Column label, DataViewSchema.Column features, LabelledRows rows, int[] places, int count) =>
        (_view, _label, _features, Rows, _places, _count) = (view, label, features, rows, places, count);

    /// <summary>The rows, in the view's order.</summary>
    public LabelledRows Rows { get; }

    /// <summary>Reads a view once.</summary>
    /// <exception cref="UserErrorException">There are no rows, or too many for memory.</exception>
    public static LabelledView Read(IDataView view, string labelColumn, string featuresColumn)
    {
        (DataViewSchema.Column label, DataViewSchema.Column features) = (view.Schema[labelColumn], view.Schema[featuresColumn]);
        int columns = ((VectorDataViewType)features.Type).Size;
        IReadOnlyList<string> classes = ClassNames.All(label);
        Dictionary<string, int> index = classes.Index().DistinctBy(c => c.Item).ToDictionary(c => c.Item, c => c.Index);
        using DataViewRowCursor cursor = view.GetRowCursor([label, features]);
        Func<string?> className = ClassNames.Reader(cursor, label);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> row = default;
        (List<float> values, List<long> labels, List<int> places, int count) = ([], [], [], 0);
        float[] dense = new float[columns];
        for (; cursor.MoveNext(); count++)
        {
            if (className() is not { } name) continue;
            getFeatures(ref row);
            if (row.Length != columns)
            {
                throw new UserErrorException($"features column '{features.Name}' has {row.Length} numbers in row {count + 1}, its type says {columns}; "
                    + "the step that makes it is wrong");
            }
            ArrayLimit.Check((Int128)(labels.Count + 1) * columns, $"features column '{features.Name}'", "use fewer rows");
            row.CopyTo(dense);
            values.AddRange(dense);
            labels.Add(index[name]);
            places.Add(count);
        }
        if (labels.Count == 0)
        {
            throw new UserErrorException(count == 0 ? "the training data has no rows; give at least one row of each class"
                : $"none of the {count} training rows has a value in label column '{label.Name}'");
        }
        return new LabelledView(view, label, features, new LabelledRows([.. values], columns, [.. labels], classes), [.. places], count);
    }

    /// <summary>Some rows of the view, with all of its columns, to be scored.</summary>
    /// <param name="held">Their places among <see cref="Rows"/>.</param>
    public IDataView Held(int[] held)
    {
        bool[] wanted = new bool[_count];
        foreach (int place in held) wanted[_places[place]] = true;
        return new PickedView(_view, wanted);
    }

    /// <summary>The rows of the view but some, with all of its columns, to be trained on; also those without a class.</summary>
    /// <param name="held">Places of the others among <see cref="Rows"/>.</param>
    public IDataView Without(int[] held)
    {
        bool[] wanted = new bool[_count];
        Array.Fill(wanted, true);
        foreach (int place in held) wanted[_places[place]] = false;
        return new PickedView(_view, wanted);
    }

    /// <summary>Rows of any origin as a view with the label and the features column of this one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weightColumn">A column of weights; null for none.</param>
    /// <param name="weights">[rows] what each counts; null where all count the same.</param>
    public IDataView Made(LabelledRows rows, string? weightColumn = null, float[]? weights = null) =>
        new RowsView(rows, _label, _features, weightColumn, weights);

    /// <summary>Refuses features that no row can be made of.</summary>
    /// <exception cref="UserErrorException">A number is not finite.</exception>
    public void CheckFinite()
    {
        int at = Array.FindIndex(Rows.Values, value => !float.IsFinite(value));
        if (at < 0) return;
        throw new UserErrorException($"features column '{_features.Name}' has {(float.IsNaN(Rows.Values[at]) ? "NaN" : "infinity")} in row "
            + $"{_places[at / Rows.Columns] + 1}; replace missing values before balancing");
    }
}

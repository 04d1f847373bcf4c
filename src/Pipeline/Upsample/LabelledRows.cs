using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using Microsoft.ML;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Rows of numbers with a class each, in the data's own units: what up-sampling takes and gives.</summary>
/// <param name="Values">[N, columns] row-major.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Labels">[N] class indices.</param>
/// <param name="ClassNames">Names in index order.</param>
internal sealed record LabelledRows(float[] Values, int Columns, long[] Labels, IReadOnlyList<string> ClassNames)
{
    public int Count => Labels.Length;

    public ReadOnlyMemory<float> Row(int row) => Values.AsMemory(row * Columns, Columns);

    public int[] ClassCounts()
    {
        int[] counts = new int[ClassNames.Count];
        foreach (long label in Labels) counts[label]++;
        return counts;
    }

    /// <summary>The rows at some places, in that order; a place may come more than once.</summary>
    public LabelledRows Pick(IReadOnlyList<int> places)
    {
        float[] values = new float[Length(places.Count, Columns, "the rows that are picked")];
        for (int i = 0; i < places.Count; i++) Row(places[i]).CopyTo(values.AsMemory(i * Columns));
        return this with { Values = values, Labels = [.. places.Select(p => Labels[p])] };
    }

    public IDataView View(MLContext context) => LabelledRow.View(context,
        Enumerable.Range(0, Count).Select(i => new LabelledRow { Label = ClassNames[(int)Labels[i]], Features = Row(i).ToArray() }), Columns);

    /// <summary>These rows, then more of the same classes.</summary>
    public LabelledRows Append(IEnumerable<LabelledRow> added)
    {
        Dictionary<string, long> index = ClassNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => (long)p.i, StringComparer.Ordinal);
        var values = new List<float>(Values);
        var labels = new List<long>(Labels);
        foreach (LabelledRow row in added)
        {
            _ = Length(labels.Count + 1L, Columns, "the rows with those that are added");
            values.AddRange(row.Features);
            labels.Add(index[row.Label]);
        }
        return this with { Values = [.. values], Labels = [.. labels] };
    }

    /// <summary>These rows, then more of the same classes.</summary>
    public LabelledRows Append(float[] values, long[] labels)
    {
        _ = Length(Labels.LongLength + labels.Length, Columns, "the rows with those that are added");
        return this with { Values = [.. Values, .. values], Labels = [.. Labels, .. labels] };
    }

    /// <summary>
    /// The largest class keeps its rows and the last keeps one in <paramref name="ratio"/> of that, the others lie between on a geometric scale.
    /// </summary>
    public LabelledRows Imbalanced(double ratio)
    {
        int most = ClassCounts().Max();
        int[] left = [.. ClassNames.Select((_, c) => (int)Math.Round(most / Math.Pow(ratio, c / Math.Max(1.0, ClassNames.Count - 1))))];
        return Pick([.. Enumerable.Range(0, Count).Where(i => left[Labels[i]]-- > 0)]);
    }

    /// <summary>Refuses a data set whose classes, each enlarged to the largest, are more than can be held: before anything is trained on it.</summary>
    /// <exception cref="UserErrorException">They are.</exception>
    public static void CheckBalanced(Dataset data)
    {
        long[] counts = data.ClassCounts();
        if (counts.Length > 0) _ = Length((Int128)counts.Max() * counts.Count(n => n > 0), data.Format.Size, $"the data set '{data.Name}', balanced");
    }

    private static int Length(Int128 rows, long columns, string what) => ArrayLimit.Check(rows * columns, $"{what}, {rows} rows of {columns} numbers",
        "take fewer samples, or train, export and generate without judging (gan train, export, generate)");

    /// <summary>A data set's rows, copied out of its tensors.</summary>
    public static LabelledRows Of(Dataset data)
    {
        if (data.Labels is null) throw new UserErrorException($"the data set '{data.Name}' has no classes; there is nothing to balance.");
        _ = Length(data.Count, data.Format.Size, $"the data set '{data.Name}'");
        using torch.Tensor floats = data.Samples.to_type(torch.ScalarType.Float32, copy: true);
        return new LabelledRows(floats.data<float>().ToArray(), (int)data.Format.Size, data.Labels.data<long>().ToArray(), data.ClassNames);
    }
}

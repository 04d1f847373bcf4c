using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.Evaluation.Classifiers;

/// <summary>A row as ML.NET's trainers take it.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "ML.NET makes it.")]
internal sealed class ClassifierRow
{
    /// <summary>The class as a key, from 0.</summary>
    public uint Label { get; set; }

    /// <summary>Whether the class is not the first, for trainers of two classes.</summary>
    public bool IsSecond { get; set; }

    /// <summary>What the row counts.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>The numbers.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Rows as ML.NET takes them, read when they are asked for.</summary>
    /// <param name="ml">Whose data they are.</param>
    /// <param name="values">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="classes">Number of keys.</param>
    /// <param name="keys">[N] classes from 0; null for rows that are to be classified.</param>
    /// <param name="weights">[N] what each row counts; null where all count the same.</param>
    public static IDataView View(MLContext ml, ReadOnlyMemory<float> values, int columns, int classes, uint[]? keys = null, float[]? weights = null)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ClassifierRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, values.Length / columns).Select(row => new ClassifierRow
        {
            Label = keys?[row] ?? 0,
            IsSecond = keys is not null && keys[row] > 0,
            Weight = weights?[row] ?? 1,
            Features = values.Slice(row * columns, columns).ToArray(),
        }), schema);
    }

    /// <summary>Refuses rows that no classifier takes.</summary>
    /// <exception cref="UserErrorException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">They are no whole rows.</exception>
    public static void Check(ReadOnlySpan<float> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0) throw new ArgumentException($"{values.Length} values are no whole rows of {columns}.", nameof(values));
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new UserErrorException($"row {i / columns}, column {i % columns}: {values[i]} is not a finite number; remove or repair the row.");
    }
}

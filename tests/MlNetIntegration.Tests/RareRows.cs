namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>A row of one of two overlapping normal clouds, or, as text, of three.</summary>
public sealed class RareRow
{
    public float X { get; set; }

    public float Y { get; set; }

    public bool Rare { get; set; }

    public string Label { get; set; } = "";

    public string Name { get; set; } = "";
}

internal static class RareRows
{
    /// <summary>Two clouds that overlap so much that of fifty to one hardly any row is likelier rare than not.</summary>
    internal static RareRow[] Two(int common, int seed)
    {
        Blob[] rows = Blobs.Rows(common, 0, common / 50, seed);
        return [.. rows.Select((r, i) => new RareRow
        {
            X = r.Label == "rare" ? r.X - 0.3f : r.X, Y = r.Label == "rare" ? r.Y - 0.3f : r.Y, Rare = r.Label == "rare", Label = r.Label, Name = $"{i}",
        })];
    }

    /// <summary>Three clouds of 100:20:3.</summary>
    internal static RareRow[] Three(int common, int seed)
    {
        Blob[] rows = Blobs.Rows(common, common / 5, common * 3 / 100, seed);
        return [.. rows.Select((r, i) => new RareRow { X = r.X, Y = r.Y, Label = r.Label, Name = $"{i}" })];
    }

    /// <summary>The rows with a vector of features, and the label as a key.</summary>
    internal static IDataView Featured(this MLContext ml, RareRow[] rows)
    {
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Concatenate("Features", "X", "Y").Append(ml.Transforms.Conversion.MapValueToKey("Label",
            keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)).Fit(view).Transform(view);
    }

    /// <summary>The mean of the classes' F1, counted from the column PredictedLabel.</summary>
    internal static double MacroF1<T>(IDataView scored, string label)
        where T : notnull
    {
        T[] actual = [.. scored.GetColumn<T>(label)], predicted = [.. scored.GetColumn<T>("PredictedLabel")];
        return MacroF1(actual, predicted);
    }

    internal static double MacroF1<T>(T[] actual, T[] predicted)
        where T : notnull => actual.Concat(predicted).Distinct().Average(c =>
    {
        int hits = actual.Zip(predicted).Count(p => p.First.Equals(c) && p.Second.Equals(c));
        return 2.0 * hits / (actual.Count(a => a.Equals(c)) + predicted.Count(p => p.Equals(c)));
    });
}

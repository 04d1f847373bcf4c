namespace GanPipeline.MlNetFacts.Tests;

/// <summary>A row that can be learnt from: A and B tell the class, C does not.</summary>
public sealed class LearnRow
{
    public float A { get; set; }

    public float B { get; set; }

    public float C { get; set; }

    public bool Label { get; set; }

    /// <summary>Rows of two classes two standard deviations apart, the rare ones first.</summary>
    internal static LearnRow[] Some(int rare, int common, int seed)
    {
        var random = new Random(seed);
        float Normal(double mean) => (float)(mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        return [.. Enumerable.Range(0, rare + common).Select(i => new LearnRow
        {
            A = Normal(i < rare ? 1.5 : 0), B = Normal(i < rare ? 1.5 : 0), C = Normal(5), Label = i < rare,
        })];
    }

    /// <summary>The rows with a features column of A and B.</summary>
    internal static IDataView View(MLContext ml, int rare, int common, int seed = 1)
    {
        IDataView view = ml.Data.LoadFromEnumerable(Some(rare, common, seed));
        return ml.Transforms.Concatenate("Features", "A", "B").Fit(view).Transform(view);
    }
}

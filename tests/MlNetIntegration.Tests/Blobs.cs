namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>A row that can be trained on.</summary>
public sealed class Blob
{
    public float X { get; set; }

    public float Y { get; set; }

    public string Label { get; set; } = "";
}

internal static class Blobs
{
    /// <summary>Three overlapping normal clouds of the given sizes, mixed.</summary>
    internal static Blob[] Rows(int common, int middle, int rare, int seed)
    {
        var random = new Random(seed);
        float Normal(double mean) => (float)(mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        Blob[] rows =
        [
            .. Enumerable.Range(0, common).Select(_ => new Blob { X = Normal(0), Y = Normal(0), Label = "common" }),
            .. Enumerable.Range(0, middle).Select(_ => new Blob { X = Normal(-2.5), Y = Normal(1), Label = "middle" }),
            .. Enumerable.Range(0, rare).Select(_ => new Blob { X = Normal(1.5), Y = Normal(1.5), Label = "rare" }),
        ];
        random.Shuffle(rows);
        return rows;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.Training.Tests;

/// <summary>What scripts/record_trace.py wrote.</summary>
internal sealed record Trace(
    [property: JsonPropertyName("preset")] string Preset, [property: JsonPropertyName("model")] string Model,
        [property: JsonPropertyName("variant")] string Variant,
    [property: JsonPropertyName("set")] string[] Set, [property: JsonPropertyName("batch")] int Batch, [property: JsonPropertyName("shape")] long[] Shape,
    [property: JsonPropertyName("classes")] int Classes, [property: JsonPropertyName("tolerance")] double Tolerance,
    [property: JsonPropertyName("losses")] double[][] Losses,
    [property: JsonPropertyName("tensors")] Dictionary<string, Trace.Part[]> Tensors)
{
    /// <summary>
    /// A parameter or buffer: its size, mean, root of the mean square, and some of its entries at even distances (all, if it is small). One that is
    /// unsettled, a bias in front of batch norm, follows from rounding alone.
    /// </summary>
    internal sealed record Part(
        [property: JsonPropertyName("count")] int Count, [property: JsonPropertyName("unsettled")] bool Unsettled,
        [property: JsonPropertyName("mean")] double Mean,
        [property: JsonPropertyName("rms")] double Rms, [property: JsonPropertyName("entries")] double[] Entries);

    public static string Folder => Repository.In("tests", "Training.Tests", "traces");

    public static Trace Read(string name) => JsonSerializer.Deserialize<Trace>(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;

    /// <summary>The system as the trace states it: a preset's text, or a file of models/, and what is changed.</summary>
    public RunOptions Options()
    {
        string[] set = [.. Set, $"batch={Batch}"];
        return Model.Length == 0 ? Config.Preset.Parse(Preset, "the trace's preset", overrides: set)
            : Config.Preset.Load(Repository.In("models", Model), Variant.Length == 0 ? null : Variant, set);
    }

    /// <summary>What its samples are.</summary>
    public SampleFormat Format => Shape.Length == 3 ? SampleFormat.Pixels((int)Shape[0], (int)Shape[1], (int)Shape[2]) : new(SampleFormat.Points, Shape, 1, 0);

    /// <summary>The largest difference of a flat tensor from the recorded parts that are settled, entries and moments alike.</summary>
    public static double LargestDifference(float[] flat, Part[] parts)
    {
        Assert.Equal(parts.Sum(p => p.Count), flat.Length);
        double largest = 0;
        int offset = 0;
        foreach (Part part in parts)
        {
            double[] mine = Array.ConvertAll(flat[offset..(offset + part.Count)], v => (double)v);
            offset += part.Count;
            if (part.Unsettled) continue;
            largest = Math.Max(largest, Math.Abs(mine.Average() - part.Mean));
            largest = Math.Max(largest, Math.Abs(Math.Sqrt(mine.Average(v => v * v)) - part.Rms));
            for (int i = 0; i < part.Entries.Length; i++)
                largest = Math.Max(largest, Math.Abs(mine[(int)((long)i * part.Count / part.Entries.Length)] - part.Entries[i]));
        }
        return largest;
    }
}

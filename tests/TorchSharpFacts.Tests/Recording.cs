using System.Text.Json;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>What PyTorch computed, as scripts/record_layers.py wrote it.</summary>
internal static class Recording
{
    private static readonly JsonElement s_root = Load();

    internal static IEnumerable<string> Names(string section) =>
        s_root.GetProperty(section).EnumerateArray().Select(c => c.GetProperty("name").GetString()!);

    internal static JsonElement Case(string section, string name) =>
        s_root.GetProperty(section).EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    internal static Tensor? ReadTensor(JsonElement recorded)
    {
        if (recorded.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        long[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        return recorded.TryGetProperty("values", out var values)
            ? tensor(values.EnumerateArray().Select(v => v.GetSingle()).ToArray()).reshape(shape)
            : tensor(recorded.GetProperty("integers").EnumerateArray().Select(v => v.GetInt64()).ToArray()).reshape(shape);
    }

    internal static Dictionary<string, Tensor> ReadTensors(JsonElement recorded) =>
        recorded.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(entry => entry.Name, entry => ReadTensor(entry.Value)!);

    /// <summary>The same distinct values as the recorder's function of this name.</summary>
    internal static Tensor Numbered(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (count, side) => count * side)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((i * 0.6180339887498949 % 1.0 * 2.0) - 1.0);
        }

        return tensor(values).reshape(shape);
    }

    internal static void AssertClose(Tensor? expected, Tensor? actual, double tolerance, string what)
    {
        Assert.True((expected is null) == (actual is null), $"{what}: expected {(expected is null ? "nothing" : "a tensor")}");
        if (expected is null || actual is null)
        {
            return;
        }

        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        double largest = expected.numel() == 0 ? 0 : (expected - actual.detach()).abs().max().to(float64).item<double>();
        Assert.True(largest <= tolerance, $"{what}: differs by {largest} from the recorded values, more than {tolerance}");
    }

    private static JsonElement Load()
    {
        using var stream = typeof(Recording).Assembly.GetManifestResourceStream("layers.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}

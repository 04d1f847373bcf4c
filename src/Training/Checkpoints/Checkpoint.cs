using System.Text.Json;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Checkpoints;

/// <summary>What a checkpoint says about itself, beside its tensors.</summary>
public sealed record CheckpointHeader
{
    /// <summary>The run's options as YAML, defaults included.</summary>
    public required string Options { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataName { get; init; }

    /// <summary>SHA-256 (hex) of the data set.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Class names in index order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples per class in the data set, in index order.</summary>
    public required IReadOnlyList<long> ClassCounts { get; init; }

    /// <summary>Shape and units of a sample.</summary>
    public required SampleFormat Format { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>What the next row of metrics is the mean of, so far.</summary>
    public required IReadOnlyList<double> MetricSums { get; init; }

    /// <summary>How many of the last steps are in these sums.</summary>
    public required long SummedSteps { get; init; }

    /// <summary>The best that the quality probe has measured.</summary>
    public required BestSoFar Best { get; init; }

    /// <summary>Updates of the generator.</summary>
    public required long GeneratorSteps { get; init; }

    /// <summary>Updates of the discriminator.</summary>
    public required long DiscriminatorSteps { get; init; }
}

/// <summary>
/// The whole state of a run at one step, in one file: weights, moving average, running statistics, both optimisers' moments and the step, from which every
/// random stream and the position in the data follow. The device it was written on does not matter.
/// </summary>
public sealed class Checkpoint
{
    /// <summary>Name of the weights that samples are drawn with.</summary>
    public const string SamplerParameters = "sampler.parameters";

    /// <summary>Name of the running statistics that samples are drawn with.</summary>
    public const string SamplerBuffers = "sampler.buffers";

    /// <summary>Name of the discriminator's weights.</summary>
    public const string DiscriminatorParameters = "discriminator.parameters";

    /// <summary>Name of the discriminator's running statistics.</summary>
    public const string DiscriminatorBuffers = "discriminator.buffers";

    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly IReadOnlyDictionary<string, float[]> _tensors;

    private Checkpoint(CheckpointHeader header, IReadOnlyDictionary<string, float[]> tensors) => (Header, _tensors) = (header, tensors);

    /// <summary>What it says about itself.</summary>
    public CheckpointHeader Header { get; }

    /// <summary>Names and values of its tensors, all flat float32.</summary>
    public IReadOnlyDictionary<string, float[]> Tensors => _tensors;

    /// <summary>The options of the run that wrote it.</summary>
    public RunOptions Options => Preset.Parse(Header.Options, "the checkpoint's options");

    internal Checkpoint(CheckpointHeader header, IEnumerable<(string Name, Tensor Tensor)> state)
        : this(header, state.ToDictionary(s => s.Name, s => ToArray(s.Tensor))) { }

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    public void Write(string path) => CheckpointFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Header), _tensors);

    /// <summary>Reads a file that <see cref="Write"/> made.</summary>
    /// <exception cref="UserErrorException">It is missing, damaged, cut short, or of another version.</exception>
    public static Checkpoint Read(string path)
    {
        (byte[] header, IReadOnlyDictionary<string, float[]> tensors) = CheckpointFile.Read(path);
        try { return new Checkpoint(JsonSerializer.Deserialize<CheckpointHeader>(header, Strict) ?? throw new JsonException("empty"), tensors); }
        catch (JsonException e) { throw new UserErrorException($"{path}: the checkpoint's header is not readable ({e.Message}); use another checkpoint.", e); }
    }

    /// <summary>
    /// Refuses to go on with other options or other data than those that made the checkpoint, unless <paramref name="force"/>. Options that only say what is
    /// written when, and when the run ends, may always change: the steps stay what they would have been.
    /// </summary>
    /// <returns>What differs, for people; empty where nothing does.</returns>
    /// <exception cref="UserErrorException">They differ; the message lists how.</exception>
    public IReadOnlyList<string> CheckSameRun(RunOptions options, Dataset data, string path, bool force)
    {
        string[] then = Lines(Options), now = Lines(options), mustEqual = Lines(Options.WithTimesOf(options));
        if (!force && !mustEqual.SequenceEqual(now))
            throw new UserErrorException($"{path}: it was made with other options ({string.Join("; ", Differences(mustEqual, now))}). " +
                "Resume with the same preset and overrides, force it by --override, or choose another --out.");
        string otherData = $"'{Header.DataName}', SHA-256 {Header.DataSha256[..12]}..., now '{data.Name}', {data.Sha256[..12]}...";
        if (data.Sha256 == Header.DataSha256) return [.. Differences(then, now)];
        if (!force)
            throw new UserErrorException($"{path}: it was made from other data ({otherData}). Resume with the same data, force it by --override, or choose " +
                $"another --out.");
        return [.. Differences(then, now), $"then data {otherData}"];
    }

    /// <summary>The generator that samples are drawn with, in evaluation mode, on a device.</summary>
    public Generator BuildGenerator(Device device)
    {
        RunOptions options = Options;
        return Fill(options.Generator.Build(options.GeneratorContext(Header.ClassNames, Header.Format, device)), SamplerParameters, SamplerBuffers);
    }

    /// <summary>The discriminator, in evaluation mode, on a device, and what it was built for.</summary>
    public (Discriminator Network, NetworkContext Context) BuildDiscriminator(Device device)
    {
        RunOptions options = Options;
        NetworkContext context = options.DiscriminatorContext(Header.ClassNames, Header.Format, device);
        return (Fill(options.Discriminator.Build(context), DiscriminatorParameters, DiscriminatorBuffers), context);
    }

    private TNetwork Fill<TNetwork>(TNetwork network, string parameters, string buffers)
        where TNetwork : nn.Module
    {
        using (no_grad())
        {
            // The views keep their storage alive after the flat tensors' handles are gone.
            var flat = new FlatNetwork(network);
            CopyTo(parameters, flat.Parameters);
            CopyTo(buffers, flat.Buffers);
            flat.Release();
        }
        network.eval();
        return network;
    }

    internal void CopyTo(string name, Tensor target)
    {
        if (!_tensors.TryGetValue(name, out float[]? values) || values.Length != target.numel())
            throw new UserErrorException($"the checkpoint holds {(values is null ? "no" : $"{values.Length} values of")} '{name}' where " +
                $"the networks need {target.numel()}; it belongs to another version or preset.");
        using IDisposable noGradient = no_grad();
        using Tensor source = tensor(values);
        target.copy_(source);
    }

    private static IEnumerable<string> Differences(string[] then, string[] now) =>
        then.Except(now).Select(l => "then " + l.Trim()).Concat(now.Except(then).Select(l => "now " + l.Trim())).Take(12);

    private static string[] Lines(RunOptions options) => Preset.ToYaml(options).Split('\n');

    private static float[] ToArray(Tensor tensor)
    {
        using Tensor onCpu = tensor.cpu();
        return onCpu.data<float>().ToArray();
    }
}

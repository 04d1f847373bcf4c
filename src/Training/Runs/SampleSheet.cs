using GanPipeline.Images;
using GanPipeline.Training.Data;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Runs;

/// <summary>
/// The picture of one fixed set of latents that is drawn again after every epoch. Images: one row a class (or ten unconditional rows), the same latents in
/// every row. Two-dimensional points: real ones on the left, generated ones on the right, in the classes' proportions.
/// </summary>
internal sealed class SampleSheet : IDisposable
{
    private const int Columns = 10, UnconditionalRows = 10, MostPoints = 2000;

    private readonly SampleFormat _format;
    private readonly Tensor _noise, _labels;
    private readonly ScatterPanel? _real;

    /// <summary>
    /// Fixes the latents of a run; null where none is asked for, and for samples that are neither images nor points in the plane, of which there is no picture.
    /// </summary>
    /// <exception cref="UserErrorException">The picture would be too large.</exception>
    public static SampleSheet? For(RunOptions options, Dataset data, Device device) =>
        options.SampleEvery > 0 && (data.Format.Kind == SampleFormat.Image || IsPlane(data.Format)) ? new SampleSheet(options, data, device) : null;

    private SampleSheet(RunOptions options, Dataset data, Device device)
    {
        _format = data.Format;
        bool points = IsPlane(data.Format);
        if (points) _real = Real(data);
        bool conditional = options.Conditional && data.ClassNames.Count > 0;
        int rows = conditional ? data.ClassNames.Count : UnconditionalRows;
        int[] labels = points ? _real!.Labels.ToArray() : [.. Enumerable.Range(0, rows * Columns).Select(i => conditional ? i / Columns : 0)];
        int latent = options.GeneratorContext(data.ClassNames, data.Format, device).LatentSize;
        // Twice the pixels: there are frames around the images.
        _ = ArrayLimit.Check((Int128)labels.Length * Math.Max(latent, 2 * data.Format.Size),
            $"the sample sheet of {labels.Length} samples", "set sample_every=0");
        float[] noise = new float[labels.Length * latent];
        ulong seed = SeedStream.Derive(options.Seed, "sample sheet");
        GaussianNoise.Fill(seed, 0, latent, noise.AsSpan(0, points ? noise.Length : Columns * latent));
        for (int row = 1; !points && row < rows; row++)
        {
            Span<float> target = noise.AsSpan(row * Columns * latent, Columns * latent);
            if (conditional) noise.AsSpan(0, target.Length).CopyTo(target);
            else GaussianNoise.Fill(seed, (ulong)(row * Columns), latent, target);
        }
        _noise = tensor(noise, [labels.Length, latent], device: device).DetachFromDisposeScope();
        _labels = tensor(Array.ConvertAll(labels, l => (long)l), device: device).DetachFromDisposeScope();
    }

    /// <summary>Draws the sheet with a generator in evaluation mode.</summary>
    public void Write(Generator generator, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor samples = _format.ToDataUnits(generator.call(_noise, _labels)).cpu();
        using SKBitmap picture = _format.Kind == SampleFormat.Image
            ? ImageGrid.Compose(samples.round().Between(0, 255).to_type(uint8).contiguous().data<byte>().ToArray(), (int)_format.Shape[0],
                (int)_format.Shape[1], (int)_format.Shape[2], Columns)
            : ScatterPlot.Draw([_real!, _real! with { Points = samples.contiguous().data<float>().ToArray() }]);
        PngFile.Write(path, picture);
    }

    private static bool IsPlane(SampleFormat format) => format.Kind == SampleFormat.Points && format.Size == 2;

    private static ScatterPanel Real(Dataset data)
    {
        // Every k-th point, so that the picture keeps the classes' proportions.
        long stride = Math.Max(1, data.Count / MostPoints);
        using DisposeScope scope = NewDisposeScope();
        Tensor index = Held.Range(0, data.Count, stride, int64);
        int[] labels = data.Labels is null ? new int[index.numel()]
            : Array.ConvertAll(data.Labels.cpu().index_select(0, index).data<long>().ToArray(), l => (int)l);
        return new ScatterPanel(data.Samples.cpu().index_select(0, index).data<float>().ToArray(), labels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _noise.Dispose();
        _labels.Dispose();
    }
}

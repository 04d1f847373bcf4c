using GanPipeline.Training.Data;
using GanPipeline.Training.Updates;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>The draws of scripts/traces/portable.py, in the order in which they are made, on a device.</summary>
internal sealed class PortableDraws(SampleFormat format, int classes, int batch, Device device) : Draws
{
    private long _batches, _normals, _uniforms;

    public override RealBatch Real()
    {
        using Dataset made = Data(format, classes, batch, _batches++), data = made.To(device);
        Tensor index = arange(batch, int64, device);
        return new RealBatch(data.Batch(index), data.Labels?.index_select(0, index));
    }

    public override Tensor Normal(params long[] shape) =>
        tensor(PortableNumbers.Bell(PortableNumbers.Normal, Take(ref _normals, shape), Count(shape)), shape, device: device);

    public override Tensor Uniform(params long[] shape) => tensor(
        Array.ConvertAll(PortableNumbers.Uniform(PortableNumbers.Uniforms, Take(ref _uniforms, shape), Count(shape)), u => (float)u), shape, device: device);

    /// <summary>The samples of one batch as a data set.</summary>
    public static Dataset Data(SampleFormat format, int classes, int batch, long number)
    {
        int count = batch * (int)format.Size;
        Tensor samples = format.Kind == SampleFormat.Image
            ? tensor(Array.ConvertAll(PortableNumbers.Uniform(PortableNumbers.Samples, number * count, count), u => (byte)(256 * u)), [batch, .. format.Shape],
                uint8)
            : tensor(PortableNumbers.Bell(PortableNumbers.Samples, number * count, count), [batch, .. format.Shape]);
        Tensor? labels = classes == 0 ? null
            : tensor(Array.ConvertAll(PortableNumbers.Uniform(PortableNumbers.Labels, number * batch, batch), u => (long)(classes * u)));
        return new Dataset("portable", "0123456789abcdef", samples, labels, [.. Enumerable.Range(0, classes).Select(i => $"{i}")], format);
    }

    private static int Count(long[] shape) => (int)shape.Aggregate(1L, (a, b) => a * b);

    private static long Take(ref long taken, long[] shape) => (taken += Count(shape)) - Count(shape);
}

using GanPipeline.Inference;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// A network in an ONNX file that turns images into vectors: one float32 input [N, C, H, W], and a first output that is float32 with N rows. Images are brought
/// to its size by an antialiased bicubic filter, in floating point, as clean-fid does (Parmar et al. 2022, "On aliased resizing and surprising subtleties in
/// GAN evaluation"), to its number of channels (grey ones are repeated), and their pixels to its range. Not for use by several threads at once.
/// </summary>
internal sealed class FeatureNetwork : IDisposable
{
    private const int Smallest = 1, Largest = 4096;
    private readonly InferenceSession _session;
    private readonly string _path, _input, _output;
    private readonly int[] _shape;
    private readonly float _low, _high;

    private FeatureNetwork(string path, InferenceSession session, float low, float high)
    {
        (_path, _session, _low, _high) = (path, session, low, high);
        (_input, NodeMetadata input) = session.InputMetadata.Count == 1 ? session.InputMetadata.First()
            : throw Unfit($"it has {session.InputMetadata.Count} inputs, not one");
        (_output, NodeMetadata output) = session.OutputMetadata.First();
        if (!input.IsTensor || input.ElementDataType != TensorElementType.Float
            || input.Dimensions is not [_, _, _, _]) throw Unfit("its input is not float32 [N, C, H, W]");
        if (!output.IsTensor || output.ElementDataType != TensorElementType.Float || output.Dimensions.Length < 2 || output.Dimensions[1..].Any(d => d < 1))
            throw Unfit("its first output is not float32 [N, D]");
        _shape = input.Dimensions;
        FeatureCount = output.Dimensions[1..].Aggregate(1, (a, b) => ArrayLimit.Check((Int128)a * b, $"{path}: a vector", "give another network"));
    }

    /// <summary>The file's name.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Numbers in a vector.</summary>
    public int FeatureCount { get; }

    /// <summary>Opens a file. It is not trusted: it is checked before ONNX Runtime gets it, and after.</summary>
    /// <param name="path">The file.</param>
    /// <param name="low">What the network wants for a pixel of 0.</param>
    /// <param name="high">What it wants for a pixel of 255.</param>
    /// <param name="options">Threads, device and size limit.</param>
    /// <exception cref="UserErrorException">The file is missing, damaged, or no such network.</exception>
    public static FeatureNetwork Open(string path, float low = 0, float high = 255, GeneratorSessionOptions? options = null)
    {
        InferenceSession session = RuntimeModel.OpenAny(path, options ?? new GeneratorSessionOptions());
        try
        {
            return new FeatureNetwork(path, session, low, high);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Vectors of images.</summary>
    /// <param name="pixels">[N, channels, height, width], 0 to 255.</param>
    /// <param name="channels">1 or what the network takes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="features">[N, <see cref="FeatureCount"/>].</param>
    /// <exception cref="UserErrorException">The images do not suit the network, or ONNX Runtime fails.</exception>
    public void Run(ReadOnlySpan<byte> pixels, int channels, int height, int width, Span<float> features)
    {
        int count = features.Length / FeatureCount, planes = _shape[1] > 0 ? _shape[1] : channels;
        int rows = _shape[2] > 0 ? _shape[2] : height, columns = _shape[3] > 0 ? _shape[3] : width;
        if (channels != planes && channels != 1) throw Unfit($"it takes {planes} channels and the images have {channels}");
        if (Math.Min(rows, columns) < Smallest || Math.Max(rows, columns) > Largest) throw Unfit($"it takes images of {rows} x {columns}");
        _ = ArrayLimit.Check((Int128)count * planes * rows * columns, $"{_path}: {count} images of {planes} x {rows} x {columns}",
            "give a network that takes smaller ones");
        float[] values = Inputs(pixels[..(count * channels * height * width)], [count, channels, height, width], [count, planes, rows, columns]);
        try
        {
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, [count, planes, rows, columns]);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [_input], [input], [_output]);
            ReadOnlySpan<float> found = outputs[0].GetTensorDataAsSpan<float>();
            if (found.Length != features.Length) throw Unfit($"it gives {found.Length} numbers of {count} images, not {features.Length}");
            found.CopyTo(features);
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException(
                $"{_path}: ONNX Runtime failed to run it ({RuntimeModel.FirstLine(e.Message)}); check that it takes batches of images.", e);
        }
    }

    /// <summary>What the network takes of images: their size, by Pillow's BICUBIC, which libtorch has; their channels; their range.</summary>
    private float[] Inputs(ReadOnlySpan<byte> pixels, long[] shape, long[] wanted)
    {
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor images = tensor(pixels.ToArray(), shape, uint8).to_type(float32);
        if (shape[2] != wanted[2] || shape[3] != wanted[3])
            images = nn.functional.interpolate(images, wanted[2..], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true);
        float[] values = images.expand(wanted).contiguous().data<float>().ToArray();
        for (int i = 0; i < values.Length; i++) values[i] = _low + values[i] * (_high - _low) / 255;
        return values;
    }

    private UserErrorException Unfit(string why) =>
        new($"{_path}: cannot be used for features: {why}. Give an ONNX file from float32 images [N, C, H, W] to vectors [N, D].");

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}

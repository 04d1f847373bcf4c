using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// Classifiers on disk: one is trained for a data set once, and found again by its data and options. A file is the weights and their SHA-256; one that is
/// damaged, or of another network, is trained and written anew. Several processes may use one folder: files appear whole.
/// </summary>
/// <param name="Folder">Where the files are; created when the first is written.</param>
internal sealed record ImageClassifierCache(string Folder)
{
    private const string Network = "classifier 1: conv 16, conv 32, 128 features"; // changes whenever a classifier of the same options would come out otherwise

    /// <summary><c>$GAN_CACHE</c>, else <c>$XDG_CACHE_HOME/ganpipeline</c>, else <c>~/.cache/ganpipeline</c>.</summary>
    public static ImageClassifierCache Default => new(Environment.GetEnvironmentVariable("GAN_CACHE") is { Length: > 0 } named ? named
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "ganpipeline"));

    /// <summary>The classifier of a data set: read, or trained and written.</summary>
    /// <param name="dataSha256">SHA-256 of the training part that <paramref name="training"/> is.</param>
    /// <param name="training">Real images. Where they have no classes, the classifier tells by how many quarter turns an image is turned (Gidaris et al. 2018,
    /// "Unsupervised representation learning by predicting image rotations"), for its features.</param>
    /// <param name="classes">Number of classes; not looked at where the images have none.</param>
    /// <param name="options">Seed, passes and device.</param>
    /// <param name="trainingStarts">Called before it has to be trained, which takes a while.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="UserErrorException">The images cannot be trained on, or the file cannot be written.</exception>
    public ImageClassifier Get(string dataSha256, ImageSet training, int classes, ImageClassifierOptions? options = null, Action? trainingStarts = null,
        CancellationToken cancellation = default)
    {
        options ??= new ImageClassifierOptions();
        if (training.Labels is null) (training, classes) = (training.Turned(), 4);
        string path = Path.Combine(Folder, $"classifier-{Key(dataSha256, training, classes, options)[..32]}.weights");
        if (Read(path, training.Shape, classes, options) is { } cached) return cached;
        trainingStarts?.Invoke();
        ImageClassifier classifier = ImageClassifier.Train(training.Pixels, training.Shape, training.Labels, classes, options, cancellation: cancellation);
        try
        {
            Directory.CreateDirectory(Folder);
            AtomicFile.RemoveLeftovers(path);
            Write(path, classifier);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            classifier.Dispose();
            throw new UserErrorException($"{Folder}: the classifier cannot be kept there ({e.Message.TrimEnd('.')}); name another folder in GAN_CACHE.", e);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        return classifier;
    }

    private static string Key(string dataSha256, ImageSet training, int classes, ImageClassifierOptions options)
    {
        // The same files become other pixels by other options: another background, another fit.
        string[] parts = [Network, dataSha256, Convert.ToHexStringLower(SHA256.HashData(training.Pixels)), training.Shape.ToString(),
            training.Count.ToString(CultureInfo.InvariantCulture),
            classes.ToString(CultureInfo.InvariantCulture), options.Seed.ToString(CultureInfo.InvariantCulture),
            options.Epochs.ToString(CultureInfo.InvariantCulture)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    private static ImageClassifier? Read(string path, ImageShape shape, int classes, ImageClassifierOptions options)
    {
        if (!File.Exists(path)) return null;
        ImageClassifier classifier = ImageClassifier.Blank(shape, classes, options.Device);
        try
        {
            if (Fill(classifier, path)) return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        classifier.Dispose();
        return null;
    }

    /// <summary>Gives a classifier the weights of a file; false where they are not its.</summary>
    private static bool Fill(ImageClassifier classifier, string path)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] weights = [.. classifier.Weights()];
        long expected = weights.Sum(w => w.numel()) * sizeof(float) + SHA256.HashSizeInBytes;
        byte[] bytes = new FileInfo(path).Length == expected ? File.ReadAllBytes(path) : [];
        if (bytes.Length != expected || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan()
            .SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..))) return false;
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(..^SHA256.HashSizeInBytes));
        foreach (Tensor weight in weights)
        {
            weight.copy_(tensor(values[..(int)weight.numel()].ToArray(), weight.shape));
            values = values[(int)weight.numel()..];
        }
        return true;
    }

    private static void Write(string path, ImageClassifier classifier) => AtomicFile.Write(path, stream =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor weight in classifier.Weights())
        {
            byte[] bytes = MemoryMarshal.AsBytes(weight.detach().cpu().contiguous().data<float>().ToArray().AsSpan()).ToArray();
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
        stream.Write(hash.GetHashAndReset());
    });
}

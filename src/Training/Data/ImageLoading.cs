using System.Security.Cryptography;
using System.Text;
using GanPipeline.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>What a folder's images became.</summary>
/// <param name="Samples">[N, channels, rows, columns] uint8.</param>
/// <param name="Classes">[N] class indices of the images that were kept.</param>
/// <param name="Sha256">SHA-256 (hex) over the name and the SHA-256 of each file that was kept, in order.</param>
/// <param name="Findings">What was seen on the way.</param>
internal sealed record LoadedImages(Tensor Samples, IReadOnlyList<int> Classes, string Sha256, PictureFindings Findings);

/// <summary>Decodes many files, as many at once as there are cores, into one tensor. Order and result do not depend on how many those are.</summary>
/// <param name="size">Side of the square that each image becomes; 0 leaves them as they are.</param>
/// <param name="fit">How they become it.</param>
/// <param name="channels">1, 3, or 0 to leave them as they are.</param>
/// <param name="reading">How the files are read.</param>
/// <param name="skipped">Where a file that cannot be decoded is noted; null refuses such a file.</param>
internal sealed class ImageLoading(int size, ImageFit fit, int channels, ImageReading reading, List<string>? skipped)
{
    private const int MostAtOnce = 1024, BlockBytes = 64 << 20;

    /// <summary>Loads the files, of which one at least must be readable.</summary>
    public LoadedImages Load(IReadOnlyList<ImageFile> files)
    {
        Pattern pattern = FirstReadable(files);
        int length = pattern.Bytes, atOnce = Math.Clamp(BlockBytes / length, 1, MostAtOnce);
        CheckMemory((long)files.Count * length, files.Count);
        byte[] block = new byte[Math.Min(atOnce, files.Count) * length];
        var classes = new List<int>(files.Count);
        var findings = new PictureFindings(reading);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Tensor samples = empty([files.Count, pattern.Channels, pattern.Rows, pattern.Columns], uint8);
        foreach (ImageFile[] some in files.Chunk(atOnce))
        {
            var outcomes = new Outcome[some.Length];
            Parallel.For(0, some.Length, i => outcomes[i] = Decode(some[i].Path, pattern, block.AsSpan(i * length, length)));
            int kept = 0;
            for (int i = 0; i < some.Length; i++)
            {
                if (outcomes[i].Digest is not { } digest)
                {
                    Skip(outcomes[i]);
                    continue;
                }
                Buffer.BlockCopy(block, i * length, block, kept++ * length, length);
                classes.Add(some[i].Class);
                findings.Add(some[i].Path, outcomes[i].Seen!);
                hash.AppendData(Encoding.UTF8.GetBytes(some[i].Name + "\n"));
                hash.AppendData(digest);
            }
            if (kept == 0) continue;
            using Tensor target = samples.narrow(0, classes.Count - kept, kept);
            block.AsSpan(0, kept * length).CopyTo(target.bytes);
        }
        if (classes.Count < files.Count)
        {
            using Tensor all = samples;
            samples = all.narrow(0, 0, classes.Count);
        }
        return new LoadedImages(samples, classes, Convert.ToHexStringLower(hash.GetHashAndReset()), findings);
    }

    private Outcome Decode(string path, Pattern pattern, Span<byte> target)
    {
        try
        {
            byte[] bytes = ImageDecoder.Read(path);
            DecodedImage image = ImageDecoder.Decode(path, bytes, reading);
            if (pattern.Refuses(path, image, size, channels) is { } unlike) return new Outcome(null, null, unlike, IsBad: false);
            image = image.WithChannels(pattern.Channels);
            if (size == 0) image.Planes.CopyTo(target);
            else
            {
                fit.Check(path, image.Rows, image.Columns, size);
                using DisposeScope scope = NewDisposeScope();
                fit.Apply(tensor(image.Planes, [1, image.Channels, image.Rows, image.Columns], uint8), size).data<byte>().CopyTo(target);
            }
            var seen = new SeenPicture(image with { Planes = [] }, IsScaledUp: size > 0 && fit.ScalesUp(image.Rows, image.Columns, size),
                IsConstant: PictureFindings.IsConstant(target, pattern.Channels) || PictureFindings.IsConstant(image.Planes, image.Channels), target[0],
                PictureFindings.Highest(target));
            return new Outcome(SHA256.HashData(bytes), seen, null, IsBad: false);
        }
        catch (UserErrorException e) { return new Outcome(null, null, e.Message, IsBad: true); }
    }

    private void Skip(Outcome outcome)
    {
        if (!outcome.IsBad) throw new UserErrorException(outcome.Error!);
        if (skipped is null) throw new UserErrorException($"{outcome.Error} Mend or remove the file, or leave such files out with --skip-bad.");
        skipped.Add(outcome.Error!);
    }

    private Pattern FirstReadable(IReadOnlyList<ImageFile> files)
    {
        foreach (ImageFile file in files)
        {
            try
            {
                DecodedImage image = ImageDecoder.Decode(file.Path, ImageDecoder.Read(file.Path), reading);
                return new Pattern(file.Path, channels > 0 ? channels : image.Channels, size > 0 ? size : image.Rows, size > 0 ? size : image.Columns);
            }
            catch (UserErrorException) when (skipped is not null) { } // it is noted when its turn comes
            catch (UserErrorException e) { throw new UserErrorException($"{e.Message} Mend or remove the file, or leave such files out with --skip-bad.", e); }
        }
        throw new UserErrorException($"{Path.GetDirectoryName(files[0].Path)}: none of the {files.Count} images can be read; the first is {files[0].Path}.");
    }

    private static void CheckMemory(long bytes, int count)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
            throw new UserErrorException($"{count} images of this size take {bytes >> 20} MB, but there are {available >> 20} MB of memory; choose a smaller " +
                $"'data.size'.");
    }

    /// <summary>What every image of the set is like.</summary>
    private sealed record Pattern(string Path, int Channels, int Rows, int Columns)
    {
        public int Bytes => checked(Channels * Rows * Columns);

        public string? Refuses(string path, DecodedImage image, int size, int channels)
        {
            if (size == 0 && (image.Rows, image.Columns) != (Rows, Columns))
                return $"{path}: {image.Columns}x{image.Rows} pixels, but {Path} has {Columns}x{Rows}; give them one size with 'data.size' (for example " +
                    $"--set data.size=64).";
            return channels == 0 && image.Channels != Channels
                ? $"{path}: the image is {Colour(image.Channels)}, but {Path} is {Colour(Channels)}; make them alike with 'data.channels' 1 or 3 (--set " +
                    $"data.channels=3)." : null;
        }

        private static string Colour(int channels) => channels == 1 ? "grey" : "in colour";
    }

    private readonly record struct Outcome(byte[]? Digest, SeenPicture? Seen, string? Error, bool IsBad);
}

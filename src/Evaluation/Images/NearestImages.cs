using CsvHelper;
using GanPipeline.Evaluation.Features;
using GanPipeline.Images;
using SkiaSharp;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// A picture and a list of the generated images that are nearest to a training image, with their nearest training images: what a person looks at to see
/// whether images were memorised.
/// </summary>
internal static class NearestImages
{
    private const int Rows = 10, Neighbours = 7, MostQueries = 2000;

    /// <summary>The files that <see cref="Write"/> makes in a folder.</summary>
    public static IReadOnlyList<string> Files(string folder) => [Path.Combine(folder, "neighbours.png"), Path.Combine(folder, "neighbours.csv")];

    /// <summary>
    /// Writes <c>neighbours.png</c> (a row a generated image: itself on the left, then its nearest training images) and <c>neighbours.csv</c>.
    /// </summary>
    /// <param name="folder">Where to; it exists.</param>
    /// <param name="reference">The real side.</param>
    /// <param name="generated">Generated images.</param>
    /// <param name="features">Their features, in the reference's space.</param>
    public static void Write(string folder, ImageReference reference, ImageSet generated, FeatureSet features)
    {
        FeatureSet training = reference.Training.Value;
        Neighbour[][] all = Distances.Nearest(features.Pick([.. Enumerable.Range(0, Math.Min(MostQueries, features.Count))]), training,
            Math.Min(Neighbours, training.Count));
        int[] nearest = [.. Enumerable.Range(0, all.Length).OrderBy(i => all[i][0].Distance).ThenBy(i => i).Take(Rows)];
        ImageShape shape = generated.Shape;
        byte[] pixels = [.. nearest.SelectMany(row => generated.Image(row).ToArray()
            .Concat(all[row].SelectMany(n => reference.TrainingImages.Image(n.Place).ToArray())))];
        using SKBitmap grid = ImageGrid.Compose(pixels, shape.Channels, shape.Height, shape.Width, 1 + all[0].Length);
        PngFile.Write(Files(folder)[0], grid);
        AtomicFile.Write(Files(folder)[1], stream =>
        {
            using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
            csv.WriteRecords(nearest.SelectMany((sample, row) =>
                all[sample].Select((n, rank) => new { row, sample, rank, training_image = n.Place, distance = n.Distance })));
        });
    }
}

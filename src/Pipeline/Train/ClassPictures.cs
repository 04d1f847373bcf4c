using System.Globalization;
using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Runs;
using SkiaSharp;

namespace GanPipeline.Stages;

/// <summary>
/// A grid of generated images for each class, as files of the run folder: pictures/class-00.png, ... and pictures/classes.csv with their names.
/// </summary>
internal static class ClassPictures
{
    private const int Rows = 5, Columns = 8, MostClasses = 40;

    public static void Write(GeneratorSession generator, string folder, ulong seed)
    {
        if (!generator.IsConditional || generator.Info.SampleShape is not [var channels and (1 or 3), var height, var width]) return;
        string pictures = new RunFolder(folder).In("pictures");
        Directory.CreateDirectory(pictures);
        var names = new List<string[]>();
        float[] samples = new float[Rows * Columns * generator.Info.SampleSize];
        for (int c = 0; c < Math.Min(MostClasses, generator.Info.ClassNames.Count); c++)
        {
            string file = string.Create(CultureInfo.InvariantCulture, $"class-{c:D2}.png");
            generator.Generate(seed, (ulong)(c * Rows * Columns), [.. Enumerable.Repeat((long)c, Rows * Columns)], samples);
            using SKBitmap grid = ImageGrid.Compose(Array.ConvertAll(samples, SampleWriters.Pixel), channels, height, width, Columns);
            PngFile.Write(Path.Combine(pictures, file), grid);
            names.Add([file, generator.Info.ClassNames[c]]);
        }
        RunNotes.WriteCsv(Path.Combine(pictures, "classes.csv"), ["file", "class"], names);
    }
}

// What a generator of long-tailed images is worth to a small classifier, beside what costs nothing: longtail-bench GENERATOR DATA SET MIRRORS STEPS FILE.csv
// GENERATOR is a generator file; its own options say how DATA is read, so that classifiers are trained on the images that it saw, and on no others. MIRRORS
// (yes or no) says whether a mirror image shows the same class; STEPS is how long each classifier is trained. Every method is scored on the whole test part,
// and adds a row to FILE.csv, unless it has that row already.
using System.Globalization;
using GanPipeline.Cli;
using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

const int Chunk = 1000;
try
{
    ProcessSettings.Apply();
    Devices.UseThreads(1);
    (string data, string set, string file) = (args[1], args[2], args[5]);
    using var generator = GeneratorSession.Open(args[0]);
    RunOptions run = Preset.Parse(generator.Info.Provenance.Configuration, args[0]);
    using Dataset train = run.Data.Load(data, DataSplit.Train, run.Seed), test = run.Data.Load(data, DataSplit.Test, run.Seed);
    if (train.Sha256 != generator.Info.Provenance.DataSha256) throw new UserErrorException($"{args[0]}: it was trained on other images than {data} holds.");
    long[] shape = train.Format.Shape, counts = train.ClassCounts();
    int rarest = Array.IndexOf(counts, counts.Min());
    ulong noise = 0;
    ImageSet Generate(long[] labels)
    {
        int size = Shape().Size;
        byte[] pixels = new byte[labels.Length * size];
        for (int first = 0; first < labels.Length; first += Chunk)
        {
            long[] some = labels[first..Math.Min(first + Chunk, labels.Length)];
            float[] floats = new float[some.Length * size];
            generator.Generate(run.Seed, noise, some, floats);
            noise += (ulong)some.Length; // no two images of one noise
            ImageSet.FromFloats(floats, Shape()).Pixels.CopyTo(pixels, first * size);
        }
        return new ImageSet(pixels, Shape(), labels);
    }
    ImageSet real = Images(train), held = Images(test);
    var methods = new ImageMethods(real, counts.Length, Generate, new ImageChanges(args[3] == "yes"), long.Parse(args[4], CultureInfo.InvariantCulture),
        run.Seed, CancellationToken.None);
    foreach (ImageMethod method in ImageMethod.All)
    {
        string row = $"{set},{run.Seed},{(run.Data as ImageDataOptions)!.LongTail:R},\"{method.Name}\",";
        if (File.ReadLines(file).Any(line => line.StartsWith(row, StringComparison.Ordinal))) continue;
        var scores = ClassificationScores.Of(held.Labels, methods.Predict(method, held), counts.Length);
        row += FormattableString.Invariant($"{scores.MacroF1:F4},{scores.Recall[rarest]:F4},{scores.BalancedAccuracy:F4}");
        File.AppendAllText(file, row + "\n");
        Console.WriteLine(row);
    }
    return 0;

    ImageShape Shape() => new((int)shape[0], (int)shape[1], (int)shape[2]);

    ImageSet Images(Dataset images) => new(images.Samples.data<byte>().ToArray(), Shape(), images.Labels!.data<long>().ToArray());
}
catch (UserErrorException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}

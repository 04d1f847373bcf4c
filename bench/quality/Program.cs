// Evaluates sets of generated pictures, all with one classifier: quality-bench DATA SIZE THREADS PREFIX...
// DATA is a folder of IDX files, SIZE the side that its images are resized to (0: none), THREADS how many may compute (0: one a core), and each PREFIX names
// PREFIX-images-idx3-ubyte and, where the samples were asked for by class, PREFIX-labels-idx1-ubyte. Prints a line "PREFIX metric value" for each number.
using System.Globalization;
using GanPipeline.Cli;
using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Data;
using TorchSharp;

string[] wanted = ["frechet-distance", "precision", "recall", "classes-covered", "class-accuracy"];
try
{
    ProcessSettings.Apply();
    Devices.UseThreads(int.Parse(args[2], CultureInfo.InvariantCulture));
    var options = new IdxDataOptions { Size = int.Parse(args[1], CultureInfo.InvariantCulture) };
    using Dataset train = options.Load(args[0], DataSplit.Train, 1), test = options.Load(args[0], DataSplit.Test, 1);
    long[] shape = train.Format.Shape, labels = train.Labels!.data<long>().ToArray();
    var training = new ImageSet(Bytes(train.Samples), new ImageShape((int)shape[0], (int)shape[1], (int)shape[2]), labels);
    using ImageClassifier classifier = ImageClassifierCache.Default.Get(train.Sha256, training, train.ClassNames.Count,
        new ImageClassifierOptions { Seed = 1 });
    FeatureSet real = classifier.Features(Bytes(test.Samples));
    Print(args[0], "classifier-accuracy", classifier.Accuracy(Bytes(test.Samples), test.Labels!.data<long>().ToArray()));
    foreach (string prefix in args[3..])
    {
        byte[] pixels = IdxFile.ReadImages($"{prefix}-images-idx3-ubyte").Pixels;
        string labelFile = $"{prefix}-labels-idx1-ubyte";
        long[] recognised = classifier.Classify(pixels);
        FeatureSet features = classifier.Features(pixels);
        long[]? asked = File.Exists(labelFile) ? Array.ConvertAll(IdxFile.ReadLabels(labelFile), l => (long)l) : null;
        var comparison = new FeatureComparison(new FeatureSet(features.Values, features.Columns, asked), real,
            "classifier's 128 features")
        { ClassNames = train.ClassNames, Recognised = recognised, Seed = 1 };
        foreach (MetricResult result in MetricCatalog.MeasureAll(MetricCatalog.OfFeatures.Named(wanted), comparison, (_, _) => { }))
            if (result.Class.Length == 0) Print(prefix, result.Metric, result.Value);
        // The share of the rarest class: 0.1 is fair for ten classes, 0 is a class that is gone.
        Print(prefix, "rarest-class-share", train.ClassNames.Select((_, c) => recognised.Count(r => r == c)).Min() / (double)recognised.Length);
    }
    return 0;
}
catch (UserErrorException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}

static byte[] Bytes(torch.Tensor samples) => samples.data<byte>().ToArray();

static void Print(string prefix, string metric, double value) => Console.WriteLine(FormattableString.Invariant($"{prefix} {metric} {value:G6}"));

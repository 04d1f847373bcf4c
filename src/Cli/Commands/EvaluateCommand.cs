using System.CommandLine;
using System.Globalization;
using GanPipeline.Cli.Printing;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class EvaluateCommand
{
    private static readonly Choices<RealPart> Parts = new(("test", RealPart.Test), ("train", RealPart.Training));

    public static Command Create()
    {
        Argument<string> source = Options.Argument("samples",
            "What is evaluated: a generator file (.onnx) or the run folder that holds it, a folder of images (IDX files, or PNG and " +
            "JPEG), a .npy file, a table (.csv, .tsv, .csv.gz, .parquet), or - for a .npy file or a table from standard input.");
        Option<string?> data = Options.Text("--data", "PATH",
            "The real data: the folder or file that the generator was trained on. Left out for data that a preset generates.");
        Option<string?> test = Options.Text("--test", "FILE",
            "For tables: real rows that the generator never saw. Without it, generated rows are compared with those of --data, " +
            "and less can be said about privacy.");
        Option<string?> label = Options.Text("--label", "COLUMN", "For tables: the column of categories that a classifier has to predict.");
        Option<string?> preset = Options.Text("--preset", "FILE",
            "The preset that says how the data are read, where the samples do not (a generator file knows its own).");
        Option<string> against = Options.Default("--against", "PART", "test", "The real samples that generated ones are compared with: test or train.");
        Option<string[]> metrics = Options.Several("--metrics", "NAME", "Only this metric; may be given again. Without it, all that the data allow.");
        Option<int> count = Options.Default("--count", "N", 10_000, "Samples that are evaluated at most.");
        Option<string?> features = Options.Text("--features", "FILE",
            "An ONNX file from images to feature vectors, for example Inception's, instead of the classifier's features.");
        Option<string> range = Options.Default("--features-range", "LOW,HIGH", "0,255", "What that network wants for pixels of 0 and of 255.");
        Option<string?> output = Options.Text("--out", "FILE",
            "A .csv file for the results, in the columns metric, data, class, value, low, high, better, sample.");
        Option<string?> pictures = Options.Text("--pictures", "DIR",
            "For images: a folder for a picture and a list of the generated images nearest to training images.");
        Parts.Complete(against);
        metrics.CompletionSources.Add([.. MetricCatalog.All.Select(m => m.Name)]);
        Option<ulong> seed = CommonOptions.Seed();
        Option<bool> force = CommonOptions.Force();
        var command = new Command("evaluate",
            "Measure how good samples are: distances, precision and recall, classifiers, memorisation and privacy, with intervals.")
        {
            source, data, test, label, preset, against, metrics, count, features, range, output, pictures, force, seed,
        };
        command.Does((parsed, context) => StagePrinter.Print(EvaluateStage.Run(new EvaluateOptions(GeneratorPath.OrSamples(parsed.GetValue(source)!))
        {
            Data = parsed.GetValue(data),
            Test = parsed.GetValue(test),
            Label = parsed.GetValue(label),
            Preset = parsed.GetValue(preset),
            Against = Parts.Of(against, parsed),
            Metrics = parsed.GetValue(metrics)!,
            Count = parsed.GetValue(count),
            Features = parsed.GetValue(features),
            FeaturesRange = Range(parsed.GetValue(range)!),
            Pictures = parsed.GetValue(pictures),
            Out = parsed.GetValue(output),
            Seed = parsed.GetValue(seed),
            Force = parsed.GetValue(force),
        }, context)));
        return command;
    }

    private static (float Low, float High) Range(string text)
    {
        string[] ends = text.Split(',');
        return ends.Length == 2 && float.TryParse(ends[0], CultureInfo.InvariantCulture, out float low)
            && float.TryParse(ends[1], CultureInfo.InvariantCulture, out float high) ? (low, high)
            : throw UserErrorException.Usage($"--features-range {text}: give two numbers such as 0,1 or -1,1.");
    }
}

using System.Globalization;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>What to compare on.</summary>
internal sealed record AdviseArguments(RunOptions Options, string Data, int Folds, string? Out, bool Force, string Device);

/// <summary>Table in, a table of ways and a piece of advice out.</summary>
internal static class AdviseStage
{
    public static void Run(AdviseArguments arguments, CancellationToken stop)
    {
        if (arguments.Folds is < 2 or > 20) throw UserErrorException.Usage($"--folds {arguments.Folds}: it must be between 2 and 20.");
        if (arguments.Options.Data is not TableDataOptions { Label.Length: > 0 })
            throw new UserErrorException($"{arguments.Data}: a comparison needs a table with a class column; name it with --label.");
        OutputFiles.RefuseInput("--out", arguments.Out, arguments.Data, (arguments.Options.Data as TableDataOptions)?.Schema);
        using OutputFiles claimed = OutputFiles.Claim(arguments.Force, arguments.Out is null ? [] : [arguments.Out]);
        torch.Device device = Devices.Resolve(arguments.Device);
        Devices.UseThreads(arguments.Options.Threads);
        using Dataset data = arguments.Options.Data.Load(arguments.Data, DataSplit.Train, arguments.Options.Seed);
        foreach (string note in data.Notes) Screen.Note(note);
        IReadOnlyList<FoldedWay> ways = new FoldedWays(arguments.Options, data, arguments.Folds, device).Run(Screen.Note, stop);
        Screen.Table(["way", "macro-F1", "least to most", "balanced accuracy", "least to most"],
            ways.Select(w => new[] { w.Name, Mean(w.MacroF1), Range(w.MacroF1), Mean(w.BalancedAccuracy), Range(w.BalancedAccuracy) }));
        Screen.Say($"Judged on {arguments.Folds} folds of {data.Count} real rows that neither the classifier nor the generator has seen.");
        Screen.Say(FoldedWays.Advise(ways));
        if (arguments.Out is { } path) AtomicFile.WriteAllText(path, Csv(ways));
    }

    private static string Mean(double[] values) => values.Average().ToString("F3", CultureInfo.InvariantCulture);

    private static string Range(double[] values) => FormattableString.Invariant($"{values.Min():F3} to {values.Max():F3}");

    private static string Csv(IReadOnlyList<FoldedWay> ways)
    {
        var text = new StringBuilder("way,fold,macro_f1,balanced_accuracy\n");
        foreach (FoldedWay way in ways)
            for (int fold = 0; fold < way.MacroF1.Length; fold++)
                text.Append(CultureInfo.InvariantCulture, $"{way.Name},{fold + 1},{way.MacroF1[fold]},{way.BalancedAccuracy[fold]}\n");
        return text.ToString();
    }
}

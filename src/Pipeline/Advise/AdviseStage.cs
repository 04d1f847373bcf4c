using System.Globalization;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Table in, compared methods and a piece of advice out.</summary>
internal static class AdviseStage
{
    public static AdviseResult Run(AdviseOptions options, StageContext context)
    {
        RunOptions run = Presets.Load(options.Table, options);
        if (options.Folds is < 2 or > 20) throw UserErrorException.Usage($"--folds {options.Folds}: it must be between 2 and 20.");
        if (run.Data is not TableDataOptions { Label.Length: > 0 } table)
            throw new UserErrorException($"{options.Table}: a comparison needs a table with a class column; name it with --label.");
        OutputFiles.RefuseInput("--out", options.Out, options.Table, table.Schema);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, options.Out is null ? [] : [options.Out]);
        torch.Device device = Devices.Resolve(options.Device);
        Devices.UseThreads(run.Threads);
        using Dataset data = table.Load(options.Table, DataSplit.Train, run.Seed);
        foreach (string note in data.Notes) context.Note(note);
        var folded = new FoldedMethods(run, data, options.Folds, device);
        if (folded.Caution is { } caution) context.Note(caution + ".");
        IReadOnlyList<FoldedMethod> methods = folded.Run(context);
        var result = new AdviseResult([.. methods.Select(m => new AdvisedMethod(m.Name, m.MacroF1, m.BalancedAccuracy))], options.Folds, folded.Rows,
            folded.Advise(methods));
        if (options.Out is { } path) AtomicFile.WriteAllText(path, Csv(result));
        return result;
    }

    private static string Csv(AdviseResult result)
    {
        var text = new StringBuilder("method,fold,macro_f1,balanced_accuracy\n");
        foreach (AdvisedMethod method in result.Methods)
            for (int fold = 0; fold < result.Folds; fold++)
                text.Append(CultureInfo.InvariantCulture, $"{method.Name},{fold + 1},{method.MacroF1[fold]},{method.BalancedAccuracy[fold]}\n");
        return text.ToString();
    }
}

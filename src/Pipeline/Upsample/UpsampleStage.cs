using GanPipeline.Inference;
using GanPipeline.MlNet;
using Microsoft.ML;

namespace GanPipeline.Stages;

/// <summary>Imbalanced data and a generator file in, balanced data out, through the ML.NET transformer.</summary>
internal static class UpsampleStage
{
    public static void Run(UpsampleArguments arguments, CancellationToken stop)
    {
        Balance balance = BalanceRule.Parse(arguments.Balance);
        using GeneratorSession session = GeneratorSession.Open(arguments.Generator, GeneratorSessionOptions.ForStreams);
        if (session.Info.IsTable)
        {
            using OutputFiles? table = Claim(arguments);
            TableUpsampling.Run(arguments, session, balance, stop);
            return;
        }
        ILabelledData data = LabelledData.For(arguments, session.Info.ClassNames);
        data.CheckTarget(arguments.Out, arguments.Force);
        using OutputFiles? file = data.IsFolder ? null : Claim(arguments);
        var context = new MLContext();
        Resampler resampler = Resampler.FromSession(session, arguments.Generator);
        using UpsamplingTransformer fitted = Fit(context, data.View(context, stop), resampler, balance, arguments.Seed);
        stop.ThrowIfCancellationRequested();
        UpsamplingReport report = fitted.Report;
        List<string> order = [.. session.Info.ClassNames];
        Screen.Table(["class", "rows before", "rows after"], report.Classes.OrderBy(c => order.IndexOf(c.Name) is var i && i < 0 ? int.MaxValue : i)
            .Select(c => new[] { c.Name, $"{c.Before}", $"{c.After}" }));
        if (report.Unlabelled > 0) Screen.Say($"{report.Unlabelled} rows have no class; they are kept as they are.");
        if (arguments.DryRun)
        {
            Screen.Say($"Nothing was written; without --dry-run it goes to {arguments.Out}.");
            return;
        }
        data.Write(arguments.Out, LabelledRow.Of(context, fitted.AddedRows), stop);
        Screen.Say($"added {report.Added} generated rows to {report.Classes.Sum(c => (long)c.Before) + report.Unlabelled}: {arguments.Out}");
    }

    private static OutputFiles? Claim(UpsampleArguments arguments)
    {
        OutputFiles.RefuseInput("--out", arguments.Out, arguments.Data, arguments.Generator);
        OutputFiles.Check(arguments.Force, arguments.Out);
        return arguments.DryRun ? null : OutputFiles.Claim(arguments.Force, arguments.Out);
    }

    /// <summary>The rows as they are, then the added ones.</summary>
    public static LabelledRows Upsample(LabelledRows rows, Resampler resampler, Balance balance, ulong seed)
    {
        var context = new MLContext();
        using UpsamplingTransformer fitted = Fit(context, rows.View(context), resampler, balance, seed);
        return rows.Append(LabelledRow.Of(context, fitted.AddedRows));
    }

    private static UpsamplingTransformer Fit(MLContext context, IDataView view, Resampler resampler, Balance balance, ulong seed) =>
        new UpsamplingEstimator(context, nameof(LabelledRow.Label), nameof(LabelledRow.Features),
            new UpsamplingOptions { Balance = balance, Resampler = resampler, Seed = seed })
            .Fit(view);
}

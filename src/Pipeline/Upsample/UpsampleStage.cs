using GanPipeline.Inference;
using GanPipeline.MlNet;
using Microsoft.ML;

namespace GanPipeline.Stages;

/// <summary>Imbalanced data and a generator file in, balanced data out, through the ML.NET transformer.</summary>
internal static class UpsampleStage
{
    public static UpsampleResult Run(UpsampleOptions options, StageContext context)
    {
        using GeneratorSession session = GeneratorSession.Open(options.Generator, GeneratorSessionOptions.ForStreams);
        if (session.Info.IsTable)
        {
            using OutputFiles? table = Claim(options);
            return TableUpsampling.Run(options, session, context);
        }
        ILabelledData data = LabelledData.For(options, session.Info, context);
        if (!data.IsFolder) OutputFiles.RefuseInput("--out", options.Out, options.Data, options.Generator);
        data.CheckTarget(options.Out, options.Force);
        using OutputFiles? file = data.IsFolder ? null : Claim(options);
        var ml = new MLContext();
        Resampler resampler = Resampler.FromSession(session, options.Generator);
        using UpsamplingTransformer fitted = Fit(ml, data.View(ml, context.Stop), resampler, options.Balance, options.Seed);
        context.Stop.ThrowIfCancellationRequested();
        UpsamplingReport report = fitted.Report;
        List<string> order = [.. session.Info.ClassNames];
        if (!options.DryRun) data.Write(options.Out, LabelledRow.Of(ml, fitted.AddedRows), context.Stop);
        return new UpsampleResult([.. report.Classes.OrderBy(c => order.IndexOf(c.Name) is var i && i < 0 ? int.MaxValue : i)
            .Select(c => new ClassBalance(c.Name, c.Before, c.After))], report.Classes.Sum(c => (long)c.Before) + report.Unlabelled, report.Added, options.Out)
        {
            Unlabelled = report.Unlabelled,
            IsDryRun = options.DryRun,
        };
    }

    private static OutputFiles? Claim(UpsampleOptions options)
    {
        OutputFiles.RefuseInput("--out", options.Out, options.Data, options.Generator);
        OutputFiles.Check(options.Force, options.Out);
        return options.DryRun ? null : OutputFiles.Claim(options.Force, options.Out);
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

using GanPipeline.Stages;
using GanPipeline.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GanPipeline;

/// <summary>
/// The stages, each a call: options in, a record out. Meanwhile notes and warnings go to a logger, and how far it is to a progress; a token ends it. None
/// prints anything or changes anything of the process. What the user can put right is a <see cref="Primitives.UserErrorException"/>; a stage that was ended is
/// a <see cref="StageStoppedException"/>, whose message says what goes on with the work.
/// </summary>
/// <example>
/// <code>
/// TrainResult run = Gan.Train(new TrainOptions("payments.csv", "runs/payments") { Label = "fraud", Seed = 7 });
/// ExportResult file = Gan.Export(new ExportRunOptions(run.Folder));
/// Gan.Generate(new GenerateOptions(file.Path, "rows.csv") { Classes = ["yes"], Count = 1000 });
/// </code>
/// </example>
public static class Gan
{
    /// <summary>Trains a generator and a discriminator; writes options.yaml, metrics.csv, sample pictures and last.ckpt into the run folder.</summary>
    /// <param name="options">What to train, and where to write.</param>
    /// <param name="log">Hears notes and warnings.</param>
    /// <param name="progress">Hears how far it is: <see cref="TrainingProgress"/>.</param>
    /// <param name="stop">Ends it after the step that it is in, with a checkpoint.</param>
    public static TrainResult Train(TrainOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => TrainStage.Run(options, context), log, progress, stop);

    /// <summary>
    /// The whole pipeline: trains, exports, generates, up-samples, and measures how good the samples are; writes a page, report.html, too.
    /// </summary>
    /// <param name="options">What to train, and where to write.</param>
    /// <param name="log">Hears notes and warnings.</param>
    /// <param name="progress">Hears how far it is, and by <see cref="StageFinished"/> the results of its stages.</param>
    /// <param name="stop">Ends it.</param>
    public static RunResult Run(TrainOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => RunStage.Run(options, context), log, progress, stop);

    /// <summary>Exports the generator (or the discriminator) of a run to ONNX, and compares it with the trained network before it appears.</summary>
    /// <param name="options">What to export, and how.</param>
    /// <param name="log">Hears of each comparison, as a detail (Debug).</param>
    /// <param name="stop">Ends it between two comparisons; no file appears then.</param>
    public static ExportResult Export(ExportRunOptions options, ILogger? log = null, CancellationToken stop = default) =>
        Call(context => ExportStage.Run(options, context), log, null, stop);

    /// <summary>Generates samples with a generator file, in ONNX Runtime.</summary>
    /// <param name="options">What to generate, and where to.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how far it is: <see cref="WorkProgress"/>.</param>
    /// <param name="stop">Ends it; <see cref="GenerateOptions.Resume"/> goes on.</param>
    public static GenerateResult Generate(
        GenerateOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        CallLight(context => GenerateStage.Run(options, context), log, progress, stop);

    /// <summary>Adds generated rows to the rare classes of a data set.</summary>
    /// <param name="options">What to up-sample, with what, and where to.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="stop">Ends it.</param>
    public static UpsampleResult Upsample(
        UpsampleOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        CallLight(context => UpsampleStage.Run(options, context), log, progress, stop);

    /// <summary>Measures how good samples are: distances, precision and recall, classifiers, memorisation and privacy, with intervals.</summary>
    /// <param name="options">What to evaluate, and against what.</param>
    /// <param name="log">Hears what is measured, and what cannot be.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="stop">Ends it.</param>
    public static EvaluateResult Evaluate(
        EvaluateOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => EvaluateStage.Run(options, context), log, progress, stop);

    /// <summary>
    /// Says what the columns of a table are, what is noticed of them, and what training on it would take. What keeps it from being trained on is no error: the
    /// result lists all of it.
    /// </summary>
    /// <param name="options">The table.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="stop">Ends it.</param>
    public static DescribeResult Describe(DescribeOptions options, ILogger? log = null, CancellationToken stop = default) =>
        Call(context => DescribeStage.Run(options, context), log, null, stop);

    /// <summary>
    /// Finds the best way to deal with rare classes for a table, a classifier and a goal, on folds, and writes the balanced table, the rule of decisions and
    /// the figures of every method.
    /// </summary>
    /// <param name="options">The table, the goal, and where to.</param>
    /// <param name="log">Hears what is being done.</param>
    /// <param name="progress">Hears how many outer folds are done.</param>
    /// <param name="stop">Ends it.</param>
    public static BalanceResult Balance(
        BalanceOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => BalanceStage.Run(options, context), log, progress, stop);

    /// <summary>
    /// Says which method for rare classes is best for a table, a classifier and a goal, by how much, and how sure that is: the comparison that
    /// <see cref="Balance"/> makes, without what it writes.
    /// </summary>
    /// <param name="options">The table, and how to compare on it.</param>
    /// <param name="log">Hears what is being done.</param>
    /// <param name="progress">Hears how many folds are done.</param>
    /// <param name="stop">Ends it.</param>
    public static AdviseResult Advise(
        AdviseOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => AdviseStage.Run(options, context), log, progress, stop);

    /// <summary>Fills the missing values of a table by a generator that is trained on the values that are there (GAIN), and says how well it guesses.</summary>
    /// <param name="options">What to fill, and how.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="stop">Ends it.</param>
    public static ImputeResult Impute(
        ImputeOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => ImputeStage.Run(options, context), log, progress, stop);

    /// <summary>Makes a synthetic copy of a table by a generator that stores none of its rows, and says how private and how useful it is.</summary>
    /// <param name="options">What to copy, and how.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how many steps are trained.</param>
    /// <param name="stop">Ends it.</param>
    public static AnonymizeResult Anonymize(
        AnonymizeOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        Call(context => AnonymizeStage.Run(options, context), log, progress, stop);

    /// <summary>
    /// Trains presets with several seeds, variants and values, each run in a process of the command line (<see cref="SweepOptions.Program"/>), and collects the
    /// figures in one CSV file. Runs that fail are no error: the result says which.
    /// </summary>
    /// <param name="options">What to sweep over.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how many runs have finished.</param>
    /// <param name="stop">Ends it; runs end with a checkpoint, and the same sweep goes on with them.</param>
    public static Task<SweepResult> SweepAsync(
        SweepOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        CallAsync(context => SweepStage.Run(options, context), log, progress, stop);

    /// <summary>Makes a run's page again, from the files of its folder alone.</summary>
    /// <param name="options">The run.</param>
    /// <param name="stop">Ends it between two files.</param>
    public static ReportResult Report(ReportOptions options, CancellationToken stop = default) =>
        CallLight(context => ReportStage.Run(options, context), null, null, stop);

    /// <summary>Compares runs: their metrics, the options in which they differ, and their curves, as a table and a page.</summary>
    /// <param name="options">The runs.</param>
    /// <param name="stop">Ends it between two runs.</param>
    public static CompareResult Compare(CompareRunsOptions options, CancellationToken stop = default) =>
        CallLight(context => ReportStage.Compare(options, context), null, null, stop);

    /// <summary>Says what a generator file is: its inputs and output, where it comes from, and its layers with shapes and parameters.</summary>
    /// <param name="options">The file.</param>
    /// <param name="stop">Ends it before the file is read, and before it is drawn.</param>
    public static InspectResult Inspect(InspectOptions options, CancellationToken stop = default) =>
        CallLight(context => InspectStage.Run(options, context), null, null, stop);

    /// <summary>Compares the files of a folder with the SHA-256 digests of a known data set.</summary>
    /// <param name="options">The folder.</param>
    /// <param name="stop">Ends it between two files.</param>
    public static CheckResult CheckData(CheckOptions options, CancellationToken stop = default) =>
        CallLight(context => DataStage.Check(options, context), null, null, stop);

    /// <summary>Fetches a known data set from its mirrors; a file appears only when its digest is right.</summary>
    /// <param name="options">Which, and where to.</param>
    /// <param name="log">Hears notes.</param>
    /// <param name="progress">Hears how many bytes of a file have come.</param>
    /// <param name="stop">Ends it; the same call goes on where it stopped.</param>
    public static Task<FetchResult> FetchDataAsync(
        FetchOptions options, ILogger? log = null, IProgress<StageProgress>? progress = null, CancellationToken stop = default) =>
        CallAsync(context => DataStage.Fetch(options, context), log, progress, stop);

    /// <summary>A stage that uses libtorch, whose settings are put back.</summary>
    private static T Call<T>(Func<StageContext, T> stage, ILogger? log, IProgress<StageProgress>? progress, CancellationToken stop)
    {
        using var state = new LibtorchState();
        return CallLight(stage, log, progress, stop);
    }

    /// <summary>A stage without libtorch; it has ended when the task is there, so that nothing is waited for.</summary>
    private static T CallLight<T>(Func<StageContext, T> stage, ILogger? log, IProgress<StageProgress>? progress, CancellationToken stop) =>
        CallAsync(context => Task.FromResult(stage(context)), log, progress, stop).GetAwaiter().GetResult();

    private static async Task<T> CallAsync<T>(Func<StageContext, Task<T>> stage, ILogger? log, IProgress<StageProgress>? progress, CancellationToken stop)
    {
        var context = new StageContext(log ?? NullLogger.Instance, progress, stop);
        try { return await stage(context).ConfigureAwait(false); }
        catch (OperationCanceledException e) when (stop.IsCancellationRequested) { throw new StageStoppedException(context.Host.Remedy, e); }
    }
}

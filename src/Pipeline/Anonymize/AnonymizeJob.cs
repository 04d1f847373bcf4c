using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Privacy;
using GanPipeline.Training.Updates;

namespace GanPipeline.Stages;

/// <summary>What is to be made of a table, with its preset read and everything refused that would not be anonymous.</summary>
/// <param name="Run">How the generator is trained.</param>
/// <param name="Data">How the table is read.</param>
/// <param name="Report">The file for the figures.</param>
/// <param name="Budget">What differential privacy may spend; null without it.</param>
/// <param name="RemovesCopies">Whether generated rows that equal a real one are left out.</param>
internal sealed record AnonymizeJob(RunOptions Run, TableDataOptions Data, string Report, PrivacyBudget? Budget, bool RemovesCopies)
{
    private const double DefaultDelta = 1e-5;

    /// <summary>What differs from the preset for tables.</summary>
    private static readonly string[] Settings = ["data.anchors=0"];

    /// <summary>
    /// The same with differential privacy: nothing but the clipped and noisy gradients of one small network looks at real rows. It is kept smooth by its
    /// weights alone, since a gradient penalty looks at real rows, and it has no classifier, which would take a part of what each row's gradient may be. Few
    /// weights get less noise in all, and few steps less each. Which columns follow from others is not looked for.
    /// </summary>
    private static readonly string[] PrivateSettings =
    [
        .. Settings, "sampling=poisson", "update={ scheme: private }", "objective=non_saturating", "regularizers=[{ name: spectral_norm }]",
        "data.dependences=false",
        "discriminator={ network: mlp, hidden: [64, 64] }", "discriminator_optimizer.learning_rate=6e-4", "batch=100", "steps=600", "epochs=20",
    ];

    /// <summary>Reads the options.</summary>
    /// <exception cref="UserErrorException">They do not go together, or would not make an anonymous table.</exception>
    public static AnonymizeJob Of(AnonymizeOptions options)
    {
        if (!Presets.IsTable(options.Table)) throw new UserErrorException($"{options.Table}: its ending is none of a table's ({TableEnding.All}); name a " +
            $"table.");
        if (options.Epsilon is null && options.Delta is not null) throw UserErrorException.Usage("--delta: it goes with --epsilon; name that too.");
        TableEnding.CheckOutput("--out", options.Out);
        if (options.SafeCsv && TableEnding.IsParquet(options.Out))
            throw UserErrorException.Usage("--safe-csv: it goes with text files; leave it out, or name a .csv file.");
        RunOptions run = Presets.Load(options.Table, options, [.. options.Epsilon is null ? Settings : PrivateSettings, .. Seed(options)]);
        if (options.Report is null && AtomicFile.IsStream(options.Out))
            throw UserErrorException.Usage($"--out {options.Out}: beside a stream there is no place for the figures; name a file for them with --report.");
        bool removes = RemovesCopyRows(options);
        if (run.Data is not TableDataOptions { Anchors: 0 } data)
            throw new UserErrorException("data.anchors: a generator that stores real rows cannot generate anonymous ones; leave it at 0.");
        if (options.Epsilon is not null && data.Dependences)
            throw new UserErrorException("data.dependences: with an --epsilon nothing may be taken from the rows, and which columns follow from others is; " +
                "leave it at false.");
        if (options.Epsilon is not null && run.Update is not PrivateOptions)
            throw new UserErrorException("update: only the scheme 'private' keeps to an --epsilon; leave 'update' out of --set.");
        string report = options.Report ?? TableEnding.Split(options.Out).Name + ".privacy.csv";
        CheckFiles(options, report, data.Schema);
        PrivacyBudget? budget = options.Epsilon is { } epsilon ? new PrivacyBudget(epsilon, options.Delta ?? DefaultDelta, data.Label.Length > 0) : null;
        return new AnonymizeJob(run, data, report, budget, removes);
    }

    private static void CheckFiles(AnonymizeOptions options, string report, string schema)
    {
        if (OutputFiles.AreSame(options.Out, options.Table) || OutputFiles.AreSame(report, options.Table) || OutputFiles.AreSame(options.Out, report))
            throw UserErrorException.Usage($"--out {options.Out}, --report {report}: the table, the synthetic one and the figures are three files; give each " +
                "another name.");
        OutputFiles.RefuseInput("--out", options.Out, schema);
        OutputFiles.RefuseInput("--report", report, schema);
    }

    /// <summary>With differential privacy the seed is drawn in secret, since the noise follows from it.</summary>
    private static string[] Seed(AnonymizeOptions options)
    {
        if (options.Epsilon is null) return [];
        if (options.AllAssignments().Any(a => a.StartsWith("seed=", StringComparison.Ordinal)))
            throw UserErrorException.Usage("--seed: with --epsilon the seed is drawn in secret and kept nowhere, since who knows it knows the noise; " +
                "leave it out.");
        return [$"seed={PrivacyBudget.SecretSeed()}"];
    }

    private static bool RemovesCopyRows(AnonymizeOptions options) => options.Copies is Copies.Remove && options.Epsilon is not null
        ? throw UserErrorException.Usage(
            "--copies remove: with --epsilon copies are kept, since leaving rows out because they are real would tell which are; leave one of the two out.")
        : options.Copies is { } copies ? copies == Copies.Remove : options.Epsilon is null;
}

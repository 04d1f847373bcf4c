using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanPipeline.Primitives;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;

namespace GanPipeline.Stages;

/// <summary>A table in; the best method for rare classes chosen on folds, the table as that balances it, and how to decide, out.</summary>
internal static class BalanceStage
{
    private const string Record = "balance.json", Scores = "scores.csv";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BalanceResult Run(BalanceOptions options, StageContext context)
    {
        OutputFiles.CheckFolder(options.Out);
        Directory.CreateDirectory(options.Out);
        string table = BalancedTable.In(options), record = Path.Combine(options.Out, Record), scores = Path.Combine(options.Out, Scores);
        OutputFiles.RefuseInput("--out", table, options.Table, options.Schema);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, table, record, scores);
        using var search = MethodSearch.Open(options, context);
        IReadOnlyList<LearnerTrials> trials = search.Compare(context);
        IReadOnlyList<SelectedMethod> chosen = search.Choose(context);
        SelectedMethod best = chosen.MaxBy(c => c.Best.Tuned)!;
        context.Note($"applying '{best.Best.Method.Name}' to all {search.Rows.Count} rows ...");
        WeightedRows balanced = best.Best.Method.Resample(search.Rows, SeedStream.Derive(search.Seed, "balanced rows"), context.Stop);
        BalanceResult result = Result(search, best, balanced, AdviseStage.Of(search, trials, chosen), table);
        claimed.Write(() =>
        {
            new BalancedTable(search, options).Write(table, balanced.Rows, context.Stop);
            AtomicFile.WriteAllText(scores, FiguresCsv.Of(result.Comparison.Methods));
            AtomicFile.WriteAllText(record, Json(result, search, options).ToJsonString(Readable) + "\n");
        });
        return result;
    }

    private static BalanceResult Result(MethodSearch search, SelectedMethod best, WeightedRows balanced, AdviseResult comparison, string table)
    {
        (IReadOnlyList<string> names, DecisionRule rule) = (search.Rows.ClassNames, best.Best.Rule);
        int[] before = search.Rows.ClassCounts(), after = balanced.Rows.ClassCounts();
        Dictionary<string, double> factors = names.Zip(rule.Factors).ToDictionary(p => p.First, p => p.Second);
        return new BalanceResult(table, best.Trainer.Name, best.Best.Method.Name, factors, comparison.Advice)
        {
            Threshold = names.Count == 2 ? rule.Threshold : null,
            ClassWeights = balanced.Weights is not { } weights ? new Dictionary<string, double>()
                : Enumerable.Range(0, names.Count).Where(c => after[c] > 0)
                    .ToDictionary(c => names[c], c => (double)weights[Array.IndexOf(balanced.Rows.Labels, (long)c)]),
            Classes = [.. names.Select((name, c) => new ClassBalance(name, before[c], after[c]))],
            Comparison = comparison,
            Ungenerated = after.Sum() == before.Sum() ? []
                : [.. search.Codec.Dropped.Select(d => new UngeneratedColumn(d.Name, d.Reason.ToString().ToLowerInvariant()))],
        };
    }

    private static JsonObject Json(BalanceResult result, MethodSearch search, BalanceOptions options) => new()
    {
        ["table"] = Path.GetFileName(options.Table),
        ["label"] = search.Source.Label,
        ["goal"] = options.Goal,
        ["learner"] = result.Learner,
        ["method"] = result.Method,
        ["factors"] = Numbers(result.Factors),
        ["threshold"] = result.Threshold is { } t ? new JsonObject { ["class"] = search.Rows.ClassNames[1], ["above"] = t } : null,
        ["class_weights"] = result.ClassWeights.Count == 0 ? null : Numbers(result.ClassWeights),
        ["rows_before"] = Numbers(result.Classes.ToDictionary(c => c.Class, c => (double)c.Before)),
        ["rows_after"] = Numbers(result.Classes.ToDictionary(c => c.Class, c => (double)c.After)),
        ["compared_rows"] = search.Compared,
        ["outer_folds"] = result.Comparison.Folds,
        ["seed"] = search.Seed,
        ["advice"] = new JsonArray([.. result.Advice.Select(a => (JsonNode?)a)]),
    };

    private static JsonObject Numbers(IReadOnlyDictionary<string, double> numbers) => new(numbers.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value)));
}

using GanPipeline.Cli.Commands;
using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>Imbalanced data and a generator file in, balanced data out, through the ML.NET transformer.</summary>
internal static class UpsampleStage
{
    private const string Label = "Label", Features = "Features";

    public static void Run(UpsampleArguments arguments, CancellationToken stop)
    {
        Balance balance = BalanceRule.Parse(arguments.Balance);
        using GeneratorSession session = GeneratorSession.Open(arguments.Generator);
        if (session.Info.IsTable)
        {
            TableUpsampling.Run(arguments, session, balance, stop);
            return;
        }
        ILabelledData data = LabelledData.For(arguments.Data, arguments.Label, arguments.SyntheticColumn, session.Info.ClassNames);
        LabelledRows rows = data.Read();
        stop.ThrowIfCancellationRequested();
        data.CheckTarget(arguments.Out);
        LabelledRows balanced = Upsample(rows, arguments.Generator, balance, arguments.Seed);
        int[] before = rows.ClassCounts(), after = balanced.ClassCounts();
        Screen.Table(["class", "rows before", "rows after"], rows.ClassNames.Select((name, c) => new[] { name, $"{before[c]}", $"{after[c]}" }));
        if (arguments.DryRun)
        {
            Screen.Say($"Nothing was written; without --dry-run it goes to {arguments.Out}.");
            return;
        }
        stop.ThrowIfCancellationRequested();
        data.Write(arguments.Out, rows, balanced.Pick([.. Enumerable.Range(rows.Count, balanced.Count - rows.Count)]));
        Screen.Say($"added {balanced.Count - rows.Count} generated rows to {rows.Count}: {arguments.Out}");
    }

    /// <summary>The rows as they are, then the added ones.</summary>
    public static LabelledRows Upsample(LabelledRows rows, string generatorFile, Balance balance, ulong seed)
    {
        var context = new MLContext();
        SchemaDefinition schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Columns);
        IDataView view = context.Data.LoadFromEnumerable(Enumerable.Range(0, rows.Count).Select(i => new LabelledRow
        {
            Label = rows.ClassNames[(int)rows.Labels[i]], Features = rows.Row(i).ToArray(),
        }), schema);
        var estimator = new UpsamplingEstimator(context, Label, Features, new UpsamplingOptions { Balance = balance, Generator = GeneratorSource.FromFile(generatorFile), Seed = seed });
        IDataView upsampled = estimator.Fit(view).Transform(view);
        Dictionary<string, long> index = rows.ClassNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => (long)p.i, StringComparer.Ordinal);
        var values = new List<float>(rows.Values.Length);
        var labels = new List<long>(rows.Count);
        foreach (LabelledRow row in context.Data.CreateEnumerable<LabelledRow>(upsampled, reuseRowObject: true, ignoreMissingColumns: false, schema))
        {
            values.AddRange(row.Features);
            labels.Add(index[row.Label]);
        }
        return rows with { Values = [.. values], Labels = [.. labels] };
    }

    private sealed class LabelledRow
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}

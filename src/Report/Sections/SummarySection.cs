namespace GanPipeline.Report.Sections;

/// <summary>The top of the page: what came out, and the chart that it rests on.</summary>
internal static class SummarySection
{
    public static Page Page(RunData run, Findings findings, IReadOnlyList<Section> sections)
    {
        string system = run.Option("system"), data = run.Note("data", "name"), state = run.Note("run", "state");
        string lead = $"Run folder {run.Name}, seed {run.Option("seed")}{(state.Length > 0 ? $", {state.TrimEnd('.')}" : "")}.";
        string shown = data.Length > 0 ? $"{system} on {data}" : system;
        Block[] top = [new VerdictBlock(findings), .. findings.Methods is { } methods ? [Methods(methods)] : Array.Empty<Block>()];
        return new Page(system.Length > 0 ? shown : "A training run", lead, top, sections);
    }

    private static ChartBlock Methods(MethodFindings found)
    {
        bool recall = found.Methods.Any(m => m.Recall is not null);
        string[] scores = recall ? [$"recall of '{found.Class}'", "macro-F1"] : ["macro-F1"];
        Bar[] f1 = [.. found.Methods.Select(m => new Bar(m.MacroF1.Value, m.MacroF1.Low, m.MacroF1.High))],
            recalls = [.. found.Methods.Select(m => m.Recall is { } r ? new Bar(r.Value, r.Low, r.High) : new Bar(double.NaN))];
        var chart = new IntervalChart("What classifiers reach on real rows that they have not seen, by method for rare classes",
            string.Join("; ", found.Methods.Select(m => $"{m.Method}: macro-F1 {Say.Score(m.MacroF1.Value)}{Say.Between(m.MacroF1)}")) + ".",
            [.. found.Methods.Select(m => m.Method)], scores, recall ? [recalls, f1] : [f1], found.Methods.ToList().FindIndex(m => m.Chosen));
        string sample = found.Methods[0].MacroF1.Sample;
        return new ChartBlock(chart, "methods")
        {
            First = true,
            Numbers = new TableBlock($"With 95 % intervals{(sample.Length > 0 ? $"; {sample}" : "")}", ["Method", .. recall ? scores[..1] : [], "macro-F1"],
                [.. found.Methods.Select(m => (IReadOnlyList<Cell>)[new Cell(m.Method), .. recall ? [m.Recall is { } r ? Cell.Of(r) : new Cell("")]
                : Array.Empty<Cell>(), Cell.Of(m.MacroF1)])]),
        };
    }
}

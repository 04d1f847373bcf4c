namespace GanPipeline.Report.Sections;

/// <summary>The same measured on other data: up-sampled by methods that cost nothing, or by this generator.</summary>
internal static class BaselineSection
{
    private const string Generator = "GAN", MacroF1 = "classifier-macro-f1", Gain = "classifier-gain";
    private const string TooFew = "too few rows to tell";
    private const int MostCharts = 6;

    public static Section? Of(RunData run)
    {
        QualityRow[][] metrics = [.. run.Quality.GroupBy(q => (q.Metric, q.Class)).Select(g => g.ToArray()).Where(g => g.Any(q => q.Data == Generator))];
        if (metrics.Length == 0) return null;
        List<Block> blocks = [.. metrics.Take(MostCharts).Select(m =>
            new ChartBlock(Bars(m), "baselines-" + ClassSection.FileName($"{m[0].Metric} {m[0].Class}".Trim())))];
        blocks.AddRange(metrics.Select(m => m[0].Metric == MacroF1 && run.Quality.FirstOrDefault(q => q.Metric == Gain) is { } gain ? Conclusion(gain, m)
            : Conclusion(m)).OfType<NoteBlock>());
        blocks.AddRange(metrics.Select(Table));
        string sample = metrics[0][0].Sample;
        return new Section("baselines", "Compared with doing less",
            $"The same measured on other data{(sample.Length > 0 ? $" ({sample})" : "")}. " +
                "Up-sampling without a generator costs nothing, so the generator has to beat it.", blocks);
    }

    /// <summary>Whether a metric is of this section: one that the generator's up-sampling was evaluated by.</summary>
    public static bool Has(RunData run, QualityRow row) => run.Quality.Any(q => q.Metric == row.Metric && q.Class == row.Class && q.Data == Generator);

    /// <summary>What the section comes to, in a sentence; empty where nothing was compared.</summary>
    public static string InShort(RunData run) => run.Quality.FirstOrDefault(q => q.Metric == Gain) is not { } gain ? ""
        : FewRows(gain) is { } few ? $"Whether up-sampling with it helps a classifier more than what is free: {few}."
        : gain.Low > 0 ? "Up-sampling with it helped a classifier more than what is free."
        : gain.Value > 0 ? "Up-sampling with it helped a classifier more than what is free, but chance may explain that."
        : "Up-sampling with it helped a classifier no more than what is free.";

    private static BarChart Bars(QualityRow[] rows) => new(QualitySection.Title(rows[0]) + (rows[0].Better.Length > 0 ? $" ({rows[0].Better} is better)" : ""),
        string.Join("; ", rows.Select(r => $"{Name(r)}: {Figure.Short(r.Value)}")) + ".", [.. rows.Select(Name)], [QualitySection.Title(rows[0])],
        [[.. rows.Select(r => new Bar(r.Value, r.Low, r.High))]]);

    /// <summary>
    /// Whether the generator beats the best of the others, and whether by more than chance; null where one of them, or what is better, is unknown.
    /// </summary>
    private static NoteBlock? Conclusion(QualityRow[] rows)
    {
        int sign = rows[0].Better switch { "higher" => 1, "lower" => -1, _ => 0 };
        QualityRow? generator = rows.FirstOrDefault(r => r.Data == Generator && double.IsFinite(r.Value)),
            best = rows.Where(r => r.Data != Generator && double.IsFinite(r.Value)).MaxBy(r => sign * r.Value);
        if (sign == 0 || generator is null || best is null) return null;
        string metric = QualitySection.Title(generator);
        if (FewRows(generator) is { } few) return new NoteBlock($"{metric}: {few}.", Warning: true);
        if (sign * (generator.Value - best.Value) <= 0)
            return new NoteBlock($"{metric}: the generator is no better than '{Name(best)}', which is free. Prefer that here.", Warning: true);
        double gap = sign > 0 ? generator.Low - best.High : best.Low - generator.High;
        return gap > 0 ? new NoteBlock($"{metric}: the generator beats the best of the others, '{Name(best)}', and their intervals are apart.")
            : new NoteBlock($"{metric}: the generator is ahead of the best of the others, '{Name(best)}', but " +
                $"{(double.IsNaN(gap) ? "there are no intervals to say whether that is chance" : "their intervals overlap, so that chance may explain it")}.",
                Warning: true);
    }

    /// <summary>The same from the interval of the difference itself, which tells more than two intervals that overlap.</summary>
    private static NoteBlock Conclusion(QualityRow gain, QualityRow[] rows)
    {
        string interval = $"the difference is {Signed(gain.Value)} (95 % interval {Signed(gain.Low)} to {Signed(gain.High)})",
            metric = QualitySection.Title(rows[0]);
        return FewRows(gain) is { } few ? new NoteBlock($"{metric}: {few}.", Warning: true)
            : gain.Value <= 0 ? new NoteBlock($"{metric}: the generator is no better than the best method that is free; {interval}. Prefer that here.",
            Warning: true)
            : gain.Low <= 0 ? new NoteBlock($"{metric}: the generator is ahead of the best method that is free, but chance may explain it; {interval}.",
            Warning: true)
            : new NoteBlock($"{metric}: the generator beats the best method that is free; {interval}.");
    }

    /// <summary>What a row says of a class of too few rows for a verdict; null where it says nothing.</summary>
    private static string? FewRows(QualityRow row) => row.Sample.IndexOf(TooFew, StringComparison.Ordinal) is >= 0 and var at ? row.Sample[at..] : null;

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000", System.Globalization.CultureInfo.InvariantCulture);

    private static TableBlock Table(QualityRow[] rows)
    {
        bool intervals = rows.Any(r => double.IsFinite(r.Low));
        return new TableBlock(QualitySection.Title(rows[0]), ["Data", "Value", .. (intervals ? ["From", "To"] : Array.Empty<string>())],
            [.. rows.Select(r => (IReadOnlyList<Cell>)[new Cell(Name(r)), Cell.Known(r.Value),
            .. (intervals ? [Cell.Known(r.Low), Cell.Known(r.High)] : Array.Empty<Cell>())])]);
    }

    private static string Name(QualityRow row) => row.Data.Length > 0 ? row.Data : "generated";
}

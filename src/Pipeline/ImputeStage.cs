using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Imputation;

namespace GanPipeline.Stages;

/// <summary>A table with holes in, a table without out.</summary>
internal static class ImputeStage
{
    public static void Run(ImputeArguments arguments, CancellationToken stop)
    {
        ImputationOptions options = arguments.Options;
        options.Validate();
        if (options.Imputations > 1 && AtomicFile.IsStream(arguments.Out))
            throw UserErrorException.Usage($"--out {arguments.Out}: several imputations are several files, and a stream takes one; name a file.");
        string[] paths = [.. Enumerable.Range(1, options.Imputations).Select(i => options.Imputations == 1 ? arguments.Out : Numbered(arguments.Out, i))];
        foreach (string path in paths) OutputFiles.RefuseInput("--out", path, arguments.Table, arguments.Schema);
        using OutputFiles claimed = OutputFiles.Claim(arguments.Force, paths);
        Table table = TableReader.Read(arguments.Table);
        TableSchema schema = TableSchema.Infer(table, label: null, arguments.Schema is null ? null : SchemaFile.Read(arguments.Schema));
        Screen.Note($"filling the missing values of {table.Rows} rows; a tenth of the known ones is held back to see how well it goes ...");
        ImputationResult result = Imputation.Run(table, schema, options, stop: stop);
        claimed.Write(() =>
        {
            for (int i = 0; i < paths.Length; i++) result.Tables[i].Write(paths[i]);
        });

        Screen.Say("How far guesses of cells that were held back are off (root mean square, in the column's standard deviations), or how many are right:");
        Screen.Table(["column", "filled", "held back", .. Imputation.Methods], result.Scores.Select(s => new[]
            { s.Column, $"{result.Filled.GetValueOrDefault(s.Column)}", $"{s.Cells}" }.Concat(Imputation.Methods.Select(m => Figure(s.ByMethod[m], s.IsNumber)))
                .ToArray()));
        Screen.Say("");
        Screen.Say(Verdict(result));
        if (result.Unfilled.Count > 0) Screen.Say($"Still without values, since they have none in any row or the schema leaves them out: " +
            $"{string.Join(", ", result.Unfilled)}.");
        Screen.Say($"{result.Filled.Values.Sum()} values filled by '{options.Method}' (the generator was best after {result.Steps} steps): " +
            $"{string.Join(", ", paths)}");
    }

    private static string Figure(double value, bool isNumber) => double.IsNaN(value) ? "–" : isNumber ? FormattableString.Invariant($"{value:F3}")
        : FormattableString.Invariant($"{value:P1}");

    private static string Verdict(ImputationResult result)
    {
        string all = string.Join("; ", Imputation.Methods.Select(m =>
        {
            (double error, double share) = result.Mean(m);
            string?[] figures = [double.IsNaN(error) ? null : $"error {Figure(error, true)}", double.IsNaN(share) ? null : $"{Figure(share, false)} right"];
            return $"{m}: {string.Join(", ", figures.Where(f => f is not null))}";
        }));
        string[] better = [.. Imputation.Methods.Where(m => m != "gain" && Beats(result.Mean(m), result.Mean("gain")))];
        return $"Mean over the columns: {all}. " + (better.Length == 0 ? "The generator guesses best."
            : $"The generator does not help here: use --method {better[0]}.");
    }

    /// <summary>Whether one way is no worse than another in both figures and better in one.</summary>
    private static bool Beats((double Error, double Share) one, (double Error, double Share) other) =>
        !(one.Error > other.Error) && !(one.Share < other.Share) && (one.Error < other.Error || one.Share > other.Share);

    private static string Numbered(string path, int number) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
}

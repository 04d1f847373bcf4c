using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints what a generator file is.</summary>
internal static class InspectPrinter
{
    public static void Print(InspectResult result)
    {
        GeneratorInfo info = result.Info;
        GeneratorMetadata from = info.Provenance;
        string samples = $"{info.SampleKind} samples [{string.Join(", ", info.SampleShape)}] in the data's units";
        Screen.Say(info.Network == GeneratorFile.Discriminator
            ? $"{info.System}, {info.Network}: tells real {samples} from generated ones"
            : $"{info.System}: generates {samples}, from a normal latent of {info.LatentSize}" +
                (info.LatentScale == 1 ? "" : Invariant($" times {info.LatentScale}")) + (info.NoiseInside ? ", drawn inside and not repeatable" : ""));
        Screen.Say($"inputs: {string.Join(", ", result.Inputs.Select(Tensor))}; outputs: {string.Join(", ", result.Outputs.Select(Tensor))}");
        Screen.Say(info.ClassNames.Count == 0 ? "classes: none" : $"classes: {string.Join(", ", info.ClassNames)}");
        foreach (OutputColumn column in info.Columns.Where(c => c.Formula.Length > 0)) Screen.Say($"computed: '{column.Name}' = {column.Formula}");
        if (info.Columns.Any(c => c.StoredValues > 0))
            Screen.Say("real values in the file: " + string.Join(", ", info.Columns.Where(c => c.StoredValues > 0)
                .Select(c => Invariant($"{c.StoredValues} of '{c.Name}'"))));
        if (info.Omitted.Count > 0)
            Screen.Say("not generated: " + string.Join(", ", info.Omitted.Select(c => $"{(c.Name.Length == 0 ? "(no name)" : $"'{c.Name}'")} ({c.Reason})")));
        if (info.StoredRows > 0) Screen.Say($"holds {VerificationWords.StoredRows(info)}");
        Screen.Say(Invariant($"trained: {from.Steps} steps, seed {from.Seed}, data {from.DataName} (SHA-256 {from.DataSha256})"));
        if (from.Metrics.Count > 0) Screen.Say("metrics: " + string.Join(", ", from.Metrics.Select(m => Invariant($"{m.Key} {m.Value:G4}"))));
        Screen.Say("made by: " + string.Join(", ", from.Versions.Select(v => $"{v.Key} {v.Value}")));
        Screen.Say($"verified beside the trained network: {VerificationWords.Of(info)}");
        Screen.Say("");
        Screen.Table(["layer", "operator", "output", "parameters"],
        [
            .. result.Inputs.Select(i => new[] { i.Name, "input", i.Shape, "" }),
            .. result.Layers.Select(l => new[] { l.Name, l.Operator, l.Shape, l.Parameters == 0 ? "" : Invariant($"{l.Parameters}") }),
        ]);
        Screen.Say("");
        Screen.Say(Invariant($"{result.Layers.Count} layers, {result.Parameters} parameters, {result.Bytes} bytes"));
        if (result.Picture is { } picture) Screen.Say($"drew {picture}");
    }

    private static string Tensor((string Name, string Type, string Shape) port) => $"{port.Name} {port.Type} [{port.Shape}]";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

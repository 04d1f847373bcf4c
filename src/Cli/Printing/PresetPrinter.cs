using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Printing;

/// <summary>A preset that goes by a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="About">What it says of itself.</param>
/// <param name="Variants">Its variants.</param>
internal sealed record PresetResult(string Name, PresetNotes About, IReadOnlyList<string> Variants);

/// <summary>Prints what a preset is, needs, reaches and costs.</summary>
internal static class PresetPrinter
{
    private const string NotMeasured = "not measured";

    public static void Print(PresetResult preset)
    {
        Screen.Say($"{preset.Name}: {preset.About.Title}");
        Screen.Say($"  needs     {preset.About.Needs}");
        Screen.Say($"  reaches   {(preset.About.Reaches.Length > 0 ? preset.About.Reaches : NotMeasured)}");
        Screen.Say($"  costs     {(preset.About.Costs.Length > 0 ? preset.About.Costs : NotMeasured)}");
        if (preset.Variants.Count > 0) Screen.Say($"  variants  {string.Join(", ", preset.Variants)}");
        Screen.Say("");
    }
}

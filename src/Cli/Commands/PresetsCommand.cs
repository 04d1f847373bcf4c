using System.CommandLine;
using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Commands;

/// <summary>The presets that go by a name: what each is, needs, reaches and costs, and its file.</summary>
internal static class PresetsCommand
{
    private const string NotMeasured = "not measured";

    public static Command Create()
    {
        var command = new Command("presets", "List the presets, with what they need, reach and cost, or show one's file.") { Show() };
        command.SetAction(_ => List());
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = Options.Argument("name", "The preset: one of those that 'gan presets' lists.");
        name.CompletionSources.Add([.. BuiltInPresets.Names]);
        var command = new Command("show", "Print a preset's file, to begin one of your own with: gan presets show mnist-cgan > mine.yaml.") { name };
        command.SetAction(parsed =>
        {
            foreach (string line in BuiltInPresets.Text(parsed.GetValue(name)!).TrimEnd('\n').Split('\n')) Screen.Say(line);
        });
        return command;
    }

    private static void List()
    {
        foreach (string name in BuiltInPresets.Names)
        {
            PresetNotes notes = Preset.Notes(name);
            Screen.Say($"{name}: {notes.Title}");
            Screen.Say($"  needs     {notes.Needs}");
            Screen.Say($"  reaches   {(notes.Reaches.Length > 0 ? notes.Reaches : NotMeasured)}");
            Screen.Say($"  costs     {(notes.Costs.Length > 0 ? notes.Costs : NotMeasured)}");
            if (Preset.Variants(name) is { Count: > 0 } variants) Screen.Say($"  variants  {string.Join(", ", variants)}");
            Screen.Say("");
        }
        Screen.Say("Train one with 'gan run NAME --out DIR', change values with --set KEY=VALUE, and get its file with 'gan presets show NAME > mine.yaml'.");
    }
}

using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Commands;

/// <summary>The presets that go by a name: what each is, needs, reaches and costs, and its file.</summary>
internal static class PresetsCommand
{
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
        foreach (string name in BuiltInPresets.Names) StagePrinter.Print(new PresetResult(name, Preset.Notes(name), Preset.Variants(name)));
        Screen.Say("Train one with 'gan run NAME --out DIR', change values with --set KEY=VALUE, and get its file with 'gan presets show NAME > mine.yaml'.");
    }
}

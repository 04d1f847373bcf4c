using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Tests;

public class PresetsTests
{
    [Fact]
    public void All_presets_are_listed_with_what_they_need_reach_and_cost()
    {
        GanProcess.Result listed = GanProcess.Run("presets");
        Assert.Equal(0, listed.ExitCode);
        foreach (string name in BuiltInPresets.Names) Assert.Contains($"{name}: {Preset.Notes(name).Title}\n  needs     ", listed.Output);
        Assert.Contains("  reaches   not measured\n", listed.Output);
        Assert.Contains("  variants  source\n", listed.Output);
    }

    [Fact]
    public void A_shown_preset_is_its_file_and_trains_by_its_name_or_as_that_file_from_any_folder()
    {
        using var folder = new TemporaryFolder();
        GanProcess.Result shown = GanProcess.Run("presets", "show", "moons-cgan");
        Assert.Equal(File.ReadAllText(Repository.In("models", "moons-cgan.yaml")), shown.Output);
        File.WriteAllText(folder["mine.yaml"], shown.Output);
        foreach (string preset in new[] { "moons-cgan", folder["mine.yaml"] })
            Assert.Equal(0, GanProcess.Run("train", preset, "--out", folder["run"], "--dry-run").ExitCode);
    }

    [Fact]
    public void A_slip_in_a_name_is_answered_with_the_name()
    {
        string[][] commands = [["presets", "show", "mnist-cgn"], ["run", "mnist-cgn", "--out", "runs/x"], ["sweep", "mnist-cgn", "--out", "x"]];
        foreach (string[] command in commands)
        {
            GanProcess.Result refused = GanProcess.Run(command);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("mnist-cgn: there is no preset and no file of that name ('gan presets' lists the presets); did you mean 'mnist-cgan'?",
                refused.Error);
        }
    }
}

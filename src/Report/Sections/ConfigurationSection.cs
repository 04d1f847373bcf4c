namespace GanPipeline.Report.Sections;

/// <summary>Every option of the run.</summary>
internal static class ConfigurationSection
{
    public static Section Of(RunData run) => new("configuration", "Configuration", "Every option of the run, defaults included, as options.yaml has them.",
        [new FactList([.. run.Options.Select(o => new Fact(o.Key, Cell.Parse(o.Value) with { Text = o.Value }))])])
    {
        Folded = true,
    };
}

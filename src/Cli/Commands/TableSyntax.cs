using System.CommandLine;
using System.Text.Json;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Commands;

/// <summary>What tables add to the commands that train: a table in the preset's place means the built-in preset for tables.</summary>
internal sealed class TableSyntax
{
    private readonly Option<string?> _label = new("--label")
    {
        Description = "The class column of a table (without it the preset's, which is 'class'); \"\" learns all columns alike.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _schema = new("--schema")
    {
        Description = "A YAML file that says what the columns of a table are, where that cannot be seen from their values.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_label);
        command.Add(_schema);
    }

    /// <summary>The options of a preset, or of the preset for tables, with what was said on the command line.</summary>
    public RunOptions Options(ParseResult parsed, string preset, string? variant, IReadOnlyList<string> set)
    {
        string[] said = [.. new[] { (Key: "label", Value: parsed.GetValue(_label)), (Key: "schema", Value: parsed.GetValue(_schema)) }
            .Where(o => o.Value is not null).Select(o => $"data.{o.Key}={JsonSerializer.Serialize(o.Value)}")];
        if (!IsTable(preset)) return Preset.Load(preset, variant, [.. said, .. set]);
        if (parsed.GetValue(_label) is "") said = [.. said, "sampling=shuffle"]; // the preset's takes classes apart
        return Preset.Load(BuiltInPresets.Table, variant, [.. said, .. set]);
    }

    /// <summary>Where the data is.</summary>
    public string? Data(string preset, string? data) => !IsTable(preset) ? data : data is null ? preset
        : throw UserErrorException.Usage($"--data: {preset} is the data already; leave it out, or name a preset in the table's place.");

    /// <summary>Whether it names a table: a file that ends in .csv, or standard input.</summary>
    public static bool IsTable(string preset) => preset.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || SpooledInput.IsStandardInput(preset);
}

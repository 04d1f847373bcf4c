using System.CommandLine;
using GanPipeline.Training.Config;

namespace GanPipeline.Cli.Commands;

/// <summary>The options that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    public static Argument<string> PresetFile()
    {
        Argument<string> preset = Options.Argument("preset",
            "The preset: a name that 'gan presets' lists, or a YAML file; or a table (TABLE.csv, .tsv, .tab, any of these with .gz, " +
            "or .parquet) or - for standard input, for the preset for tables; or a folder with a sub-folder of pictures a class, for the preset for these.");
        preset.CompletionSources.Add([.. BuiltInPresets.Names]);
        return preset;
    }

    public static Option<string?> Data() => Options.Text("--data", "PATH",
        "Folder or file with the data, for presets that read some (IDX: the folder with the four files; images: " +
        "the folder with a sub-folder a class).");

    public static Option<string> OutFolder() => Options.Required("--out", "DIR",
        "Folder for everything that the run writes; new, empty, or with --resume the run's own.");

    public static Option<string?> Variant() => Options.Text("--variant", "NAME",
        "One of the preset's variants, for example 'source' for the values of the system's source.");

    public static Option<string[]> Set() => Options.Several("--set", "KEY=VALUE",
        "Another value for one of the preset's keys, for example --set epochs=5 or --set generator.label_scale=1; may be given again. " +
        "A run folder's options.yaml shows every key there is.");

    public static Option<string> Device()
    {
        Option<string> device = Options.Default("--device", "NAME", "cpu", "Where to compute: cpu, cuda, cuda:N, or auto (CUDA where there is one).");
        device.CompletionSources.Add("cpu", "cuda", "auto");
        return device;
    }

    public static Option<bool> Resume() => Options.Flag("--resume",
        "Go on with the run that --out holds, from its last checkpoint. The weights end as if it had never stopped (CPU).");

    public static Option<bool> SafeCsv() => Options.Flag("--safe-csv",
        "Put an apostrophe before generated texts in a CSV file that a spreadsheet would run as a formula (they begin with =, +, -, @, a tab " +
        "or a line break and are no number); without it texts are written as the training table has them.");

    public static Option<bool> SkipBad() => Options.Flag("--skip-bad",
        "Leave out files of the data that cannot be read, and say which (for folders of images); without it, the first such file is an error.");

    public static Option<bool> Override() => Options.Flag("--override",
        "With --resume: go on even where the options or the data are others than the checkpoint was made with.");

    public static Option<string?> MaxTime() => Options.Text("--max-time", "TIME",
        "The time that all of the command may take, for example 90s, 30m or 8h. Training ends in time with a checkpoint (in 'gan run' " +
        "after at most four fifths, so that what was trained is exported and evaluated); go on later by --resume.");

    public static Option<bool> DryRun() => Options.Flag("--dry-run",
        "Check everything that can be checked and say what would be done, without writing anything.");

    public static Option<bool> Force() => Options.Flag("--force", "Replace files that are there already under the names given; without it they are refused.");

    public static Option<string?> Schema() => Options.Text("--schema", "FILE", "A YAML file that says what the table's columns are, where inference errs.");

    public static Option<ulong> Seed() => Options.Default<ulong>("--seed", "N", 1,
        "Seed of the noise: the same seed gives the same samples, whatever the batch size.");
}

/// <summary>Adds them to a command and reads them back.</summary>
internal sealed class TrainSyntax
{
    private readonly Argument<string> _preset = CommonOptions.PresetFile();
    private readonly Option<string?> _data = CommonOptions.Data(), _variant = CommonOptions.Variant();
    private readonly TableSyntax _table = new();
    private readonly Option<string> _out = CommonOptions.OutFolder(), _device = CommonOptions.Device();
    private readonly Option<string[]> _set = CommonOptions.Set();
    private readonly Option<string?> _maxTime = CommonOptions.MaxTime();
    private readonly Option<bool> _resume = CommonOptions.Resume(), _override = CommonOptions.Override(), _skipBad = CommonOptions.SkipBad(),
        _dryRun = CommonOptions.DryRun();

    public void AddTo(Command command)
    {
        command.Add(_preset);
        foreach (Option option in new Option[] { _data, _out, _variant, _set, _skipBad, _device, _resume, _override, _maxTime, _dryRun }) command.Add(option);
        _table.AddTo(command);
    }

    public TrainOptions Read(ParseResult parsed) => _table.AddTo(new TrainOptions(parsed.GetValue(_preset)!, parsed.GetValue(_out)!)
    {
        Data = parsed.GetValue(_data),
        Variant = parsed.GetValue(_variant),
        Assignments = parsed.GetValue(_set)!,
        SkipBad = parsed.GetValue(_skipBad),
        Device = parsed.GetValue(_device)!,
        Resume = parsed.GetValue(_resume),
        Override = parsed.GetValue(_override),
        MaxTime = Duration.Parse(parsed.GetValue(_maxTime)),
    }, parsed);

    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);
}

using System.CommandLine;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Commands;

/// <summary>What tables add to the commands that train.</summary>
internal sealed class TableSyntax
{
    private readonly Option<string?> _label = Options.Text("--label", "NAME",
        "The class column of a table (without it the preset's, which is 'class'); \"\" trains on all columns alike.");
    private readonly Option<string?> _schema = Options.Text("--schema", "FILE",
        "A YAML file that says what the columns of a table are, where that cannot be seen from their values.");
    private readonly ColumnSyntax _columns = new();

    private readonly Option<bool> _noDependences = Options.Flag("--no-dependences",
        "Generate columns that follow from others (sums, products, copies, a code and its name) like any other; without it they are computed.");

    public void AddTo(Command command)
    {
        command.Add(_label);
        command.Add(_schema);
        command.Add(_noDependences);
        _columns.AddTo(command);
    }

    /// <summary>The options, with what the command line says about the table.</summary>
    public T AddTo<T>(T options, ParseResult parsed) where T : PresetOptions
    {
        ColumnChoices columns = _columns.Read(parsed);
        return options with
        {
            Label = parsed.GetValue(_label),
            Schema = parsed.GetValue(_schema),
            Dependences = parsed.GetValue(_noDependences) ? false : null,
            Drop = columns.Drop,
            Keep = columns.Keep,
            Missing = columns.Missing,
        };
    }
}

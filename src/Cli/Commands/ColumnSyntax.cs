using System.CommandLine;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Commands;

/// <summary>Which columns of a table count, and which of their texts.</summary>
internal sealed class ColumnSyntax
{
    private readonly Option<string[]> _drop = Options.Several("--drop", "COLUMN",
        "Do not train on this column of a table; may be given again. IDs, free text and the index that pandas writes are dropped anyway.");
    private readonly Option<string[]> _keep = Options.Several("--keep", "COLUMN",
        "Train on this column of a table though it looks like an ID, free text or an index; may be given again.");
    private readonly Option<string[]> _missing = Options.Several("--missing", "TEXT",
        "This text, too, stands for a missing value, for example --missing ?; may be given again.");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _drop, _keep, _missing }) command.Add(option);
    }

    public ColumnChoices Read(ParseResult parsed) => new(parsed.GetValue(_drop)!, parsed.GetValue(_keep)!, parsed.GetValue(_missing)!);
}

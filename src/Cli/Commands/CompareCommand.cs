using System.CommandLine;
using GanPipeline.Stages;
using GanPipeline.Report;

namespace GanPipeline.Cli.Commands;

internal static class CompareCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("runs") { Description = "Two or more run folders, for example runs/*.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for compare.html and compare.csv.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        Option<bool> force = CommonOptions.Force();
        var command = new Command("compare",
            "Compare runs: their metrics, the options in which they differ, and their curves, as a table, compare.csv and a page.") { runs, output, force };
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(output)!;
            OutputFiles.CheckFolder(target);
            Directory.CreateDirectory(target);
            using OutputFiles claimed = OutputFiles.Claim(parsed.GetValue(force), [.. RunComparison.Files(target)]);
            RunTable? compared = null;
            claimed.Write(() => compared = RunComparison.Write(parsed.GetValue(runs)!, target));
            RunTable table = compared!;
            // A row a figure and a column a run: there are more figures than fit side by side.
            Screen.Table(["", .. table.Rows.Select(r => r[0])],
                table.Columns.Skip(1).Select((name, i) => (string[])[name, .. table.Rows.Select(r => r[i + 1])]));
            foreach (string caution in table.Cautions) Screen.Note($"warning: {caution}");
            Screen.Say($"wrote {Path.Combine(target, "compare.html")} and compare.csv");
            return 0;
        });
        return command;
    }
}

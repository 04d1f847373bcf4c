using System.CommandLine;
using GanPipeline.Cli.Printing;
using GanPipeline.Datasets;
using GanPipeline.Primitives;
using GanPipeline.Stages;

namespace GanPipeline.Cli.Commands;

internal static class DataCommand
{
    public static Command Create()
    {
        var command = new Command("data", "List the known data sets, check a folder against their digests, or fetch one.") { Check(), Fetch() };
        command.SetAction(_ => DataPrinter.PrintKnown());
        return command;
    }

    private static Command Check()
    {
        Argument<string> folder = Options.Argument("folder", "The folder that holds the files, packed (.gz) or unpacked.");
        Option<string?> set = Options.Text("--set", "NAME", "The data set that it should be; without it, the one that it agrees with most.");
        var command = new Command("check", "Compare the files of a folder with the SHA-256 digests of a known data set.") { folder, set };
        command.Does((parsed, context) =>
        {
            var options = new CheckOptions(parsed.GetValue(folder)!) { Name = parsed.GetValue(set) };
            CheckResult result = DataStage.Check(options, context);
            StagePrinter.Print(result);
            if (!result.IsRight)
                throw new UserErrorException($"{options.Folder}: it is not {result.Name} as it was published; " +
                    $"'gan data fetch {result.Name} --out DIR' gets it.");
        });
        return command;
    }

    private static Command Fetch()
    {
        Argument<string> name = Options.Argument("name", "The data set: one of those that 'gan data' lists.");
        name.CompletionSources.Add([.. KnownSets.All.Select(set => set.Name)]);
        Option<string> output = Options.Required("--out", "DIR", "Folder for its files; files that are there and right are not fetched again.");
        Option<string[]> mirror = Options.Several("--mirror", "URL",
            "Address of a folder that holds the files, to be tried before the known ones; may be given again.");
        Option<double> patience = Options.Default<double>("--patience", "S", 30, "Seconds that a mirror may stay silent before the next one is tried.");
        var command = new Command("fetch", "Fetch a data set from its mirrors. What has arrived is gone on with after an interruption; a file appears only " +
            "when its digest is right.") { name, output, mirror, patience };
        command.Does(async (parsed, context) => StagePrinter.Print(await DataStage.Fetch(new FetchOptions(parsed.GetValue(name)!, parsed.GetValue(output)!)
        {
            Mirrors = parsed.GetValue(mirror)!,
            Patience = Duration.OfSeconds(parsed.GetValue(patience)),
        }, context)));
        return command;
    }
}

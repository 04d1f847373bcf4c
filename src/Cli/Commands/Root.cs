using System.CommandLine;
using System.CommandLine.Help;

namespace GanPipeline.Cli.Commands;

/// <summary>All commands, and what they share: help with examples, the version.</summary>
internal static class Root
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Trains a generative adversarial network, exports its generator as one ONNX file, generates from it and up-samples " +
            "imbalanced classes with it.\n\n" + ExitCodes.Description)
        {
            RunCommand.Create(), TrainCommand.Create(), ExportCommand.Create(), GenerateCommand.Create(), InspectCommand.Create(), UpsampleCommand.Create(),
            EvaluateCommand.Create(), DescribeCommand.Create(), ImputeCommand.Create(),
            ReportCommand.Create(), CompareCommand.Create(),
            SweepCommand.Create(), PresetsCommand.Create(), DataCommand.Create(), AdviseCommand.Create(), BalanceCommand.Create(), AnonymizeCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Add(HelpCommand.Create(root));
        GlobalOptions.AddTo(root);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.SetAction(_ => HelpCommand.Show(root, []));
        return root;
    }
}

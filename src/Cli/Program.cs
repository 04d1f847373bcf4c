using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using GanPipeline.Cli.Commands;
using GanPipeline.Cli.Stages;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>The entry point: parses, runs one command, and turns what goes wrong into one line and an exit code.</summary>
internal static class Program
{
    private const int Failed = 1, InternalError = 70, SignalBase = 128;

    private static async Task<int> Main(string[] arguments)
    {
        ProcessSettings.Apply();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Trains a generative adversarial network, exports its generator as one ONNX file, generates from it and up-samples " +
            "imbalanced classes with it.")
        {
            RunCommand.Create(), TrainCommand.Create(), ExportCommand.Create(), GenerateCommand.Create(), InspectCommand.Create(), UpsampleCommand.Create(),
            EvaluateCommand.Create(), ImputeCommand.Create(),
            ReportCommand.Create(), CompareCommand.Create(),
            SweepCommand.Create(), DataCommand.Create(), AdviseCommand.Create(), AnonymizeCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            Screen.Note(
                $"gan: {string.Join(" ", parsed.Errors.Select(e => e.Message))} See 'gan {parsed.CommandResult.Command.Name} --help'.".Replace("gan gan",
                "gan", StringComparison.Ordinal));
            return Failed;
        }
        using var stop = new CancellationTokenSource();
        int signal = 0;
        void OnSignal(PosixSignalContext context, int number)
        {
            context.Cancel = true; // the command ends by itself, after it has written a checkpoint
            signal = number;
            stop.Cancel();
        }
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, 2));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, 15));
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                stop.Token);
        }
        catch (UserErrorException e) { return Report(e.Message, Failed); }
        catch (OperationCanceledException e) { return Report(e.Message, SignalBase + signal); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report(
            $"{e.Message} Check the path, its permissions and the space left.", Failed);
        }
        catch (Exception e)
        {
            foreach (string line in $"gan: internal error, please report it: {e}".Split('\n')) Screen.Note(line);
            return InternalError;
        }
    }

    private static int Report(string message, int exitCode)
    {
        Screen.Note($"gan: {message}");
        return exitCode;
    }
}

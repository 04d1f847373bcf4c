using System.CommandLine;
using System.Globalization;
using GanPipeline.Cli.Commands;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>The entry point: parses, runs one command, and turns what goes wrong into one line and an exit code.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        ProcessSettings.Apply();
        SetStages();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Trains a generative adversarial network, exports its generator as one ONNX file, generates from it and up-samples " +
            "imbalanced classes with it.\n\n" + ExitCodes.Description)
        {
            RunCommand.Create(), TrainCommand.Create(), ExportCommand.Create(), GenerateCommand.Create(), InspectCommand.Create(), UpsampleCommand.Create(),
            EvaluateCommand.Create(), ImputeCommand.Create(),
            ReportCommand.Create(), CompareCommand.Create(),
            SweepCommand.Create(), PresetsCommand.Create(), DataCommand.Create(), AdviseCommand.Create(), AnonymizeCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        if (UsageErrors.In(parsed) is { } wrong) return Report(wrong, ExitCodes.Usage);
        using IDisposable signals = Stopping.Listen();
        try
        {
            int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                Stopping.Token);
            return Stopping.Request is { } late ? Report("all was done when the request to stop took effect.", late.ExitCode) : code;
        }
        catch (UserErrorException e) { return Report(e.Message, ExitCodes.Of(e.Kind)); }
        catch (OperationCanceledException) when (Stopping.Request is { } request) { return Report(Stopping.Message, request.ExitCode); }
        catch (OutOfMemoryException)
        {
            return Report("the memory is not enough for this; take less data, a smaller batch or a larger machine.", ExitCodes.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report($"{e.Message.TrimEnd('.')}. Check the path, its permissions and the space left.", ExitCodes.Of(e));
        }
        catch (Exception e)
        {
            foreach (string line in $"gan: internal error, please report it: {e}".Split('\n')) Screen.Note(line);
            return ExitCodes.Internal;
        }
    }

    private static void SetStages()
    {
        Stages.Screen.Note = Screen.Note;
        Stages.Screen.Say = Screen.Say;
        Stages.Screen.Table = Screen.Table;
        Stages.Screen.OutputIsData = () => Screen.OutputIsData = true;
        Stages.Screen.Training = TrainingProgress.Show;
        Stages.Stopping.SetRemedy = remedy => Stopping.Remedy = remedy;
        Stages.Stopping.Hold = Stopping.Hold;
        Stages.Stopping.After = Stopping.After;
    }

    private static int Report(string message, int exitCode)
    {
        Screen.Note($"gan: {message}");
        return exitCode;
    }
}

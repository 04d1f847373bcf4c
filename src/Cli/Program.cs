using System.CommandLine;
using System.Globalization;
using GanPipeline.Cli.Commands;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>The entry point: parses, runs one command, and turns what goes wrong into one line and an exit code.</summary>
internal static class Program
{
    private const int Failed = 1, InternalError = 70, Interrupted = 130;

    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Trains a generative adversarial network, exports its generator as one ONNX file, generates from it and up-samples imbalanced classes with it.")
        {
            RunCommand.Create(), TrainCommand.Create(), ExportCommand.Create(), GenerateCommand.Create(), UpsampleCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"gan: {string.Join(" ", parsed.Errors.Select(e => e.Message))} See 'gan {parsed.CommandResult.Command.Name} --help'.".Replace("gan gan", "gan", StringComparison.Ordinal));
            return Failed;
        }
        try
        {
            // Long enough to finish a step and write a checkpoint after Ctrl-C or SIGTERM.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
        }
        catch (UserErrorException e) { return Report(e.Message, Failed); }
        catch (OperationCanceledException e) { return Report(e.Message, Interrupted); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Report($"{e.Message} Check the path, its permissions and the space left.", Failed); }
        catch (Exception e) { return Report($"internal error, please report it: {e}", InternalError); }
    }

    private static int Report(string message, int exitCode)
    {
        Console.Error.WriteLine($"gan: {message}");
        return exitCode;
    }
}

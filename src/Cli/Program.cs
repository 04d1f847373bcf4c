using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GanPipeline.Cli.Commands;
using GanPipeline.Primitives;
using Microsoft.Win32.SafeHandles;

namespace GanPipeline.Cli;

/// <summary>The entry point: parses, runs one command, and turns what goes wrong into one line and an exit code.</summary>
internal static class Program
{
    private static readonly string[] OutputOptions = ["--out", "--report", "--picture"];

    private static async Task<int> Main(string[] arguments)
    {
        ProcessSettings.Apply();
        StandardStreams.Use(Console.OpenStandardInput, StandardOutput);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ParseResult parsed = Root.Create().Parse(arguments);
        if (UsageErrors.In(parsed) is { } wrong) return Report(wrong, ExitCodes.Usage);
        Screen.OutputIsData = parsed.CommandResult.Children.OfType<OptionResult>().Where(o => OutputOptions.Contains(o.Option.Name))
            .SelectMany(o => o.Tokens).Any(t => AtomicFile.IsStandardOutput(t.Value));
        using IDisposable signals = Stopping.Listen();
        try
        {
            GlobalOptions.Apply(parsed);
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
            foreach (string line in $"gan: internal error, please report it: {e}".Split('\n')) Screen.Warn(line);
            return ExitCodes.Internal;
        }
    }

    private static int Report(string message, int exitCode)
    {
        Screen.Status("");
        Screen.Warn($"gan: {message}");
        return exitCode;
    }

    /// <summary>
    /// .NET's own stream says nothing when the reader has gone, and a program would go on writing for ever; one over the descriptor does, but writes a file
    /// that standard output was turned to from a place of its own.
    /// </summary>
    private static Stream StandardOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 1 << 16);
            if (!pipe.CanSeek) return pipe;
        }
        return new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
    }
}

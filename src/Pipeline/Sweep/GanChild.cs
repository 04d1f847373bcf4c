using System.Diagnostics;
using System.Runtime.InteropServices;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>The command line in another process, with what it says in a log file.</summary>
internal static partial class GanChild
{
    private const int Terminate = 15;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs a command to its end. When it is to stop, the process is asked to, as by Ctrl-C, and ends with a checkpoint; one that does not within two minutes
    /// is killed.
    /// </summary>
    /// <param name="program">The program, with its first arguments.</param>
    /// <param name="arguments">The command line, without the program.</param>
    /// <param name="log">The file that what it says is added to.</param>
    /// <param name="threads">The number of cores that it is told there are: as many threads it takes where a preset leaves that open.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The exit code, and the last line of standard error, which says what went wrong.</returns>
    public static async Task<(int ExitCode, string LastLine)> Run(IReadOnlyList<string> program, IReadOnlyList<string> arguments,
        string log, int threads, CancellationToken stop)
    {
        var info = new ProcessStartInfo(program[0], [.. program.Skip(1), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        info.Environment["DOTNET_PROCESSOR_COUNT"] = info.Environment["OMP_NUM_THREADS"] = FormattableString.Invariant($"{threads}");
        await using StreamWriter writer = Open(log);
        writer.WriteLine($"gan {string.Join(' ', arguments)}");
        string last = "";
        using var process = new Process { StartInfo = info };
        void Write(string? line)
        {
            if (line is null) return;
            lock (writer) writer.WriteLine(line);
        }
        process.OutputDataReceived += (_, e) => Write(e.Data);
        process.ErrorDataReceived += (_, e) =>
        {
            Write(e.Data);
            if (!string.IsNullOrWhiteSpace(e.Data)) last = e.Data;
        };
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try { await process.WaitForExitAsync(stop); }
        catch (OperationCanceledException) { await End(process); }
        return (process.ExitCode, last);
    }

    private static async Task End(Process process)
    {
        if (OperatingSystem.IsWindows()) process.Kill(); // there is no gentle way; what it wrote atomically stays
        else _ = Signal(process.Id, Terminate);
        using var patience = new CancellationTokenSource(Grace);
        try { await process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static StreamWriter Open(string log)
    {
        try { return new StreamWriter(log, append: true) { AutoFlush = true }; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{log}: cannot be written to ({e.Message.TrimEnd('.')}). Choose another --out.", e);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

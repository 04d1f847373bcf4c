using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GanPipeline.Cli.Tests;

/// <summary>Runs the command line as a user does: in a process of its own.</summary>
internal static partial class GanProcess
{
    /// <summary>Classifiers of the tests' data sets, beside the tests.</summary>
    private static readonly string ClassifierCache = Path.Combine(AppContext.BaseDirectory, "classifiers");

    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    /// <summary>Far longer than anything here takes, also on a machine that does ten other things: only what hangs is to fail by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>The one line on standard error that says what is wrong; notes about progress come before it.</summary>
        public string Message => Error.TrimEnd().Split('\n')[^1];

        /// <summary>Whether it ended as a user's mistake does: with 2 where the message is of an option, and else, for wrong input, with 3.</summary>
        public bool IsRefusal => ExitCode == (Message.StartsWith("gan: --", StringComparison.Ordinal) ? 2 : 3);
    }

    public static Result Run(params string[] arguments) => Finish(Start(arguments));

    /// <summary>As <see cref="Run(string[])"/>, with more environment variables.</summary>
    public static Result Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo info = Program(arguments);
        foreach ((string name, string value) in environment) info.Environment[name] = value;
        return Finish(Start(info));
    }

    /// <summary>As <see cref="Run(string[])"/>, with something on standard input.</summary>
    public static Result RunWithInput(string input, params string[] arguments)
    {
        Process process = Start(arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return Finish(process);
    }

    /// <summary>Runs a line of bash in which <c>gan</c> is the program.</summary>
    public static Result Bash(string line)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "gan.dll");
        Process process = Start(new ProcessStartInfo("bash", ["-c", $"gan() {{ dotnet '{program}' \"$@\"; }}; {line}"]));
        process.StandardInput.Close();
        return Finish(process);
    }

    public static Process Start(params string[] arguments) => Start(Program(arguments));

    /// <summary>
    /// The program, with Ctrl-C's signal in its default state: where these tests run in the background of a script it is ignored, and children inherit that.
    /// </summary>
    private static ProcessStartInfo Program(string[] arguments)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "gan.dll"), .. arguments];
        return OperatingSystem.IsLinux() ? new ProcessStartInfo("env", ["--default-signal=INT", .. program]) : new ProcessStartInfo(program[0], program[1..]);
    }

    /// <summary>
    /// Runs with a file system of its own mounted at <paramref name="folder"/>, which holds only some kilobytes. Afterwards standard output ends with the names
    /// in it.
    /// </summary>
    public static Result RunOnSmallDisk(string folder, int kilobytes, params string[] arguments) => Finish(Start(new ProcessStartInfo("unshare",
        ["-rm", "bash", "-c", $"mount -t tmpfs -o size={kilobytes}k tmpfs '{folder}' && dotnet \"$@\"; code=$?; find '{folder}' -type f; exit $code", "bash",
            Path.Combine(AppContext.BaseDirectory, "gan.dll"), .. arguments])));

    /// <summary>Whether this machine lets a process mount something for itself alone.</summary>
    public static bool CanMount()
    {
        try { return Finish(Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", Path.GetTempPath()]))).ExitCode == 0; }
        catch (System.ComponentModel.Win32Exception) { return false; }
    }

    public static Result Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"gan did not end within {Patience.TotalMinutes} minutes");
            }
            return new Result(process.ExitCode, output.Result, error.Result);
        }
    }

    public static void Signal(Process process, int signal) => Assert.True(TrySignal(process, signal), "the process has ended already");

    /// <summary>False where the process has ended by itself.</summary>
    public static bool TrySignal(Process process, int signal) => SendSignal(process.Id, signal) == 0;

    private static Process Start(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError, info.RedirectStandardInput) = (true, true, true);
        info.Environment["OMP_NUM_THREADS"] = "1";
        info.Environment["GAN_CACHE"] = ClassifierCache;
        return Process.Start(info)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

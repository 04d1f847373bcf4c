using System.Diagnostics;

namespace GanPipeline.Packages.Tests;

/// <summary>Runs lines of bash as somebody would type them, with an environment of their own.</summary>
internal static class Shell
{
    /// <summary>Far longer than anything here takes, also on a machine that does ten other things: only what hangs is to fail by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Runs lines in a folder until one fails, and returns what they print; the test fails with it where the exit code is not 0.</summary>
    public static string Run(string folder, string lines, IReadOnlyCollection<KeyValuePair<string, string>> environment)
    {
        // Into a file: a server of the build that outlives its command would hold a pipe open.
        string log = Path.GetTempFileName();
        try
        {
            var info = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"exec > '{log}' 2>&1 < /dev/null\n{lines}"]) { WorkingDirectory = folder };
            foreach (string name in info.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
                info.Environment.Remove(name); // of a build that these tests may be part of
            info.Environment["OMP_NUM_THREADS"] = "1";
            foreach ((string name, string value) in environment) info.Environment[name] = value;
            using Process process = Process.Start(info)!;
            bool ended = process.WaitForExit(Patience);
            if (!ended) process.Kill(entireProcessTree: true);
            string output = File.ReadAllText(log);
            if (!ended || process.ExitCode != 0)
                Assert.Fail($"{(ended ? $"exit code {process.ExitCode}" : $"no end within {Patience}")} of, in {folder}:\n{lines}\n{output}");
            return output;
        }
        finally { File.Delete(log); }
    }
}

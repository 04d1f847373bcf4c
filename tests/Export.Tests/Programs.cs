using System.Diagnostics;

namespace GanPipeline.Export.Tests;

/// <summary>Programs that other people wrote.</summary>
internal static class Programs
{
    private static readonly Lazy<string?> Python = new(() =>
        new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Run(p, "-c", "import onnx").ExitCode == 0));

    /// <summary>A Python that has the onnx package (Debian: python3-onnx), or null.</summary>
    public static string? PythonWithOnnx => Python.Value;

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}

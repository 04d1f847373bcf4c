using System.Diagnostics;
using System.Globalization;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>The program ModelUser, which has ML.NET beside it and nothing of this project.</summary>
internal static class ModelUser
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "ModelUser", new DirectoryInfo(AppContext.BaseDirectory).Name);

    /// <summary>A column of the rows that a saved model makes of some rows, a line each.</summary>
    internal static string[] Run(MLContext ml, ITransformer model, IReadOnlyList<(float X, float Y, string Label)> rows, string column)
    {
        Assert.Empty(Directory.GetFiles(_folder, "*GanPipeline*"));
        using var folder = new TemporaryFolder();
        ml.Model.Save(model, null, folder["model.zip"]);
        File.WriteAllLines(folder["rows.csv"], rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.X:R},{r.Y:R},{r.Label}")));
        using Process process =
            Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(_folder, "ModelUser.dll"), folder["model.zip"], folder["rows.csv"], column])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.TrimEnd('\n').Split('\n');
    }
}

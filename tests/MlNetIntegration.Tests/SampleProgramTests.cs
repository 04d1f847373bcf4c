using System.Diagnostics;
using System.Globalization;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class SampleProgramTests
{
    private static (int ExitCode, string Output, string Error) Run(params string[] arguments) => RunSample("MlNetUpsampling", arguments);

    private static (int ExitCode, string Output, string Error) RunSample(string name, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    [Fact]
    public void It_reports_five_methods_side_by_side_and_repeats_itself()
    {
        using var folder = new TemporaryFolder();
        string table = folder["table.csv"];
        IEnumerable<string> rows = Blobs.Rows(400, 0, 40, seed: 5).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.X},{r.Y},{r.Label}"));
        File.WriteAllLines(table, rows.Prepend("x,y,class"));
        (int exitCode, string output, string error) = Run(table, "rare", "40");
        Assert.True(exitCode == 0, error);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal(["as they are", "a tuned threshold", "random over-sampling", "SMOTE", "a GAN that Fit trains"], lines[1..].Select(l => l[..34].Trim()));
        double[][] figures = [.. lines[1..].Select(l => l[34..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(fields => Array.ConvertAll(fields, f => double.Parse(f, CultureInfo.InvariantCulture)))];
        Assert.All(figures, f =>
        {
            Assert.All(f[..3], share => Assert.InRange(share, 0.05, 1));
            Assert.Equal(40, f[3] + f[4]); // the rare rows, found and missed, are all real ones
            Assert.Equal(400, f[5] + f[6]);
        });
        Assert.InRange(figures[2][1], figures[0][1] + 0.1, 1);
        Assert.InRange(figures[3][1], figures[0][1] + 0.1, 1);
        Assert.Equal(lines[..5], Run(table, "rare", "1").Output.Split('\n')[..5]);
    }

    [Fact]
    public void It_says_how_to_call_it()
    {
        Assert.Equal((1, "", "usage: MlNetUpsampling TABLE.csv RARE-CLASS [GAN-STEPS]\n"), Run());
        Assert.Equal(1, Run("none.csv", "rare").ExitCode);
    }

    /// <summary>An assembly that is no friend of the library adds a resampler, which makes columns and vectors alike.</summary>
    [Fact]
    public void A_resampler_from_outside_makes_columns_and_vectors_and_repeats_itself()
    {
        string table = Repository.In("samples", "data", "staff.csv");
        (int exitCode, string output, string error) = RunSample("CustomResampler", table);
        Assert.True(exitCode == 0, error);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(output, @"up-sampling with ROSE, seed \d+: \d+ rows added"));
        double[] recall = [.. System.Text.RegularExpressions.Regex.Matches(output, @"recall ([\d.]+)").Select(m =>
            double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(3, recall.Length);
        Assert.InRange(recall[1], recall[0] + 0.2, 1);
        Assert.InRange(recall[2], recall[0] + 0.2, 1);
        Assert.Equal(output, RunSample("CustomResampler", table).Output);
        Assert.Equal(1, RunSample("CustomResampler").ExitCode);
    }
}

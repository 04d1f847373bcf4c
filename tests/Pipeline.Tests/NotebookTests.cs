using System.Diagnostics;

namespace GanPipeline.Pipeline.Tests;

/// <summary>The cells for a notebook, as the program that they are, too.</summary>
public sealed class NotebookTests
{
    [Fact]
    public void Its_cells_show_the_classes_the_figures_every_chart_and_rows_of_the_rare_class()
    {
        using var space = new TemporaryFolder();
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Notebook", new DirectoryInfo(AppContext.BaseDirectory).Name, "Notebook.dll");
        var start = new ProcessStartInfo("dotnet", [program, Repository.In("samples", "data", "payments.csv"), "class", space["run"], "20"])
        {
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        string page = File.ReadAllText(Path.Combine(space["run-page"], "index.html"));
        Assert.StartsWith("<p>2500 rows; classes: genuine 2398, fraud 102</p>", page, StringComparison.Ordinal);
        Assert.Contains("<td>classifier-macro-f1</td>", page, StringComparison.Ordinal);
        Assert.Equal(Directory.GetFiles(Path.Combine(space["run"], "pictures"), "*.svg").Length, page.Split("</svg>").Length - 1);
        string[] lines = page[page.IndexOf("<pre>", StringComparison.Ordinal)..].Split('\n');
        Assert.All(lines[1..6], line => Assert.EndsWith("fraud", line.Replace("</pre>", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }
}

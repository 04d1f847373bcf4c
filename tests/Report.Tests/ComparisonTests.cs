using System.Text.RegularExpressions;

namespace GanPipeline.Report.Tests;

public sealed class ComparisonTests
{
    [Fact]
    public void MetricsDifferencesAndCurvesOfSeveralRuns()
    {
        using SampleRun first = new("first"), second = new("second", epochs: 20);
        second.Write("quality.csv", "metric,value\nrecall,0.9\nonly-here,1.5\n");
        using var folder = new TemporaryFolder();
        RunTable table = RunComparison.Write([first.Folder, second.Folder], folder.Name);
        Assert.Equal(["run", "steps", "samples per second", "Fréchet distance", "Recall", "Kernel distance", "Recall, real", "Recall, noise",
            "Classifier macro f1, as it is", "Classifier macro f1, random over-sampling", "Classifier macro f1, SMOTE", "Classifier macro f1, generator",
            "Classifier gain", "Only here"], table.Columns);
        Assert.Equal(["second", "200", "400", "", "0.9", "", "", "", "", "", "", "", "", "1.5"], table.Rows[1]);
        string[] csv = File.ReadAllLines(folder["compare.csv"]);
        Assert.Equal("first,300,410,12.345678,0.81234,,0.97,0.01,0.71,0.75,0.76,0.8,0.04,,30", csv[1]); // the last is the seed: the one option that differs
        string html = File.ReadAllText(folder["compare.html"]);
        Assert.Equal(9 + 1, Regex.Count(html, "<svg")); // a chart a column
        HashSet<string> known = [.. csv.Skip(1).SelectMany(line => line.Split(','))];
        Assert.All(Regex.Matches(html, "<data value=\"([^\"]+)\"").Select(m => m.Groups[1].Value), value => Assert.Contains(value, known));
    }

    /// <summary>Options come before metrics; the best is marked by the metric's own direction, and nothing is where all are equal or none is better.</summary>
    [Fact]
    public void TheBestValueOfEachMetricIsMarkedAndTheRunsAreRanked()
    {
        const string Header = "metric,data,class,value,low,high,better,sample\n";
        using SampleRun first = new("first"), second = new("second");
        first.Write("quality.csv", Header + "frechet-distance,,,12.5,,,lower,x\nrecall,,,0.81,,,higher,x\nprecision,,,0.9,,,higher,x\nother,,,3,,,,x\n");
        second.Write("quality.csv", Header + "frechet-distance,,,11.5,,,lower,x\nrecall,,,0.8,,,higher,x\nprecision,,,0.9,,,higher,x\nother,,,4,,,,x\n");
        using var folder = new TemporaryFolder();
        RunTable table = RunComparison.Write([first.Folder, second.Folder], folder.Name);
        Assert.Equal("By Fréchet distance (lower is better): second 11.5, first 12.5.", table.Ranking);
        string html = File.ReadAllText(folder["compare.html"]);
        Assert.Equal(["11.5", "0.81"], Regex.Matches(html, "<data value=\"([^\"]+)\">[^<]*</data> <strong").Select(m => m.Groups[1].Value));
        Assert.InRange(html.IndexOf("id=\"options\"", StringComparison.Ordinal), 0, html.IndexOf("id=\"metrics\"", StringComparison.Ordinal));
    }

    [Fact]
    public void RunsOnOtherDataAreSaidToBeAndNeitherRankedNorMarked()
    {
        using SampleRun first = new("first"), second = new("second");
        first.Write("run.csv", "section,name,value\ndata,name,yeast.csv\ndata,SHA-256,aa\n");
        second.Write("run.csv", "section,name,value\ndata,name,german-credit.csv\ndata,SHA-256,bb\n");
        using var folder = new TemporaryFolder();
        RunTable table = RunComparison.Write([first.Folder, second.Folder], folder.Name);
        Assert.Equal("second was trained on german-credit.csv, first on yeast.csv. Their figures are of different tasks.", Assert.Single(table.Cautions));
        Assert.Null(table.Ranking);
        string html = File.ReadAllText(folder["compare.html"]);
        Assert.DoesNotContain("<strong", html, StringComparison.Ordinal);
        Assert.Contains("german-credit.csv, first on yeast.csv", html, StringComparison.Ordinal);
    }

    [Fact]
    public void RunsOfOneNameAreToldApartByTheirPaths()
    {
        using SampleRun first = new(), second = new();
        using var folder = new TemporaryFolder();
        RunTable table = RunComparison.Write([first.Folder, second.Folder], folder.Name);
        Assert.Equal([first.Folder, second.Folder], table.Rows.Select(r => r[0]));
    }

    [Fact]
    public void RunsWhoseDataHaveOtherClassesAreSaidToBe()
    {
        using SampleRun first = new("first"), second = new("second"), third = new("third");
        second.Write("classes.csv", "class,before,after\nc,1,\na,2,\n");
        third.Write("classes.csv", "class,before,after\n\"" + SampleRun.Nasty.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",40,120\na,120,120\n");
        using var folder = new TemporaryFolder();
        RunTable table = RunComparison.Write([first.Folder, second.Folder, third.Folder], folder.Name);
        string caution = Assert.Single(table.Cautions); // the third has the same in another order
        Assert.StartsWith("The classes of second's data are not those of first's: they lack '", caution);
        Assert.EndsWith("and add 'c'. Their figures are of different tasks.", caution);
        Assert.Contains("The classes of second", File.ReadAllText(folder["compare.html"]));
    }
}

using GanPipeline.Primitives;

namespace GanPipeline.Report.Tests;

/// <summary>A folder that holds no run, or a damaged one, gets one sentence that says what is wrong, where, and what to do.</summary>
public sealed class HostileFolderTests
{
    [Fact]
    public void NoRun()
    {
        using var folder = new TemporaryFolder();
        Refused(folder.Name, "it holds no run (options.yaml is not there)");
        Refused(folder["missing"], "no such folder");
        Refused(folder.Make("file", []), "no such folder");
    }

    [Theory]
    [InlineData("options.yaml", "a: [", "options.yaml line 1: not readable as YAML")]
    [InlineData("options.yaml", "- a\n- b\n", "options.yaml line 1: these are no options of a run")]
    [InlineData("options.yaml", "a: &x [1]\nb: *x\n", "options.yaml line 1: not readable as YAML ('&' and '*' are not read here")]
    [InlineData("metrics.csv", "epoch,step,d_loss\n1,2\n", "metrics.csv line 2: 2 fields, but the header has 3")]
    [InlineData("metrics.csv", "epoch,step,d_loss\n1,2,<script>\n", "metrics.csv, row 1, column 'd_loss': '<script>' is no number")]
    [InlineData("quality.csv", "a,b\n1,2\n", "quality.csv: no column 'metric'; it has a, b")]
    [InlineData("quality.csv", "metric,value\nrecall,high\n", "column 'value': 'high' is no number")]
    [InlineData("classes.csv", "class,before,after\na,1,2,3\n", "classes.csv line 2: 4 fields")]
    [InlineData("samples/epoch-0010.png", "GIF89a", "epoch-0010.png: is no PNG picture")]
    [InlineData("pictures/neighbours.png", "", "neighbours.png: is no PNG picture")]
    public void ADamagedFileIsNamed(string file, string content, string expected)
    {
        using var run = new SampleRun();
        run.Write(file, content);
        Refused(run.Folder, expected);
        Assert.False(File.Exists(run.In("report.html")));
    }

    [Fact]
    public void DeepAndWideOptionsEndWithASentence()
    {
        using var run = new SampleRun();
        run.Write("options.yaml", new string('[', 100_000));
        Refused(run.Folder, "options.yaml");
        run.Write("options.yaml", "a: " + string.Concat(Enumerable.Repeat("{a: ", 1000)));
        Refused(run.Folder, "options.yaml");
        run.Write("options.yaml", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}: 1\n")));
        Refused(run.Folder, "options.yaml");
        run.Write("options.yaml", new string('#', 2 << 20));
        Refused(run.Folder, "2097152 characters are too many for YAML here");
        string key = new('k', 1000);
        run.Write("options.yaml", string.Concat(Enumerable.Range(0, 20).Select(i => new string(' ', i) + key + ":\n")) + new string(' ', 20) + "[a, [b]]\n");
        Refused(run.Folder, "these are no options of a run");
    }

    [Fact]
    public void APictureListCannotLeaveTheFolder()
    {
        using var run = new SampleRun();
        File.WriteAllText(run.In("../secret.png"), "not for the page");
        run.Write("pictures/classes.csv", "file,class\n../../secret.png,a\n/etc/passwd,b\n");
        Assert.DoesNotContain("Class a<", File.ReadAllText(RunReport.Write(run.Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesThatAreNotFiniteAreShownAsWhatTheyAre()
    {
        using var run = new SampleRun();
        run.Write("metrics.csv", "epoch,step,d_loss,g_loss\n1,5,NaN,Infinity\n1,10,NaN,1e308\n2,20,NaN,-1e308\n");
        run.Write("quality.csv", "metric,value\nrecall,NaN\n");
        run.Write("cost.csv", "stage,seconds\ntraining,NaN\n");
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        Assert.Contains(">not a number</data>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Recall</th><td class=\"none \" data-label=\"Generated\">\u2013</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN,", html[html.IndexOf("<svg", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsWrittenThroughALinkOutOfTheFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right on Windows");
        foreach (string name in (string[])["report.html", "report.json", "README.txt", "pictures", "pictures/steps.svg"])
        {
            using var run = new SampleRun();
            using var elsewhere = new TemporaryFolder();
            elsewhere.Make("precious", "mine"u8.ToArray());
            Directory.CreateDirectory(Path.GetDirectoryName(run.In(name))!);
            if (name == "pictures" && Directory.Exists(run.In(name))) Directory.Delete(run.In(name), recursive: true);
            File.CreateSymbolicLink(run.In(name), name == "pictures" ? elsewhere.Name : elsewhere["precious"]);
            Refused(run.Folder, "it is a link");
            Assert.Equal("mine", File.ReadAllText(elsewhere["precious"]));
            Assert.Single(Directory.GetFileSystemEntries(elsewhere.Name));
        }
    }

    [Fact]
    public void ComparingTakesTwoRuns()
    {
        using var run = new SampleRun();
        Assert.Contains("name 2 to 50 to compare", Assert.Throws<UserErrorException>(() => RunComparison.Write([run.Folder], run.Folder)).Message,
            StringComparison.Ordinal);
        Assert.Contains("it holds no run", Assert.Throws<UserErrorException>(() => RunComparison.Write([run.Folder, run.In("samples")], run.Folder)).Message,
            StringComparison.Ordinal);
    }

    private static void Refused(string folder, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => RunReport.Write(folder)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}

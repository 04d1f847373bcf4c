using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GanPipeline.Report.Runs;
using GanPipeline.Report.Verdicts;

namespace GanPipeline.Report.Tests;

/// <summary>What is concluded from the numbers of a run folder, by the rules of docs/report.md.</summary>
public sealed class FindingsTests
{
    [Theory]
    [InlineData("0.04,0.02,0.06", "over 'SMOTE'", "good", "Use the generator: it helped", "generator")]
    [InlineData("0.04,-0.01,0.06", "over 'SMOTE'", "mixed", "Use 'SMOTE', which costs nothing: the generator is ahead", "SMOTE")]
    [InlineData("-0.04,-0.06,0.01", "over 'SMOTE'", "mixed", "Use 'SMOTE', which costs nothing: the generator did not help", "SMOTE")]
    [InlineData("-0.04,-0.06,-0.01", "over 'SMOTE'", "bad", "Use 'SMOTE', which costs nothing: the generator did not help", "SMOTE")]
    [InlineData("0.04,,", "over 'SMOTE'; too few rows to tell (4 of class 'b')", "unknown",
        "Use 'SMOTE', which costs nothing: too few rows to tell (4 of class 'b') whether the generator helps", "SMOTE")]
    public void TheIntervalOfTheGainDecidesWhatToUse(string gain, string sample, string status, string headline, string chosen)
    {
        Findings found = Found(SampleRun.Methods.Replace(SampleRun.Gain, $"classifier-gain,,,{gain},higher,{sample}", StringComparison.Ordinal));
        Assert.Equal(status, StatusOf(found, "useful"));
        Assert.StartsWith(headline, found.Headline, StringComparison.Ordinal);
        Assert.Equal(chosen, Assert.Single(found.Methods!.Methods, m => m.Chosen).Method);
    }

    [Theory]
    [InlineData("train-on-synthetic,,,0.7,0.65,0.75,,\ntrain-on-synthetic,real,,0.72,0.7,0.74,,", "good")]
    [InlineData("train-on-synthetic,,,0.68,0.66,0.7,,\ntrain-on-synthetic,real,,0.72,0.7,0.74,,", "mixed")]
    [InlineData("train-on-synthetic,,,0.5,0.45,0.55,,\ntrain-on-synthetic,real,,0.72,0.7,0.74,,", "bad")]
    [InlineData("train-on-synthetic,,,0.5,,,,\ntrain-on-synthetic,real,,0.72,,,,", "unknown")]
    [InlineData("classification-accuracy-score,,,0.9,0.88,0.92,,\nclassifier-accuracy,real,,0.91,0.9,0.92,,", "good")]
    [InlineData("recall,,,0.9,0.88,0.92,,", "unknown")]
    public void WithoutMethodsAClassifierOfGeneratedSamplesDecides(string rows, string status) => Assert.Equal(status, StatusOf(Found(rows), "useful"));

    [Theory]
    [InlineData("0.52,0.48,0.56", "good")]
    [InlineData("0.59,0.56,0.62", "mixed")]
    [InlineData("0.93,0.91,0.95", "bad")]
    [InlineData("0.55,0.4,0.7", "unknown")]
    [InlineData("0.55,,", "unknown")]
    public void WhoTellsGeneratedFromRealDecidesWhetherTheyAreRealistic(string test, string status)
    {
        Assert.Equal(status, StatusOf(Found($"table-two-sample-test,,,{test},lower,rows"), "realistic"));
        Assert.Equal(status, StatusOf(Found($"two-sample-test,,,{test},lower,rows"), "realistic"));
    }

    [Fact]
    public void RowsThatAreNotOfTheirClassAreNotRealistic()
    {
        const string Test = "table-two-sample-test,,,0.52,0.48,0.56,lower,rows\nadded-row-class-accuracy,generator,,0.3,0.28,0.32,,\n";
        Assert.Equal("mixed", StatusOf(Found(Test + "added-row-class-accuracy,training,,0.5,0.4,0.6,,"), "realistic"));
        Assert.Equal("good", StatusOf(Found(Test + "added-row-class-accuracy,training,,0.35,0.3,0.4,,"), "realistic"));
    }

    [Theory]
    [InlineData("membership-inference,,,0.51,0.48,0.54,lower,", "0", "good")]
    [InlineData("membership-inference,,,0.51,0.48,0.54,lower,", "12", "bad")]
    [InlineData("membership-inference,,,0.53,0.51,0.55,lower,", "0", "mixed")]
    [InlineData("membership-inference,,,0.65,0.61,0.69,lower,", "0", "bad")]
    [InlineData("membership-inference,,,0.65,,,lower,", "0", "unknown")]
    [InlineData("closer-to-training,,,0.53,0.51,0.55,lower,", "", "mixed")]
    [InlineData("memorised-share,,,0.02,0.015,0.025,lower,", "", "mixed")]
    [InlineData("memorised-share,,,0.2,0.15,0.25,lower,", "", "bad")]
    [InlineData("exact-copies,,,0.2,0.15,0.25,lower,\nexact-copies,held out,,0.1,0.05,0.14,lower,", "", "bad")]
    [InlineData("closer-to-training,,,0.5,0.48,0.52,lower,\nexact-copies,,,0.2,0.15,0.25,lower,\nexact-copies,held out,,0.15,0.1,0.2,lower,", "", "good")]
    [InlineData("recall,,,0.9,0.88,0.92,,", "", "unknown")]
    public void WhatGivesTrainingRowsAwayDecidesWhetherTheyArePrivate(string rows, string stored, string status) =>
        Assert.Equal(status, StatusOf(Found(rows, stored), "private"));

    [Fact]
    public void WhatRealRowsHaveStandsBesideWhatGeneratedOnesHave()
    {
        Assert.Contains("(68 % to 74 %; real from other real ones 52 %)", Found("table-two-sample-test,,,0.71,0.68,0.74,lower,rows\n" +
            "table-two-sample-test,real,,0.52,,,lower,rows").Badges[1].Sentence, StringComparison.Ordinal);
        using SampleRun run = SampleRun.Table("table");
        run.Write("quality.csv", File.ReadAllText(run.In("quality.csv")) + "correlation-difference,real,,0.0125,,,lower,\n" +
            "kolmogorov-smirnov,real,age,0.0375,,,lower,\n" +
            "valid-values,,,0.75,,,higher,\nvalid-values,,age,1,,,higher,\nvalid-values,,workclass,0.5,,,higher,\n");
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        Assert.Matches("<th [^>]*>Correlation difference</th><td [^>]*data-label=\"Generated\"><data value=\"0.042\">.*?" +
            "<td [^>]*data-label=\"Real\"><data value=\"0.0125\">", html);
        Assert.Matches("<th [^>]*>age</th><td [^>]*data-label=\"Generated\"><data value=\"0.01\">.*?" +
            "<td [^>]*data-label=\"Real\"><data value=\"0.0375\">", html);
        string checks = html[html.IndexOf("Checks that every row should pass", StringComparison.Ordinal)..];
        Assert.Equal(["all columns", "workclass"], Regex.Matches(checks[..checks.IndexOf("</table>", StringComparison.Ordinal)], "<th scope=\"row\">(.*?)</th>")
            .Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void GoodNewsIsNoWarning()
    {
        const string Copies = "added-row-near-copies,SMOTE,,0.1,0.09,0.11,,\nadded-row-near-copies,held out,,0.01,0,0.02,,\n";
        Assert.False(Assert.Single(Found(Copies + "added-row-near-copies,generator,,0,0,0,,").Remarks).Warning);
        Assert.True(Assert.Single(Found(Copies + "added-row-near-copies,generator,,0.3,0.2,0.4,,").Remarks).Warning);
    }

    [Fact]
    public void ColumnsStandWithTheFurthestOffFirst() => Assert.Equal(["b", "c", "a"], Found("kolmogorov-smirnov,,a,0.1,,,lower,\n" +
        "kolmogorov-smirnov,,b,0.3,,,lower,\ntotal-variation,,c,0.2,,,lower,\nwasserstein,,d,9,,,lower,").Columns.Select(c => c.Column));

    [Fact]
    public void ThePageSaysWhatReportJsonSays()
    {
        using SampleRun run = new("first"), table = SampleRun.Table("table");
        foreach (SampleRun each in new[] { run, table })
        {
            string html = File.ReadAllText(RunReport.Write(each.Folder));
            JsonNode json = JsonNode.Parse(File.ReadAllText(each.In("report.json")))!;
            string[] sentences =
            [
                Text(json["headline"]), .. json["badges"]!.AsArray().Select(b => Text(b!["sentence"])),
                .. json["remarks"]!.AsArray().Select(r => Text(r!["text"])),
            ];
            Assert.True(sentences.Length >= 5);
            string[] verdicts = [.. Regex.Matches(html, "<p class=\"(?:headline|sentence|note remark|note warning remark)\">(.*?)</p>")
                .Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];
            Assert.Equal(sentences, verdicts);
            Assert.Equal(json["badges"]!.AsArray().Select(b => Text(b!["status"])),
                Regex.Matches(html, "<li class=\"badge ([a-z]+)\"").Select(m => m.Groups[1].Value));
        }

        static string Text(JsonNode? node) => node!.GetValue<string>();
    }

    [Fact]
    public void TheFolderSaysWhatItsFilesAre()
    {
        using SampleRun run = SampleRun.Table("table");
        run.Write("notes of mine.txt", "keep");
        RunReport.Write(run.Folder);
        string[] lines = File.ReadAllLines(run.In("README.txt"));
        string?[] there = [.. Directory.GetFileSystemEntries(run.Folder).Select(Path.GetFileName)];
        Assert.Equal(there.Except(["notes of mine.txt", "README.txt"]).Order(StringComparer.Ordinal),
            lines.Skip(2).Select(l => l.Split("  ")[0]).Order(StringComparer.Ordinal));
        Assert.All(lines, l => Assert.True(l.Length is 0 or > 30, l));
    }

    [Fact]
    public void ReportJsonHasTheNamesThatItsDescriptionHas()
    {
        using SampleRun run = SampleRun.Table("table");
        RunReport.Write(run.Folder);
        string described = File.ReadAllText(Repository.In("docs", "report.md"));
        string names = described[described.IndexOf("## report.json", StringComparison.Ordinal)..];
        Assert.Equal(JsonNode.Parse(File.ReadAllText(run.In("report.json")))!.AsObject().Select(p => p.Key).Order(),
            Regex.Matches(names, "(?m)^\\| (`.*?`) \\|").SelectMany(m =>
                Regex.Matches(m.Groups[1].Value, "`([a-z_]+)`").Select(n => n.Groups[1].Value)).Order());
    }

    private static string StatusOf(Findings found, string badge) => found.Badges.Single(b => b.Key == badge).Status.ToString().ToLowerInvariant();

    private static Findings Found(string quality, string stored = "")
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["options.yaml"], "system: small\n");
        File.WriteAllText(folder["quality.csv"], "metric,data,class,value,low,high,better,sample\n" + quality + "\n");
        File.WriteAllText(folder["run.csv"], "section,name,value\n" + (stored.Length == 0 ? "" : $"generator,training rows in the file,{stored}\n"));
        return Findings.Of(RunData.Read(folder.Name));
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsvHelper;
using CsvHelper.Configuration;

namespace GanPipeline.Report.Tests;

/// <summary>What the page says, read as text.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void EveryNumberOnThePageIsInReportJsonAndShownRounded()
    {
        using SampleRun run = new("first"), table = SampleRun.Table("table");
        foreach (SampleRun each in new[] { run, table })
        {
            string html = File.ReadAllText(RunReport.Write(each.Folder));
            HashSet<double> known = [.. Numbers(JsonNode.Parse(File.ReadAllText(each.In("report.json"))))];
            Match[] numbers = [.. Number().Matches(html).Cast<Match>()];
            var intervals = new Dictionary<double, double>(); // their ends are written as exactly as their width is worth
            foreach (Match ends in Regex.Matches(html, "\"interval\"><data value=\"([^\"]+)\">[^<]+</data> to <data value=\"([^\"]+)\">"))
            {
                (double low, double high) = (double.Parse(ends.Groups[1].Value, CultureInfo.InvariantCulture),
                    double.Parse(ends.Groups[2].Value, CultureInfo.InvariantCulture));
                (intervals[low], intervals[high]) = (high - low, high - low);
            }
            Assert.True(numbers.Length > 40, $"only {numbers.Length} numbers on the page");
            foreach (Match number in numbers)
            {
                double value = double.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
                Assert.Contains(value, known);
                string text = number.Groups[2].Value.Replace(",", "", StringComparison.Ordinal);
                double shown = double.Parse(text.Replace(" %", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / (text.EndsWith('%') ? 100 : 1);
                double exact = intervals.TryGetValue(value, out double width) ? 0.05 * width : Math.Abs(value) * 5e-3;
                Assert.InRange(shown, value - exact, value + exact);
            }
            foreach (string file in new[] { "quality.csv", "classes.csv", "cost.csv", "pictures/neighbours.csv" }.Where(f => File.Exists(each.In(f))))
                Assert.All(Fields(each.In(file)).Where(f => double.TryParse(f, CultureInfo.InvariantCulture, out _)), f =>
                    Assert.Contains(double.Parse(f, CultureInfo.InvariantCulture), known));
        }
    }

    [Fact]
    public void NumbersInSentencesAndTablesAreMarkedAsNumbers()
    {
        using var run = new SampleRun();
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        string cells = string.Concat(Regex.Matches(html, "<(td|dd)[^>]*>(.*?)</\\1>").Select(m => m.Groups[2].Value + "\n"));
        Assert.DoesNotMatch(@"(?m)^-?[0-9.]{1,24}$", cells); // a bare number would have escaped the test above
    }

    [Fact]
    public void NamesFromFilesAreTextWhateverTheyHold()
    {
        using var run = new SampleRun();
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        Assert.DoesNotContain("onclick=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b", Regex.Replace(html, "<(body|button)", ""), StringComparison.Ordinal);
        Assert.Contains("&lt;b onclick=&quot;alert(1)&quot;&gt;&amp;&#39;&lt;/b&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ItNeedsNothingFromOutside()
    {
        using var run = new SampleRun();
        string html = File.ReadAllText(RunReport.Write(run.Folder)).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?:|//[a-z]|@import|url\\(", Regex.Replace(html, "base64,[A-Za-z0-9+/=]*", ""));
    }

    [Fact]
    public void ItHasTheSectionsOfAWholeRun()
    {
        using var run = new SampleRun();
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        Assert.Equal(["Useful?", "Realistic?", "Private?", "Samples", "Quality", "By class", "Data and class balance", "Training", "Nearest neighbours", "Cost",
            "Configuration", "Environment", "How to reproduce"],
            Headings(html));
        Assert.Contains("<p class=\"note warning remark\">The discriminator wins: its accuracy is above 99 % since step 200.</p>", html,
            StringComparison.Ordinal);
        Assert.All(Regex.Matches(html, "<img [^>]*>").Select(m => m.Value), img => Assert.Matches("alt=\"[^\"]+\"", img));
        string[] charts = ["by-class-class-accuracy", "class-balance", "gradients", "loss", "memory", "methods", "quality", "scores", "speed"];
        Assert.Equal(charts, Directory.GetFiles(run.In("pictures"), "*.svg").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        foreach (string chart in charts)
        {
            XElement svg = XElement.Load(run.In($"pictures/{chart}.svg"));
            Assert.NotEqual("", svg.Elements().First(e => e.Name.LocalName == "desc").Value);
        }
    }

    [Fact]
    public void ATablesPageShowsItsColumnsItsRowsAndWhereItsMetricsAreDefined()
    {
        using SampleRun run = SampleRun.Table("table");
        string html = File.ReadAllText(RunReport.Write(run.Folder));
        Assert.Equal(["Useful?", "Realistic?", "Private?", "Columns, the furthest off first", "Samples", "Quality", "By class", "Data and class balance",
            "Training", "Cost", "Configuration", "Environment", "How to reproduce",
            "Where the metrics are defined"], Headings(html));
        Assert.Contains("final weight (% of the rows in each range; missing: 3.23 % of the real, 3.23 % of the generated rows)", html,
            StringComparison.Ordinal);
        Assert.Contains("The United States of America: 89 % real, 78 % generated", html, StringComparison.Ordinal);
        Assert.Contains(">Distance of a column</th>", html, StringComparison.Ordinal);
        Assert.Contains("Somebody else 1979", html, StringComparison.Ordinal);
        Assert.Contains("<data value=\"12285.5\">12,286</data>", html, StringComparison.Ordinal);
        Assert.Contains("column-000-final-weight.svg", Directory.GetFiles(run.In("pictures")).Select(Path.GetFileName));
    }

    [Fact]
    public void ARunThatHasJustBegunHasAPage()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["options.yaml"], "system: young\nseed: 1\n");
        File.WriteAllText(folder["metrics.csv"], "epoch,step,d_loss\n1,5,0.5\n1,10,0."); // the last line is being written
        string html = File.ReadAllText(RunReport.Write(folder.Name));
        Assert.Contains("<h1>young</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<dt>Steps</dt><dd><data value=\"5\">5</data>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void APageOfThreeHundredColumnsIsSmall()
    {
        using SampleRun run = SampleRun.Table("wide");
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"a column of a long name {i:D3}")];
        run.Write("columns.csv", "column,value,from,to,missing,real,generated\n" + string.Concat(names.SelectMany((n, c) => Enumerable.Range(0, 24)
            .Select(i => FormattableString.Invariant($"{n},,{i * 1.25 + c},{(i + 1) * 1.25 + c},,{(24 - i) / 310.0},{(i + 1) / 310.0}\n")))));
        string[] metrics = ["kolmogorov-smirnov", "wasserstein", "range-coverage", "valid-values"];
        run.Write("quality.csv", File.ReadAllText(run.In("quality.csv")) + string.Concat(names.SelectMany((n, i) => metrics.Select(m =>
            FormattableString.Invariant($"{m},,{n},{i / 400.0:F6},{i / 500.0:F6},{i / 300.0:F6},lower,2000 generated against 500 test values\n") +
            FormattableString.Invariant($"{m},real,{n},{i / 4000.0:F6},,,lower,\n")))));
        run.Write("generated.csv", string.Join(',', names) + "\n" + string.Concat(Enumerable.Repeat(string.Join(',', names.Select(_ => "123.45")) + "\n", 20)));
        Assert.InRange(new FileInfo(RunReport.Write(run.Folder)).Length, 100_000, 5_000_000);
    }

    [Fact]
    public void MakingItTwiceGivesTheSameBytes()
    {
        using var run = new SampleRun();
        byte[] first = File.ReadAllBytes(RunReport.Write(run.Folder)), loss = File.ReadAllBytes(run.In("pictures/loss.svg"));
        Assert.Equal(first, File.ReadAllBytes(RunReport.Write(run.Folder)));
        Assert.Equal(loss, File.ReadAllBytes(run.In("pictures/loss.svg")));
        Assert.Empty(Directory.GetFiles(run.Folder, ".*", SearchOption.AllDirectories));
    }

    private static IEnumerable<string> Headings(string html) =>
        Regex.Matches(html, "<h2[^>]*>(.*?)</h2>").Select(m => Regex.Replace(m.Groups[1].Value, " <span.*", ""));

    private static IEnumerable<double> Numbers(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(p => Numbers(p.Value)),
        JsonArray list => list.SelectMany(Numbers),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [value.GetValue<double>()],
        _ => [],
    };

    private static IEnumerable<string> Fields(string path)
    {
        using var csv = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture));
        while (csv.Read())
            foreach (string field in csv.Record!) yield return field;
    }

    [GeneratedRegex("<data value=\"([^\"]+)\">([^<]+)</data>")]
    private static partial Regex Number();
}

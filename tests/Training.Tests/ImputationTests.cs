using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Imputation;

namespace GanPipeline.Training.Tests;

public class ImputationTests
{
    private const int Rows = 400;

    /// <summary>
    /// x in [-1, 1]; double = 2x; sign: its sign as a word; noise: independent, deviation 1. A fifth of each is missing, but never all of a row.
    /// </summary>
    private static string Csv()
    {
        var random = new Random(5);
        var lines = new List<string> { "x,double,sign,noise" };
        for (int i = 0; i < Rows; i++)
        {
            double x = random.NextDouble() * 2 - 1, noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            string[] cells = [Text(x), Text(2 * x), x < 0 ? "below, \"it\"" : "above", Text(noise)];
            int missing = random.Next(5);
            if (missing < 4) cells[missing] = "";
            lines.Add(string.Join(",", cells.Select(c => c.Contains(',') ? $"\"{c.Replace("\"", "\"\"")}\"" : c)));
        }
        return string.Join("\n", lines) + "\n";

        static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
    }

    private static Table Read(string csv) => TableReader.Read(new StringReader(csv), "table.csv", "");

    private static ImputationResult Run(string csv, ImputationOptions options)
    {
        Table table = Read(csv);
        return Imputation.Imputation.Run(table, TableSchema.Infer(table, null), options);
    }

    [Theory]
    [InlineData("forest", 0.1)]
    [InlineData("gain", 0.3)] // of a range of 4; the mean is off by 1
    public void WhatOtherColumnsTellIsFilledRight(string method, double most)
    {
        ImputationResult result = Run(Csv(), new ImputationOptions { Method = method, Steps = 800 });
        FilledTable filled = Assert.Single(result.Tables);
        Table table = filled.Table;
        TableColumn x = table.Find("x")!, twice = table.Find("double")!, sign = table.Find("sign")!;
        var errors = new List<double>();
        int right = 0, signs = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (x[row] != "" && twice[row] == "") errors.Add(Math.Abs(Number(filled[twice, row]) - 2 * Number(x[row])));
            if (sign[row] != "" || Math.Abs(Number(filled[x, row])) < 0.1) continue;
            signs++;
            if (filled[sign, row] == (Number(x[row]) < 0 ? "below, \"it\"" : "above")) right++;
        }
        Assert.InRange(errors.Average(), 0, most);
        Assert.True(signs > 40 && right >= signs - 1, $"{right} of {signs} signs are right");
        ImputationScore scores = result.Scores.Single(s => s.Column == "double"), noise = result.Scores.Single(s => s.Column == "noise");
        Assert.True(scores.ByMethod[method] < 0.1 && scores.ByMethod["mean"] > 0.2, "the mean knows nothing of x");
        Assert.InRange(noise.ByMethod[method] / noise.ByMethod["mean"], 0.8, 1.3); // nothing tells it
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("gain")]
    public void KnownCellsKeepTheirTextsAndNoneIsLeftEmpty(string method)
    {
        string csv = Csv().Replace("\n0.", "\n 0.", StringComparison.Ordinal); // a space before a number is the file's own
        using var space = new TemporaryFolder();
        Run(csv, new ImputationOptions { Method = method, Steps = 100 }).Tables[0].Write(space["filled.csv"], TableFiles.TextForm.Usual);
        Table before = Read(csv), after = TableReader.Read(space["filled.csv"]);
        Assert.Equal(before.Columns.Select(c => c.Name), after.Columns.Select(c => c.Name));
        Assert.Equal(before.Rows, after.Rows);
        for (int k = 0; k < before.Columns.Count; k++)
        {
            for (int row = 0; row < Rows; row++)
            {
                string was = before.Columns[k][row], now = after.Columns[k][row];
                Assert.True(was == "" ? now != "" : now == was, $"row {row}: '{was}' became '{now}'");
            }
        }
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("gain")]
    public void OneSeedFillsTheSameAndSeveralDrawsDifferAsMuchAsTheTruthDoes(string method)
    {
        var options = new ImputationOptions { Method = method, Steps = 200, Imputations = 20, Seed = 3 };
        ImputationResult one = Run(Csv(), options), two = Run(Csv(), options);
        TableColumn noise = one.Tables[0].Table.Find("noise")!;
        int[] holes = [.. Enumerable.Range(0, Rows).Where(row => noise[row] == "")];
        Assert.All(one.Tables.Zip(two.Tables), pair => Assert.Equal(pair.First.Cells, pair.Second.Cells));
        double[] spreads = [.. holes.Select(row => Deviation([.. one.Tables.Select(t => Number(t[noise, row]))]))];
        Assert.InRange(spreads.Average(), 0.7, 1.3); // independent noise of deviation 1

        static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1));
    }

    [Theory]
    [InlineData("neighbours", 0, 0.4)]
    [InlineData("mean", 0.9, 1.1)] // the mean distance of a number in [-2, 2] from 0 is 1
    public void TheOtherWaysFillToo(string method, double least, double most)
    {
        FilledTable filled = Run(Csv(), new ImputationOptions { Steps = 1, Method = method }).Tables[0];
        TableColumn x = filled.Table.Find("x")!, twice = filled.Table.Find("double")!;
        Assert.InRange(Enumerable.Range(0, Rows).Where(row => twice[row] == "").Average(row => Math.Abs(Number(filled[twice, row]) - 2 * Number(x[row]))),
            least, most);
    }

    [Fact]
    public void AColumnWithoutAnyValueIsLeftAndNamed()
    {
        string csv = string.Join("\n", Csv().TrimEnd('\n').Split('\n').Select((line, i) => line + (i == 0 ? ",empty" : ","))) + "\n";
        Assert.Equal(["empty"], Run(csv, new ImputationOptions { Method = "mean" }).Unfilled);
    }

    [Fact]
    public void AutoFillsAsTheMethodDoesThatErrsLeastOnCellsOfTheirOwn()
    {
        ImputationResult auto = Run(Csv(), new ImputationOptions { Steps = 100 });
        Assert.Equal(Imputation.Imputation.Methods, auto.Choice.Keys);
        Assert.Equal(auto.Choice.MinBy(c => c.Value).Key, auto.Method);
        Assert.Equal(1, auto.Choice["mean"], 12);
        ImputationResult named = Run(Csv(), new ImputationOptions { Method = auto.Method, Steps = 100 });
        Assert.Empty(named.Choice);
        Assert.Equal(named.Tables[0].Cells, auto.Tables[0].Cells);
    }

    [Fact]
    public void AForestFollowsAStepAndARuleOfTwoCategories()
    {
        var random = new Random(3);
        var lines = new List<string> { "a,b,rule,step" };
        var truth = new List<(string Rule, string Step)>();
        for (int i = 0; i < Rows; i++)
        {
            (int a, int b) = (random.Next(3), random.Next(3));
            truth.Add(($"{"pqr"[a]}{"uvw"[b]}", a == 1 ? "50" : b == 2 ? "20" : "-7"));
            lines.Add($"{"pqr"[a]},{"uvw"[b]},{(i % 5 == 0 ? "" : truth[i].Rule)},{(i % 7 == 3 ? "" : truth[i].Step)}");
        }
        FilledTable filled = Run(string.Join("\n", lines) + "\n", new ImputationOptions { Method = "forest" }).Tables[0];
        TableColumn rule = filled.Table.Find("rule")!, step = filled.Table.Find("step")!;
        Assert.Equal(truth.Select(t => t.Rule), Enumerable.Range(0, Rows).Select(row => filled[rule, row]));
        int[] holes = [.. Enumerable.Range(0, Rows).Where(row => step[row] == "")];
        Assert.InRange(holes.Average(row => Math.Abs(Number(filled[step, row]) - Number(truth[row].Step))), 0, 1); // of a range of 57
    }

    [Theory]
    [InlineData("a,b\n1,x\n,y\n")] // two rows
    [InlineData("a,b\n1,x\n,y\n2,\n,x\n3,\n")] // gaps in each column
    [InlineData("a,b,c\n1,x,\n2,y,\n,x,5\n3,,6\n")]
    [InlineData("a\n1\n2\n\n3\n4\n\n5\n")] // a column alone
    [InlineData("a,b\n1,5\n2,\n3,5\n4,\n")] // columns of one value
    [InlineData("a,b\n1,x\n2,\n3,x\n4,\n")]
    public void TheSmallestTablesAreFilledWithWhatTheColumnsHold(string csv)
    {
        foreach (string method in Imputation.Imputation.Methods)
        {
            FilledTable filled = Run(csv, new ImputationOptions { Method = method, Steps = 5 }).Tables[0];
            foreach (TableColumn column in filled.Table.Columns)
            {
                string[] known = [.. column.Values.Where(v => v != "")];
                for (int row = 0; row < filled.Table.Rows; row++)
                {
                    if (known[0][0] < 'a') Assert.InRange(Number(filled[column, row]), known.Min(Number), known.Max(Number));
                    else Assert.Contains(filled[column, row], known);
                }
            }
        }
    }

    [Fact]
    public void NineTenthsOfTheTruthLiesBetweenTheSmallestAndTheLargestOfNineteenDraws()
    {
        // Were truth and draws alike, each of the 20 were as likely the smallest as any other.
        var random = new Random(8);
        double[] x = [.. Enumerable.Range(0, 800).Select(_ => random.NextDouble() * 2 - 1)], y = [.. x.Select(v => v * v + random.NextDouble() * 0.4)];
        string csv = "x,y\n" + string.Join("", x.Select((v, i) => FormattableString.Invariant($"{v:F5},{(i % 4 == 0 ? "" : $"{y[i]:F5}")}\n")));
        ImputationResult result = Run(csv, new ImputationOptions { Method = "forest", Imputations = 19 });
        int[] holes = [.. Enumerable.Range(0, x.Length).Where(i => i % 4 == 0)];
        double[][] draws = [.. result.Tables.Select(t => holes.Select(row => Number(t[t.Table.Find("y")!, row])).ToArray())];
        Assert.InRange(holes.Select((row, i) => y[row] >= draws.Min(d => d[i]) && y[row] <= draws.Max(d => d[i]) ? 1.0 : 0).Average(), 0.84, 0.96);
    }

    [Fact]
    public void ATableWithoutHolesIsRefused()
    {
        var error = Assert.Throws<UserErrorException>(() => Run("a,b\n1,2\n3,4\n5,5\n", new ImputationOptions()));
        Assert.Equal("table.csv: no value is missing in its columns; there is nothing to fill. Say with 'missing' in a schema file which texts mean that a " +
            "value is missing.", error.Message);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

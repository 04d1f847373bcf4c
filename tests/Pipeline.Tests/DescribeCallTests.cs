namespace GanPipeline.Pipeline.Tests;

/// <summary>What a table is, as a call.</summary>
[Collection(OneAtATime.Name)]
public sealed class DescribeCallTests : IDisposable
{
    private readonly TemporaryFolder _space = new();
    private readonly Host _host = new();

    public void Dispose() => _space.Dispose();

    private DescribeResult Described(string header, Func<int, string> row, Func<DescribeOptions, DescribeOptions>? change = null)
    {
        string path = _space["t.csv"];
        File.WriteAllLines(path, [header, .. Enumerable.Range(0, 60).Select(row)]);
        var options = new DescribeOptions(path) { Steps = 20, Epochs = 1 };
        return _host.Call(h => Gan.Describe(change?.Invoke(options) ?? options, h));
    }

    [Fact]
    public void Columns_have_their_types_ranges_and_gaps()
    {
        DescribeResult result = Described("id,x,kind,day,class", i => FormattableString.Invariant($"K{i:000},") +
            FormattableString.Invariant($"{(i % 6 == 0 ? "" : $"{i * 0.5 - 3:F1}")},{"abc"[i % 3]},{1 + i % 28:00}.03.2024,{(i % 4 == 0 ? "y" : "n")}"));
        Assert.Equal([("id", "id", "60: K000, ..."), ("x", "numeric", "-2.5 to 26.5"), ("kind", "categorical", "3: a 33%, b 33%, c 33%"),
            ("day", "date", "01.03.2024 to 28.03.2024"), ("class", "class", "2: n 75%, y 25%")], result.Columns.Select(c => (c.Name, c.Type, c.Values)));
        Assert.Equal([0, 1 / 6.0, 0, 0, 0], result.Columns.Select(c => Math.Round(c.MissingShare, 12)), Tolerance);
        Assert.Equal([("y", 15L), ("n", 45L)], result.Classes.Select(c => (c.Name, c.Samples)));
        Assert.Equal((60, 20, 0), (result.Rows, result.Steps, result.Problems.Count));
        Assert.True(result.Width > 4 && result.TrainingTime > TimeSpan.Zero);
        Assert.Empty(Directory.EnumerateDirectories(_space.Name));
    }

    /// <summary>What only encoding shows is in the way, too, and so is a label that is none.</summary>
    [Fact]
    public void Problems_are_no_error_and_all_of_them_are_told()
    {
        DescribeResult result = Described("a,b,class", i => $"{(i == 5 ? "?" : $"{i}.5")},{(i == 9 ? "none" : $"{i}.25")},{(i == 3 ? "" : "y")}");
        Assert.Equal(3, result.Problems.Count);
        Assert.Equal((0, 0, TimeSpan.Zero), (result.Width, result.Steps, result.TrainingTime));
        Assert.Equal(["unusable", "unusable", ""], result.Columns.Select(c => c.Noticed));
        DescribeResult wide = Described("name,x,class", i => $"n {i / 2},{i}.5,{(i % 2 == 0 ? "y" : "n")}", o => o with { Schema = Schema("max_width: 12") });
        Assert.Contains("are allowed; column 'name' alone takes 30", Assert.Single(wide.Problems), StringComparison.Ordinal);
    }

    private static readonly IEqualityComparer<double> Tolerance = EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-9);

    private string Schema(string yaml)
    {
        File.WriteAllText(_space["s.yaml"], yaml);
        return _space["s.yaml"];
    }
}

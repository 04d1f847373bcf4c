using GanPipeline.Evaluation.Tables;

namespace GanPipeline.Evaluation.Tests;

public class ColumnShareTests
{
    [Fact]
    public void Every_row_is_in_one_part_of_a_column_also_where_a_number_is_beyond_the_real_ones()
    {
        double[] real = [.. Enumerable.Range(0, 1000).Select(i => i / 10.0)];
        double[] made = [-500, 1e6, double.NaN, .. Enumerable.Range(0, 97).Select(i => (double)i)];
        ColumnShare[] parts = [.. ColumnShare.Of(new Table(new TableColumn("n", made)), new Table(new TableColumn("n", real)))];
        Assert.Equal((1, 1), (Math.Round(parts.Sum(p => p.Real), 9), Math.Round(parts.Sum(p => p.Generated), 9)));
        ColumnShare[] ranges = [.. parts.Where(p => !p.Missing)];
        Assert.Equal((-500, 1e6), (ranges[0].From, ranges[^1].To));
        Assert.All(ranges.Zip(ranges.Skip(1)), p => Assert.Equal(p.First.To, p.Second.From));
        Assert.All(ranges, p => Assert.InRange(p.Real, 0.03, 0.06)); // uniform: a 24th in each
        Assert.Equal((0, 0.01), (parts.Single(p => p.Missing).Real, parts.Single(p => p.Missing).Generated));
    }

    [Fact]
    public void Frequent_categories_come_first_and_the_others_together_and_few_numbers_in_their_order()
    {
        string?[] real = [.. Enumerable.Range(0, 15).SelectMany(i => Enumerable.Repeat($"w{i:D2}", 20 - i))], made = [.. Enumerable.Repeat("w00", 9), "new"];
        ColumnShare[] words = [.. ColumnShare.Of(new Table(new TableColumn("w", made)), new Table(new TableColumn("w", real)))];
        Assert.Equal([.. Enumerable.Range(0, 11).Select(i => $"w{i:D2}"), "5 others"], words.Select(p => p.Value));
        Assert.Equal((0.9, 0.1), (words[0].Generated, words[^1].Generated));
        Assert.Equal(1, words.Sum(p => p.Real), 1e-9);
        ColumnShare[] numbers = [.. ColumnShare.Of(new Table(new TableColumn("n", [2, 2, 10])), new Table(new TableColumn("n", [10, 2, 1, 1, 1])))];
        Assert.Equal(["1", "2", "10"], numbers.Select(p => p.Value));
    }
}

using System.Text.Json;
using GanPipeline.Tables;

namespace GanPipeline.Resampling.Tests;

public sealed class SmoteTests
{
    public static TheoryData<string> Cases => [.. Recorded().EnumerateObject().Select(c => c.Name)];

    /// <summary>Neighbours, distances and the median deviation are imbalanced-learn's (scripts/record_smote.py).</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Neighbours_and_distances_are_those_of_imbalanced_learn(string name)
    {
        JsonElement recorded = Recorded().GetProperty(name);
        double[][] numbers = Of<double[][]>("numbers"), distances = Of<double[][]>("distances");
        int[][] categories = Of<int[][]>("categories"), neighbours = Of<int[][]>("neighbours");
        MixedRows rows = MixedRows.OfColumns(neighbours.Length, numbers, categories);
        INewRows made = new Smote(recorded.GetProperty("k").GetInt32()).Of(rows);
        double penalty = categories.Length == 0 ? 0 : Smote.SquaredPenalty(rows);
        Assert.Equal(recorded.GetProperty("median_deviation").GetDouble(), Math.Sqrt(penalty), 1e-6);
        for (int i = 0; i < neighbours.Length; i++)
        {
            NewRow row = made.Row(11, i);
            Assert.Equal(neighbours[row.Donor], row.Voters);
            Assert.Contains(row.Towards[0], row.Voters);
            Assert.Equal(distances[row.Donor], neighbours[row.Donor].Select(other => Math.Sqrt(numbers.Sum(x => Math.Pow(x[row.Donor] - x[other], 2))
                + penalty * categories.Count(c => c[row.Donor] != c[other]))), (a, b) => Math.Abs(a - b) < 1e-5);
        }

        T Of<T>(string property) => recorded.GetProperty(property).Deserialize<T>()!;
    }

    private static JsonElement Recorded() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "smote.json"))).RootElement.GetProperty("cases");

    [Fact]
    public void A_new_row_lies_on_the_line_from_its_donor_to_one_of_the_nearest_rows()
    {
        float[] rows = [0, 0, 1, 1, 3, 1, 10, 10, 11, 12, 30, 30];
        INewRows made = new Smote(2).Of(MixedRows.OfNumbers(rows, 2));
        int[][] nearest = [.. Enumerable.Range(0, 6).Select(row => Enumerable.Range(0, 6).Where(other => other != row)
            .OrderBy(other => Math.Pow(rows[2 * row] - rows[2 * other], 2) + Math.Pow(rows[2 * row + 1] - rows[2 * other + 1], 2)).Take(2).ToArray())];
        var used = new HashSet<(int, int)>();
        for (int i = 0; i < 600; i++)
        {
            NewRow row = made.Row(7, i);
            (int neighbour, float gap) = (Assert.Single(row.Towards), Assert.Single(row.Weights));
            Assert.Contains(neighbour, nearest[row.Donor]);
            Assert.InRange(gap, 0, 1);
            Assert.Equal(rows[2 * row.Donor] * (1 - gap) + rows[2 * neighbour] * gap, row.Number(place => rows[2 * place]), 3);
            used.Add((row.Donor, neighbour));
        }
        Assert.Equal(12, used.Count); // every row, and both neighbours of each
        Assert.All(Enumerable.Range(0, 600).GroupBy(i => made.Row(7, i).Donor), donor => Assert.Equal(100, donor.Count()));
        Assert.InRange(Enumerable.Range(0, 600).Average(i => made.Row(7, i).Weights[0]), 0.45, 0.55);
    }

    /// <summary>The example of the paper, section 6.1: two categories that differ add the squared median of the standard deviations twice.</summary>
    [Fact]
    public void A_category_that_differs_counts_like_the_median_of_the_standard_deviations()
    {
        double[][] numbers = [[1, 4, 3], [2, 6, 5], [3, 5, 6]];
        double[] deviations = [.. numbers.Select(Deviation).Order()];
        MixedRows rows = MixedRows.OfColumns(3, numbers, [[0, 0, 0], [1, 2, 1], [3, 4, 2]]);
        Assert.Equal(deviations[1] * deviations[1], Smote.SquaredPenalty(rows), 5);
        Assert.Equal((deviations[1] + deviations[0]) / 2, Math.Sqrt(Smote.SquaredPenalty(MixedRows.OfColumns(3,
            [.. numbers.OrderBy(Deviation).Take(2)], [[0, 0, 1]]))), 5); // of an even number, the middle
        Assert.Equal(1, Smote.SquaredPenalty(MixedRows.OfColumns(2, [], [[0, 1]])));
        Assert.Equal(1, Smote.SquaredPenalty(MixedRows.OfColumns(2, [[5, 5]], [[0, 1]])));

        static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));
    }

    [Fact]
    public void Categories_decide_which_rows_are_near_and_are_voted_on()
    {
        // By numbers row 1 is nearest to row 0; with a category more that differs, rows 2 to 4 are.
        double[] x = [0, 1, 1.2, 1.3, 1.4, 50];
        int[] a = [0, 1, 0, 0, 0, 1], b = [0, 5, 7, 7, 8, 5];
        INewRows made = new Smote(3).Of(MixedRows.OfColumns(6, [x], [a, a, b]));
        NewRow row = Enumerable.Range(0, 6).Select(i => made.Row(1, i)).Single(r => r.Donor == 0);
        Assert.Equal([2, 3, 4], row.Voters);
        Assert.Equal(7, row.Category(i => b[i]));
        Assert.Equal("x", NewRow.Between(0, 1, 0, [1, 2, 3, 4]).Category(i => i is 1 or 4 ? "x" : "y")); // of equally many, the nearest's
    }

    [Fact]
    public void A_missing_number_is_the_other_row_s_and_tells_rows_apart()
    {
        MixedRows rows = MixedRows.OfColumns(4, [[double.NaN, 1, double.NaN, 3]], []);
        Assert.Equal(1, rows.CategoryColumns);
        Assert.Equal([2], new NearestRows(rows, 1).Of(0));
        double[] x = [double.NaN, 3, 9, double.NaN];
        Assert.Equal([3, 9], new[] { NewRow.Between(0, 1, 0.5f, [1]).Number(i => x[i]), NewRow.Between(2, 3, 0.5f, [1]).Number(i => x[i]) });
        Assert.Equal([double.NaN, 9], new[] { NewRow.Between(0, 3, 0.5f, [3]).Number(i => x[i]), NewRow.Between(0, 3, 0.5f, [3, 2, 1]).Number(i => x[i]) });
        Assert.Equal(6 - 0.25 * 3 + 0.5 * 3, new NewRow(0, [1, 2, 3], [0.25f, 0.5f, 0.125f], [0]).Number(i => x[i]), 9); // 6 in place of both that lack it
    }

    [Fact]
    public void A_class_of_few_rows_uses_all_others_and_one_row_repeats_itself()
    {
        INewRows two = new Smote(5).Of(MixedRows.OfNumbers(new float[] { 1, 2 }, 1)), one = new Smote(5).Of(MixedRows.OfNumbers(new float[] { 1 }, 1));
        Assert.All(Enumerable.Range(0, 10).Select(i => two.Row(1, i)), row => Assert.Equal([1 - row.Donor], row.Towards));
        Assert.True(one.Row(1, 3).IsRepeat);
        Assert.Equal(("SMOTE with 5 neighbours", "random over-sampling"),
            (one.Method, new RandomOversampling().Of(MixedRows.OfNumbers(new float[] { 1 }, 1)).Method));
    }

    [Fact]
    public void Over_sampling_repeats_rows_whole_and_streams_are_their_seed_s()
    {
        MixedRows rows = MixedRows.OfNumbers(Enumerable.Range(0, 8).Select(i => (float)i).ToArray(), 1);
        foreach (IResampler resampler in new IResampler[] { new Smote(), new LocalGaussians(), new RandomOversampling() })
        {
            INewRows made = resampler.Of(rows), again = resampler.Of(rows);
            NewRow[] forwards = [.. Enumerable.Range(0, 50).Select(i => made.Row(3, i))];
            NewRow[] backwards = [.. Enumerable.Range(0, 50).Select(i => again.Row(3, 49 - i))];
            Assert.Equal(forwards.Select(r => r.Number(i => i)), backwards.Reverse().Select(r => r.Number(i => i)));
            Assert.Equal(forwards.Select(r => r.Donor), backwards.Reverse().Select(r => r.Donor));
            Assert.NotEqual(forwards.Select(r => r.Donor), Enumerable.Range(0, 50).Select(i => made.Row(4, i).Donor));
            Assert.Equal(resampler is RandomOversampling, forwards.All(r => r.IsRepeat));
        }
    }
}

using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Tables.Forests;

namespace GanPipeline.Resampling.Tests;

public sealed class LocalGaussiansTests
{
    private const int Draws = 40_000;

    /// <summary>The closed form: mean and covariance of the row and its neighbours, divided by how many they are, also where the rank is not full.</summary>
    [Theory]
    [InlineData(2, 40)] // seven rows of many
    [InlineData(3, 10)] // half the class, and the rank is full
    [InlineData(6, 9)] // five rows: a space of four dimensions in six
    [InlineData(4, 3)] // all of the class
    public void Numbers_have_the_mean_and_the_covariance_of_the_nearest_rows(int columns, int count)
    {
        var random = new RandomStream(3);
        float[] values = [.. Enumerable.Range(0, count * columns).Select(i => (i % columns + 1) * (random.NextSingle() + random.NextSingle()))];
        MixedRows rows = MixedRows.OfNumbers(values, columns);
        INewRows made = new LocalGaussians().Of(rows);
        Assert.Equal("MGS", made.Method);
        int donor = made.Row(1, 0).Donor;
        int neighbours = Math.Min(Math.Max(columns + 1, 5), Math.Max(count / 2, 2));
        int[] near = [.. Enumerable.Range(0, count).OrderBy(other => Enumerable.Range(0, columns)
            .Sum(j => Math.Pow(values[other * columns + j] - values[donor * columns + j], 2))).Take(neighbours + 1)];
        double[][] x = [.. near.Select(row => rows.Numbers(row).ToArray().Select(v => (double)v).ToArray())];
        double[][] drawn = [.. Enumerable.Range(0, Draws).Select(i =>
        {
            NewRow row = made.Row(1, (long)i * count); // rows take turns, so these all start from one
            Assert.Equal(near[1..], row.Towards);
            Assert.Equal([donor], row.Voters);
            float[] numbers = new float[columns];
            row.Numbers(place => rows.Numbers(place), numbers);
            return Array.ConvertAll(numbers, n => (double)n);
        })];
        (double[] mean, double[] covariance) = Moments(x);
        (double[] foundMean, double[] found) = Moments(drawn);
        double variance = Enumerable.Range(0, columns).Max(j => covariance[j * columns + j]);
        for (int j = 0; j < mean.Length; j++) Assert.Equal(mean[j], foundMean[j], 5 * Math.Sqrt(variance / Draws));
        for (int j = 0; j < found.Length; j++) Assert.Equal(covariance[j], found[j], 8 * variance / Math.Sqrt(Draws));
    }

    [Fact]
    public void Weights_sum_to_one_so_that_what_holds_for_all_rows_holds_for_new_ones()
    {
        var random = new RandomStream(4);
        // The third number is the sum of the others, and the last is the same everywhere.
        float[] values = [.. Enumerable.Range(0, 30).SelectMany(_ =>
        {
            (float a, float b) = (random.NextSingle(), 5 * random.NextSingle());
            return new[] { a, b, a + b, 7 };
        })];
        INewRows made = new LocalGaussians().Of(MixedRows.OfNumbers(values, 4));
        float[] row = new float[4];
        for (int i = 0; i < 200; i++)
        {
            made.Row(9, i).Numbers(place => values.AsSpan(4 * place, 4), row);
            Assert.Equal(row[0] + row[1], row[2], 1e-4);
            Assert.Equal(7, row[3], 1e-5);
        }
    }

    /// <summary>
    /// Two heaps of rows far apart, each with categories of its own: near a heap its combinations are drawn as often as its rows have them, and never a pair
    /// that no row has.
    /// </summary>
    [Fact]
    public void Combinations_are_those_of_real_rows_as_often_as_they_are_near()
    {
        var random = new RandomStream(5);
        double[] x = [.. Enumerable.Range(0, 400).Select(i => (i < 200 ? 0 : 100) + random.NextDouble())];
        int[] a = [.. Enumerable.Range(0, 400).Select(i => i < 200 ? (i % 4 == 0 ? 0 : 1) : 2)], b = [.. a.Select(v => v == 0 ? 5 : v == 1 ? 6 : 7)];
        INewRows made = new LocalGaussians().Of(MixedRows.OfColumns(400, [x], [a, b]));
        Assert.Equal("MGS-GRF", made.Method);
        var found = new Dictionary<(bool Low, int A, int B), int>();
        for (int i = 0; i < 8000; i++)
        {
            NewRow row = made.Row(2, i);
            var combination = (row.Number(place => x[place]) < 50, row.Category(place => a[place]), row.Category(place => b[place]));
            found[combination] = found.GetValueOrDefault(combination) + 1;
            Assert.Single(row.Voters);
        }
        Assert.Equal([(0, 5), (1, 6), (2, 7)], found.Keys.Select(c => (c.A, c.B)).Distinct().Order());
        Assert.InRange(found[(false, 2, 7)], 3950, 4000); // trees that have not sampled the rows at the heaps' ends split a little beside them
        Assert.InRange(found[(true, 0, 5)], 850, 1150);
        Assert.InRange(found[(true, 1, 6)], 2850, 3150);
    }

    /// <summary>
    /// A category that follows from a number keeps doing so, which a vote or a draw of its own would break. The authors' code: 11 to 20 wrong.
    /// </summary>
    [Fact]
    public void A_category_follows_the_new_row_s_numbers()
    {
        var random = new RandomStream(6);
        double[] x = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble())], noise = [.. x.Select(_ => random.NextDouble())];
        int[] side = [.. x.Select(v => v < 0.3 ? 0 : 1)], other = [.. x.Select((_, i) => i % 3)];
        INewRows made = new LocalGaussians().Of(MixedRows.OfColumns(500, [x, noise], [side, other]));
        int wrong = Enumerable.Range(0, 2000).Select(i => made.Row(8, i))
            .Count(row => (row.Number(place => x[place]) < 0.3 ? 0 : 1) != row.Category(place => side[place]));
        Assert.InRange(wrong, 0, 40);
    }

    /// <summary>Trees grow side by side, on as many threads as there are, and which thread grows which must not matter.</summary>
    [Fact]
    public void A_forest_is_its_seed_s_whatever_threads_grow_it()
    {
        var random = new RandomStream(9);
        double[][] x = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 200).Select(_ => random.NextDouble()).ToArray())];
        MixedRows rows = MixedRows.OfColumns(200, x, [[.. Enumerable.Range(0, 200).Select(i => (int)(4 * x[i % 6][i]))]]);
        int[][] drawn = [.. Enumerable.Range(0, 20).Select(_ =>
        {
            var forest = new LeafForest(rows, 1);
            var draws = new RandomStream(10);
            return Enumerable.Range(0, 300).Select(i => forest.Draw(rows.Numbers(i % 200), draws)).ToArray();
        })];
        Assert.All(drawn, draws => Assert.Equal(drawn[0], draws));
    }

    /// <summary>The forest's draws are the mean over the trees of one over the rows of the leaf: in one leaf all rows are equally likely.</summary>
    [Fact]
    public void Without_numbers_that_tell_rows_apart_every_row_is_drawn_equally_often()
    {
        MixedRows rows = MixedRows.OfColumns(10, [[.. Enumerable.Repeat(3.0, 10)]], [[.. Enumerable.Range(0, 10)]]);
        var forest = new LeafForest(rows, 1);
        var random = new RandomStream(2);
        int[] found = new int[10];
        for (int i = 0; i < 20_000; i++) found[forest.Draw([0.5f], random)]++;
        Assert.All(found, count => Assert.InRange(count, 1800, 2200));
        INewRows made = new LocalGaussians().Of(MixedRows.OfColumns(3, [], [[0, 1, 2]])); // no numbers at all
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 60).Select(i => made.Row(1, i).Category(place => place)).Distinct().Order());
    }

    /// <summary>More rows than a tree samples: trees hold some of them each, and no leaf is empty.</summary>
    [Fact]
    public void A_large_class_is_drawn_from_as_well()
    {
        const int Count = RandomForest.MostRows + 2000;
        var random = new RandomStream(7);
        double[] x = [.. Enumerable.Range(0, Count).Select(_ => (double)random.NextSingle())];
        var forest = new LeafForest(MixedRows.OfColumns(Count, [x], [[.. x.Select(v => v < 0.5 ? 0 : 1)]]), 1);
        double mean = x.Average(); // which the columns of rows are without
        Assert.All(Enumerable.Range(0, 1000), i =>
        {
            float at = random.NextSingle();
            if (Math.Abs(at - 0.5) > 0.01) Assert.Equal(at < 0.5, x[forest.Draw([(float)(at - mean)], random)] < 0.5);
        });
    }

    [Fact]
    public void A_missing_number_goes_with_the_combination()
    {
        var random = new RandomStream(8);
        double[] x = [.. Enumerable.Range(0, 90).Select(i => i < 60 ? random.NextDouble() : double.NaN)];
        double[] y = [.. Enumerable.Range(0, 90).Select(i => i < 60 ? 0 : 9.0)];
        MixedRows rows = MixedRows.OfColumns(90, [x, y], []);
        INewRows made = new LocalGaussians().Of(rows);
        Assert.Equal("MGS-GRF", made.Method); // whether it is missing is a category
        int missing = Enumerable.Range(0, 900).Count(i => made.Row(3, i).Category(place => double.IsNaN(x[place])));
        Assert.InRange(missing, 250, 350);
        Assert.DoesNotContain(Enumerable.Range(0, 900).Select(i => made.Row(3, i)), row => !row.Category(place => double.IsNaN(x[place]))
            && double.IsNaN(row.Number(place => x[place])));
    }

    [Fact]
    public void A_class_of_one_row_repeats_it() => Assert.True(new LocalGaussians().Of(MixedRows.OfColumns(1, [[1.5]], [[3]])).Row(1, 5).IsRepeat);

    private static (double[] Mean, double[] Covariance) Moments(double[][] x)
    {
        int d = x[0].Length;
        double[] mean = [.. Enumerable.Range(0, d).Select(j => x.Average(row => row[j]))];
        return (mean, [.. Enumerable.Range(0, d * d).Select(ij => x.Average(row => (row[ij / d] - mean[ij / d]) * (row[ij % d] - mean[ij % d])))]);
    }
}

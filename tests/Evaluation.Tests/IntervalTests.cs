using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public class IntervalTests
{
    /// <summary>
    /// The real column is fixed; generated columns are drawn again and again. The interval of a distance has to hold the distance of the distribution that
    /// they are drawn from nearly as often as is said.
    /// </summary>
    [Fact]
    public void Distances_are_within_their_interval_nearly_as_often_as_is_said()
    {
        const int Rows = 400, Repetitions = 200, Grid = 20_000;
        const double Shift = 0.7, Distance = 0.2736610748440768; // 2 Φ(0.35) - 1
        var real = new Table(new TableColumn("x", Normal(0, Grid)));
        int covered = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            var generated = new Table(new TableColumn("x", [.. Normal((ulong)i + 1, Rows).Select(x => x + Shift)]));
            MetricResult column = MetricCatalog.OfTables.Named(["kolmogorov-smirnov"]).MeasureAll(new TableComparison(generated, real) { Seed = 1 })[1];
            Assert.InRange(column.Value, column.Low!.Value, column.High!.Value);
            if (column.Low <= Distance && Distance <= column.High) covered++;
        }
        Assert.InRange(covered / (double)Repetitions, 0.9, 0.99);

        static double[] Normal(ulong seed, int count)
        {
            float[] numbers = new float[count];
            GaussianNoise.Fill(seed, 0, 1, numbers);
            return Array.ConvertAll(numbers, x => (double)x);
        }
    }

    [Theory]
    [InlineData(0.999, 0.05, 0, 1)]
    [InlineData(0.001, 0.05, 0, 1)]
    [InlineData(1.9, 0.4, 0, 2)]
    [InlineData(0.01, 3, 0, double.PositiveInfinity)]
    [InlineData(-0.98, 0.5, -1, 1)]
    public void An_interval_ends_within_the_range_and_holds_the_value(double value, double reach, double least, double most)
    {
        Interval interval = Bootstrap.Within(value, reach, reach, least, most);
        Assert.InRange(interval.Low, least, value);
        Assert.InRange(interval.High, value, most);
        Assert.True(interval.Low < value && interval.High > value);
    }

    [Fact]
    public void Well_within_the_range_it_reaches_as_far_as_it_would_anyway()
    {
        Interval interval = Bootstrap.Within(0.5, 0.02, 0.01, 0, 1);
        Assert.Equal(0.48, interval.Low, 1e-4);
        Assert.Equal(0.51, interval.High, 1e-4);
    }

    [Fact]
    public void Fewer_than_ten_rows_have_no_interval()
    {
        string[] classes = ["usual", "rare"];
        long[] actual = [.. Enumerable.Range(0, 30).Select(i => i % 4 == 0 ? 1L : 0)];
        Measurement[] shares = [.. Measurement.Accuracy(actual, actual, classes, count => $"{count} rows")];
        Assert.Equal([true, true, false], shares.Select(s => s.Interval!(1, "x") is not null)); // all 30, 22 usual ones, 8 rare ones

        var few = new Table(new TableColumn("x", [1, 2, 3, 4, 5, 6, 7, 8, 9]), new TableColumn("c", ["a", "b", "a", "b", "a", "b", "a", "b", null]));
        var comparison = new TableComparison(few, few) { Training = few, HeldOut = few, Target = "c" };
        Assert.All(MetricCatalog.MeasureAll(MetricCatalog.OfTables, comparison, (_, _) => { }), r => Assert.Null(r.Low));
    }
}

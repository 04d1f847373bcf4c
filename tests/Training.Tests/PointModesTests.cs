using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class PointModesTests
{
    [Fact]
    public void A_grid_has_its_modes_where_PacGAN_has_them()
    {
        using Dataset grid = new GridDataOptions { Train = 10_000, Test = 50 }.Load(null, DataSplit.Train, 3);
        Assert.Equal(25, grid.Modes!.Count);
        Assert.Equal(0.05, grid.Modes.Deviation);
        Assert.Equal(from y in Enumerable.Range(0, 5) from x in Enumerable.Range(0, 5) select (-4f + 2 * x, -4f + 2 * y), Pairs(grid.Modes.Centres));
        Assert.Null(grid.Labels);
        Assert.Empty(grid.ClassNames);
        AssertPointsLieAroundTheModes(grid);
    }

    [Fact]
    public void A_ring_has_its_modes_on_a_circle()
    {
        using Dataset ring = new RingDataOptions { Modes = 6, Radius = 3, Deviation = 0.1, Train = 6000 }.Load(null, DataSplit.Train, 3);
        (float X, float Y)[] centres = Pairs(ring.Modes!.Centres);
        Assert.Equal(6, centres.Length);
        Assert.Equal((3f, 0f), centres[0]);
        Assert.All(centres, c => Assert.Equal(3, Math.Sqrt(c.X * c.X + c.Y * c.Y), 5));
        // a hexagon
        Assert.All(centres.Zip(centres.Skip(1)), p => Assert.Equal(3, Math.Sqrt(Math.Pow(p.First.X - p.Second.X, 2) + Math.Pow(p.First.Y - p.Second.Y, 2)), 5));
        AssertPointsLieAroundTheModes(ring);
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("ring")]
    public void They_are_made_from_the_seed_alone_and_train_in_units_of_one_deviation(string kind)
    {
        DataOptions options = kind == "grid" ? new GridDataOptions { Train = 5000, Test = 500 } : new RingDataOptions { Train = 5000, Test = 500 };
        using Dataset one = options.Load(null, DataSplit.Train, 3), same = options.Load(null, DataSplit.Train, 3),
            other = options.Load(null, DataSplit.Train, 4);
        using Dataset test = options.Load(null, DataSplit.Test, 3);
        Assert.Equal(one.Samples.data<float>().ToArray(), same.Samples.data<float>().ToArray());
        Assert.Equal(3, new[] { one.Sha256, other.Sha256, test.Sha256 }.Distinct().Count());
        Assert.Equal([500, 2], test.Samples.shape);
        using (NewDisposeScope())
        {
            Tensor network = one.Batch(arange(5000));
            Assert.InRange(network.std().item<float>(), 0.98, 1.02);
            Assert.Equal(0, (network * one.Format.Scale - one.Samples).abs().max().item<float>(), 1e-5f);
        }
        Assert.Contains($"generates its data ({kind})", Assert.Throws<UserErrorException>(() => options.Load("x", DataSplit.Train, 0)).Message);
    }

    [Theory]
    [InlineData("{ kind: grid, side: 1 }", "'data.side' must be between 2 and 100; it is 1")]
    [InlineData("{ kind: grid, spacing: 0 }", "'data.spacing'")]
    [InlineData("{ kind: ring, modes: 0 }", "'data.modes'")]
    [InlineData("{ kind: ring, deviation: -1 }", "'data.deviation'")]
    [InlineData("{ kind: ring, mods: 3 }", "unknown key 'mods' in 'data'; did you mean 'modes'?")]
    public void Values_out_of_range_are_refused(string data, string message) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => Preset.Parse($"system: s\ndata: {data}\n", "p.yaml")).Message);

    private static void AssertPointsLieAroundTheModes(Dataset data)
    {
        (float X, float Y)[] points = Pairs(data.Samples.data<float>().ToArray()), centres = Pairs(data.Modes!.Centres);
        int[] counts = new int[centres.Length];
        double squares = 0;
        foreach ((float x, float y) in points)
        {
            double[] distances = [.. centres.Select(c => Math.Pow(c.X - x, 2) + Math.Pow(c.Y - y, 2))];
            int nearest = Array.IndexOf(distances, distances.Min());
            counts[nearest]++;
            squares += distances[nearest];
        }
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        Assert.InRange(Math.Sqrt(squares / (2 * points.Length)) / data.Modes.Deviation, 0.97, 1.03);
    }

    private static (float X, float Y)[] Pairs(float[] values) => [.. values.Chunk(2).Select(p => (p[0], p[1]))];
}

using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Export.Tests;

/// <summary>The graph takes numbers for those of a list that the library takes them for, to the bit, however long the list is.</summary>
public class ValueSearchTests
{
    private const int Count = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(159)]
    [InlineData(961)]
    [InlineData(ValueList.Most)]
    public void Numbers_are_taken_for_what_the_library_takes_them_for(int length)
    {
        var random = new Random(length);
        double[] values = [.. Enumerable.Range(0, length).Select(i => (i + random.NextDouble()) / length - 0.5)];
        double[] borders = [.. values.Zip(values.Skip(1), (a, b) => a + random.NextDouble() * (b - a)).Index()
            .Select(b => Math.Max(b.Item, Math.BitIncrement(values[b.Index])))];
        foreach (var kind in (ColumnCode[])[
            new("x", ColumnType.Numeric, CodeKind.Mixture) { Centers = [0, -0.7, 0.1], HalfWidths = [1, 0, 0.3] }, // one of them a value of its own
            new("x", ColumnType.Numeric, CodeKind.Mixture) { Centers = [0.02, 0.1], HalfWidths = [1, 0.3], HasMissing = true },
            new("x", ColumnType.Numeric, CodeKind.Mixture) { Centers = [0], HalfWidths = [1] },
            new("x", ColumnType.Numeric, CodeKind.Quantile) { Quantiles = [-1, 0, 0.5, 1] }])
        {
            var column = kind with { Min = -1, Max = 1, Style = NumberStyle.Shortest, Listed = new ValueList(values, borders) };
            column.Check();
            var codec = new TableCodec([column], ["x"], null);
            // Among them numbers on a border, and right below it.
            float[] scalars = [.. Enumerable.Range(0, Count).Select(i => i < borders.Length ? (float)borders[i] : (float)(2.2 * random.NextDouble() - 1.1))];
            int[] slots = [.. scalars.Select(_ => random.Next(Math.Max(1, column.Slots)))];
            Assert.Equal(scalars.Zip(slots, (scalar, slot) => column.Generate(slot, scalar)), Numbers(codec, slots, scalars));
        }
    }

    [Fact]
    public void No_rows_have_no_numbers()
    {
        var column = new ColumnCode("x", ColumnType.Numeric, CodeKind.Mixture)
        {
            Centers = [0],
            HalfWidths = [1],
            Max = 1,
            Style = NumberStyle.Shortest,
            Listed = new ValueList([0, 1], [0.5]),
        };
        Assert.Empty(Numbers(new TableCodec([column], ["x"], null), [], []));
    }

    private static double[] Numbers(TableCodec codec, int[] slots, float[] scalars)
    {
        var graph = new GraphBuilder("values", ExportOptions.UsualOpset);
        var encoded = graph.FloatInput("encoded", codec.Width);
        TableOutputs.Add(encoded, null, [], codec, [new("x", "x", IsText: false)], graph);
        var data = new float[slots.Length * codec.Width];
        for (var row = 0; row < slots.Length; row++)
        {
            data[row * codec.Width] = scalars[row];
            if (codec.Slots > 0)
            {
                data[row * codec.Width + 1 + slots[row]] = 1;
            }
        }

        using var folder = new TemporaryFolder();
        using var run = new OnnxRun(folder.Make("g.onnx", graph.ToModel([])));
        return (double[])run.Run(["x"], slots.Length, ("encoded", data))[0];
    }
}

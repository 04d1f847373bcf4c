using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>Numbers that are heaped at multiples are generated with the shares that real ones have.</summary>
public class HeapTests
{
    private const int Rows = 4000;

    [Theory]
    [InlineData(0.7, 0, 100)]
    [InlineData(0.5, 0, 5)]
    [InlineData(0.8, 99, 100)]
    [InlineData(0.1, 0, 1000)]
    public void SharesOfHeapsAreKept(double share, int start, int step)
    {
        var random = new Random(7);
        int[] units = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < share ? random.Next(10, 90) * step + start
            : random.Next(10 * step, 90 * step))];
        ColumnCode code = Fit(units);
        NumberHeap heap = Assert.Single(code.Heaps);
        Assert.Equal(new NumberGrid(start, step), heap.Grid);
        Assert.InRange(heap.Share / (double)NumberHeap.Shares, share - 0.05, share + 0.05);

        // As a generator gives them: evenly over the modes' scalars.
        double[] made = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(code.Centers.Count))
            .Select(slot => code.Generate(slot, (float)(2 * random.NextDouble() - 1)))];
        double Part(IEnumerable<double> numbers) => numbers.Average(number => Math.Round(number * 100) % step == start ? 1.0 : 0);
        Assert.InRange(Part(made) - Part(units.Select(unit => unit / 100.0)), -0.05, 0.05);
        Assert.All(made, number => Assert.True(number >= code.Min && number <= code.Max && Math.Round(number * 100) / 100 == number));
    }

    [Fact]
    public void MultiplesOfMultiplesAreToldApart()
    {
        var random = new Random(8);
        ColumnCode code = Fit([.. Enumerable.Range(0, Rows).Select(_ => random.Next(10) switch
        {
            < 3 => 1000 * random.Next(10, 100),
            < 6 => 100 * random.Next(100, 1000),
            _ => random.Next(10_000, 100_000),
        })]);
        Assert.Equal([new NumberGrid(0, 100), new NumberGrid(0, 1000)], code.Heaps.Select(heap => heap.Grid));
        Assert.All(code.Heaps, heap => Assert.InRange(heap.Share, 15, 23));
    }

    [Fact]
    public void NumbersWithoutHeapsHaveNone()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            Assert.Empty(Fit([.. Enumerable.Range(0, 1000).Select(_ => random.Next(100, 9000))]).Heaps);
            Assert.Empty(Fit([.. Enumerable.Range(0, 1000).Select(_ => (int)(-Math.Log(1 - random.NextDouble()) * 3000))]).Heaps);
            Assert.Empty(Fit([.. Enumerable.Range(0, 1000).Select(_ => 5000 + (int)(300 *
                Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5)))]).Heaps);
        }
    }

    /// <summary>A value that is a mode of its own stays what it is.</summary>
    [Fact]
    public void FrequentValuesAreNotRounded()
    {
        var random = new Random(9);
        ColumnCode code = Fit([.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? 1234 : i % 3 == 1 ? 100 * random.Next(10, 90) : random.Next(1000, 9000))]);
        Assert.NotEmpty(code.Heaps);
        (int slot, float scalar) = code.Encode(12.34);
        Assert.Equal(12.34, code.Generate(slot, scalar));
    }

    /// <summary>What a file of a generator gives is checked: a number that no heap near the scalar gives is found.</summary>
    [Fact]
    public void WhatMayBeGeneratedIsAboutWhatIs()
    {
        var random = new Random(10);
        ColumnCode code = Fit([.. Enumerable.Range(0, Rows).Select(i => i % 2 == 0 ? 100 * random.Next(10, 90) : random.Next(1000, 9000))]);
        int wrong = 0;
        for (int i = 0; i < 1000; i++)
        {
            (int slot, float scalar) = (random.Next(code.Centers.Count), (float)(1.8 * random.NextDouble() - 0.9));
            double made = code.Generate(slot, scalar), near = code.Generate(slot, scalar + 1e-6f);
            Assert.True(code.MayGenerate(made, slot, scalar, 1e-4f) && code.MayGenerate(near, slot, scalar, 1e-4f));
            wrong += code.MayGenerate(code.Generate(slot, scalar + 0.1f), slot, scalar, 1e-4f) ? 1 : 0;
        }
        Assert.InRange(wrong, 0, 500);
    }

    [Fact]
    public void HeapsThatCannotBeAreRefused()
    {
        ColumnCode code = Fit([.. Enumerable.Range(1000, 4000)]);
        var hundreds = new NumberGrid(0, 100);
        foreach (NumberHeap heap in (NumberHeap[])[new(hundreds, 65), new(hundreds, 0), new(new NumberGrid(100, 100), 9), new(new NumberGrid(7, 1e9), 9)])
            Assert.Throws<UserErrorException>((code with { Heaps = [heap] }).Check);
        (code with { Heaps = [new(hundreds, 64)] }).Check();
    }

    private static ColumnCode Fit(int[] units)
    {
        Table table = Text.Column(units.Select(unit => (unit / 100.0).ToString("F2", System.Globalization.CultureInfo.InvariantCulture)));
        return TableCodec.Fit(table, Text.Schema(table)).Columns[0];
    }
}

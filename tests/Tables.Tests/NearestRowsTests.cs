namespace GanPipeline.Tables.Tests;

public class NearestRowsTests
{
    [Fact]
    public void The_nearest_rows_of_each_are_the_others_that_are_nearest()
    {
        var random = new Random(3);
        const int Count = 40, Columns = 21; // more columns than a processor's vector holds, and not a multiple of it
        float[] rows = [.. Enumerable.Range(0, Count * Columns).Select(_ => random.NextSingle())];
        var nearest = new NearestRows(rows, Columns, 5);
        double Distance(int a, int b) => Enumerable.Range(0, Columns).Sum(c => Math.Pow(rows[a * Columns + c] - rows[b * Columns + c], 2));
        for (int row = 0; row < Count; row++)
            Assert.Equal(Enumerable.Range(0, Count).Where(other => other != row).OrderBy(other => Distance(row, other)).Take(5), nearest.Of(row));
        Assert.Equal([1, 2], new NearestRows(new float[] { 0, 1, -1 }, 1, 5).Of(0)); // as many as there are; equally near in the order of the rows
        Assert.Empty(new NearestRows(new float[] { 7 }, 1, 5).Of(0));
    }
}

namespace GanPipeline.Tables.Tests;

public class NearestRowsTests
{
    [Fact]
    public void The_nearest_rows_of_each_are_the_others_that_are_nearest()
    {
        var random = new Random(3);
        const int Count = 40, Columns = 21; // more columns than a processor's vector holds, and not a multiple of it
        float[] rows = [.. Enumerable.Range(0, Count * Columns).Select(_ => random.NextSingle())];
        var nearest = new NearestRows(MixedRows.OfNumbers(rows, Columns), 5);
        double Distance(int a, int b) => Enumerable.Range(0, Columns).Sum(c => Math.Pow(rows[a * Columns + c] - rows[b * Columns + c], 2));
        for (int row = 0; row < Count; row++)
            Assert.Equal(Enumerable.Range(0, Count).Where(other => other != row).OrderBy(other => Distance(row, other)).Take(5), nearest.Of(row));
        // As many as there are; equally near in the order of the rows.
        Assert.Equal([1, 2], new NearestRows(MixedRows.OfNumbers(new float[] { 0, 1, -1 }, 1), 5).Of(0));
        Assert.Empty(new NearestRows(MixedRows.OfNumbers(new float[] { 7 }, 1), 5).Of(0));
    }

    /// <summary>Encoded rows of two numbers, modes and categories of many values, against all distances of all numbers of the code.</summary>
    [Fact]
    public void Rows_of_a_table_have_the_neighbours_that_their_codes_have()
    {
        var random = new Random(5);
        string csv = "a,b,c,d,e\n" + string.Concat(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant(
            $"{random.NextDouble()},{(i % 7 == 0 ? "" : $"{random.Next(1000)}")},v{random.Next(90)},{(random.Next(3) == 0 ? "x" : "y")},") +
            $"w{random.Next(20)}\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, null);
        TableCodec codec = TableCodec.Fit(table, schema);
        float[] rows = codec.Encode(table, schema.File);
        int[] others = [.. Enumerable.Range(0, 300).Where(i => i % 3 == 0)];
        MixedRows mixed = MixedRows.OfCode(rows, codec);
        NearestRows all = new(mixed, 5), some = new(mixed, 5, others: others);
        double Distance(int a, int b) => Enumerable.Range(0, codec.Width).Sum(c => Math.Pow((double)rows[a * codec.Width + c] - rows[b * codec.Width + c], 2));
        for (int row = 0; row < 300; row++)
        {
            Assert.Equal(Nearest(Enumerable.Range(0, 300)), all.Of(row));
            Assert.Equal(Nearest(others), some.Of(row));
            IEnumerable<int> Nearest(IEnumerable<int> among) => among.Where(other => other != row).OrderBy(other => Distance(row, other)).Take(5);
        }
    }
}

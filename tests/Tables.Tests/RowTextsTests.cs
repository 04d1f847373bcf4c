using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public sealed class RowTextsTests
{
    /// <summary>Numbers, decimals, dates, times, categories, missing values, a sum, a copy and the class: a real row comes back as it was.</summary>
    [Fact]
    public void Real_rows_come_back_as_the_table_has_them()
    {
        var random = new RandomStream(3);
        var csv = new System.Text.StringBuilder("n,d,day,at,c,both,again,class\n");
        for (int i = 0; i < 400; i++)
        {
            (int n, int d) = (random.Next(50), random.Next(100_000));
            string amount = FormattableString.Invariant($"{d / 100.0:F2}");
            string number = i % 11 == 0 ? "" : $"{n}", day = $"2020-0{1 + i % 9}-1{random.Next(9)}";
            string at = $"{day} {10 + random.Next(14)}:{10 + random.Next(50)}:00", both = number.Length == 0 ? "" : $"{2 * n}";
            csv.Append($"{number},{amount},{day},{at},v{i % 3},{both},v{i % 3},{(i % 5 == 0 ? "x" : "y")}\n");
        }
        Table table = TableReader.Read(new StringReader(csv.ToString()), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, "class");
        TableCodec codec = TableCodec.Fit(table, schema);
        Assert.NotEmpty(codec.Derived);
        float[] rows = codec.Encode(table, schema.File);
        long[] labels = schema.Labels(table);
        var texts = new RowTexts(codec, schema.ClassNames);
        for (int row = 0; row < table.Rows; row++)
        {
            IReadOnlyDictionary<string, string> made = texts.Of(rows.AsSpan(row * codec.Width, codec.Width), labels[row]);
            Assert.Equal(codec.Header.Order(), made.Keys.Order());
            foreach (string name in codec.Header.Where(name => codec.Columns.All(c => c.Name != name || c.Heaps.Count == 0)))
                Assert.Equal(table[name][row], made[name]);
        }
    }
}

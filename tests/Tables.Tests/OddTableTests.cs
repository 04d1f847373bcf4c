using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>Tables of odd cells and labels, drawn at random: each can be trained on, or is refused with a sentence of its own.</summary>
public class OddTableTests
{
    private static readonly string[] Odd = [" ", "  ", "3O", "NULL", "nan", "-", "#REF!", "Total", "unknown", "\u22125", "1\u00A0234", "9,885", "1.234,5",
        "12%",
        "$5", "5 \u20AC", "A1", "1e999", "0000-00-00", "2024-02-30", "+", "%", ".", ",", "'5", "1,2,3", "--5", "0x1F", "\u0665", "yes", "\u200B"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_table_is_encoded_or_refused_with_a_sentence(int seed)
    {
        var random = new Random(seed);
        int rows = random.Next(3) == 0 ? random.Next(2, 20) : random.Next(20, 120);
        string[][] columns = [Column(random, rows), Column(random, rows), Column(random, rows), Labels(random, rows)];
        string csv = "a,b,c,class\n" + string.Concat(Enumerable.Range(0, rows).Select(row => string.Join(',', columns.Select(c => $"\"{c[row]}\"")) + "\n"));
        string[] schemas = ["", "missing: [\"\", \" \", NULL, nan]", "columns: { a: { thousands: \",\" } }", "decimal: \",\"", "keep_missing: false",
            "columns: { class: { type: categorical }, b: { type: categorical } }"];
        try
        {
            Table table = Text.Table(csv);
            var file = SchemaFile.Parse(schemas[random.Next(schemas.Length)], "s.yaml");
            TableSchema schema = TableSchema.Infer(table, random.Next(4) > 0 ? "class" : null, file);
            TableCodec codec = TableCodec.Fit(table, schema);
            Assert.Equal(table.Rows * codec.Width, codec.Encode(table, schema.File).Length);
            Assert.True(schema.Notes.Count <= 3 * table.Columns.Count + 4, string.Join("\n", schema.Notes));
            // A part of the table is what the whole is: nothing about it is asked again.
            int[] some = [.. Enumerable.Range(0, table.Rows).Where(row => row % 5 > 0)];
            if (schema.Columns.All(c => c.Type == ColumnType.Constant || table.Pick(some).Find(c.Name)!.Values.Count > 1) && schema.Label is null)
                _ = TableSchema.Infer(schema.Kept(table).Pick(some), schema.Label, file.ForPartOf(schema));
        }
        catch (UserErrorException e)
        {
            Assert.StartsWith("t.csv", e.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A column of one kind with some odd cells in it.</summary>
    private static string[] Column(Random random, int rows)
    {
        int kind = random.Next(7), often = random.Next(5);
        string[] few = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Odd[random.Next(Odd.Length)])];
        return [.. Enumerable.Range(0, rows).Select(row => often switch
        {
            0 => false,
            1 => row == rows / 2,
            2 => random.Next(20) == 0,
            3 => random.Next(3) == 0,
            _ => row == rows - 1,
        } ? few[random.Next(few.Length)] : Usual(random, kind, row))];
    }

    private static string Usual(Random random, int kind, int row) => kind switch
    {
        0 => $"{random.Next(90)}",
        1 => random.NextDouble().ToString("F3", CultureInfo.InvariantCulture),
        2 => $"{random.Next(1, 4)}",
        3 => new DateTime(2024, 1, 1).AddDays(random.Next(300)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        4 => random.Next(2) == 0 ? "yes" : "no",
        5 => $"{row + 100}",
        _ => $"{"abc"[random.Next(3)]}",
    };

    private static string[] Labels(Random random, int rows)
    {
        int kind = random.Next(6);
        return [.. Enumerable.Range(0, rows).Select(row => kind switch
        {
            0 => row == 0 ? "rare" : "common",
            1 => new[] { "a", "A", "a ", "b" }[random.Next(4)],
            2 => Text.Number(random.NextDouble()),
            3 => $"{random.Next(40)}",
            4 => $"person {row}",
            _ => random.Next(10) == 0 ? Odd[random.Next(Odd.Length)] : "usual",
        })];
    }
}

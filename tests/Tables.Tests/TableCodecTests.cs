using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class TableCodecTests
{
    [Theory]
    [InlineData("")]
    [InlineData("columns: { x: { encoding: quantile } }")]
    public void Numbers_come_back_from_their_code(string yaml)
    {
        Gen<double> value = Gen.OneOf(Gen.Choose(-1000, 1000).Select(i => i / 100.0), Gen.Choose(100_000, 101_000).Select(i => (double)i), Gen.Constant(0.0));
        Prop.ForAll(Arb.From(value.ArrayOf(120)), values =>
        {
            (Table table, TableSchema schema, TableCodec codec) = Fit(values.Select(Text.Number), yaml);
            if (schema.Columns[0].Type == ColumnType.Constant) return true;
            ColumnCode code = codec.Columns[0];
            double[] back = [.. values.Select(v => code.Encode(v)).Select(c => code.Decode(c.Slot, c.Scalar))];
            // Ranks between two known quantiles are interpolated, so a gap in the data costs accuracy there.
            double tolerance = code.Kind == CodeKind.Mixture ? 0.0051 : values.Max() - values.Min();
            return values.Zip(back, (v, b) => Math.Abs(v - b) <= tolerance && b >= values.Min() && b <= values.Max()).All(same => same);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Rounding stays in the range: with one digit, 0.95 is no 1.0, and 0.05 no 0.0.</summary>
    [Fact]
    public void What_is_decoded_is_in_the_range_and_has_no_more_digits()
    {
        var code = new ColumnCode("x", ColumnType.Numeric, CodeKind.Mixture)
        {
            Centers = [0.5],
            HalfWidths = [0.45],
            Min = 0.05,
            Max = 0.95,
            Style =
            new(NumberRounding.Decimals, 1)
        };
        Assert.Equal((0.1, 0.9), (code.Decode(0, -1), code.Decode(0, 1)));
        Gen<(int Min, int Width, int Decimals, float Scalar)> cases = Gen.Choose(-5000, 5000).SelectMany(min => Gen.Choose(0, 3000).SelectMany(width =>
            Gen.Choose(0, 6).SelectMany(decimals => Gen.Choose(-100, 100).Select(s => (min, width, decimals, s / 100f)))));
        Prop.ForAll(Arb.From(cases), c =>
        {
            double min = c.Min / 1000.0, max = (c.Min + c.Width) / 1000.0, power = Math.Pow(10, c.Decimals);
            var column = new ColumnCode("x", ColumnType.Numeric, CodeKind.Mixture)
            {
                Centers = [(min + max) / 2],
                HalfWidths = [(max - min) / 2],
                Min = min,
                Max = max,
                Style = new(NumberRounding.Decimals, c.Decimals),
            };
            if (column.Lowest > column.Highest) return Math.Floor(max * power + 1e-9) < Math.Ceiling(min * power - 1e-9);
            double value = column.Decode(0, c.Scalar);
            return value >= min && value <= max && Math.Round(value * power) / power == value;
        }).QuickCheckThrowOnFailure();
        string refused = Assert.Throws<UserErrorException>(() => SchemaFile.Parse("columns: { x: { min: 0.91, max: 0.99, decimals: 1 } }", "s.yaml")).Message;
        Assert.Contains("no number of 1 decimals lies between min and max", refused);
        Assert.Contains("no number of 0 decimals", Assert.Throws<UserErrorException>(() =>
            SchemaFile.Parse("columns: { x: { type: integer, min: 0.1, max: 0.9 } }", "s.yaml")).Message);
    }

    [Fact]
    public void Every_encoded_column_has_one_hot_slot_and_scalars_in_range()
    {
        Table table = Text.Table("n,i,c,d,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{(i % 9 == 0 ? "" : Text.Number(i * i / 7.0))},{i % 3},{"rgb"[i % 3]},2024-01-{i % 28 + 1:D2},{(i % 2 == 0 ? "a" : "b")}\n")));
        TableSchema schema = Text.Schema(table);
        TableCodec codec = TableCodec.Fit(table, schema);
        float[] rows = codec.Encode(table, schema.File);
        Assert.Equal(table.Rows * codec.Width, rows.Length);
        for (int row = 0; row < table.Rows; row++)
        {
            foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
            {
                float[] slots = rows.AsSpan(row * codec.Width + slot, column.Slots).ToArray();
                Assert.Equal(column.Slots == 0 ? 0 : 1, slots.Count(s => s == 1));
                Assert.All(slots, s => Assert.True(s is 0 or 1));
                if (column.Scalars > 0) Assert.InRange(rows[row * codec.Width + scalar], -1, 1);
            }
            bool missing = codec.Columns[0].MissingSlot >= 0 && rows[row * codec.Width + codec.Scalars + codec.Columns[0].MissingSlot] == 1;
            Assert.Equal(table.Columns[0][row].Length == 0, missing);
        }
        Assert.Equal(["n", "i", "c", "d", "class"], codec.Header);
    }

    [Fact]
    public void A_frequent_value_is_a_mode_of_its_own_and_decodes_exactly()
    {
        ColumnCode code = Fit(Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "0" : Text.Number(50 + i / 10.0))).Codec.Columns[0];
        (int slot, float scalar) = code.Encode(0);
        Assert.Equal(0, code.HalfWidths[slot]);
        Assert.Equal(0, code.Decode(slot, 0.7f));
        Assert.Equal(0, scalar);
    }

    [Fact]
    public void Missing_values_are_filled_where_the_schema_says_so()
    {
        Table table = Text.Table("n,c,class\n1,r,a\n2,r,b\n,,a\n9,g,b\n");
        TableSchema schema = Text.Schema(table, "keep_missing: false");
        TableCodec codec = TableCodec.Fit(table, schema);
        float[] rows = codec.Encode(table, schema.File);
        Assert.All(codec.Columns, c => Assert.False(c.HasMissing));
        // the median is 2, the most frequent r
        Assert.Equal(rows.AsSpan(codec.Width, codec.Width).ToArray(), rows.AsSpan(2 * codec.Width, codec.Width).ToArray());
    }

    [Fact]
    public void Dates_are_counted_in_the_steps_that_they_need()
    {
        ColumnCode days = Fit(Enumerable.Range(1, 28).Select(d => $"2024-02-{d:D2}")).Codec.Columns[0],
            minutes = Fit(Enumerable.Range(0, 28).Select(m => $"2024-02-01 00:{m:D2}")).Codec.Columns[0];
        Assert.Equal((TimeSpan.TicksPerDay, 28), (days.Dates!.StepTicks, days.Dates.Count));
        Assert.Equal((TimeSpan.TicksPerMinute, 28), (minutes.Dates!.StepTicks, minutes.Dates.Count));
        (int slot, float scalar) = days.Encode(days.Dates.Number("2024-02-17")!.Value);
        Assert.Equal("2024-02-17", days.Dates.Text((long)days.Decode(slot, scalar)));
    }

    [Fact]
    public void A_value_that_was_never_learned_is_said_with_its_line()
    {
        (_, TableSchema schema, TableCodec codec) = Fit(["r", "g", "b", "r"]);
        var e = Assert.Throws<UserErrorException>(() => codec.Encode(Text.Column(["r", "white"]), schema.File));
        Assert.Equal("t.csv line 3, column 'x': 'white' is a value that the generator was not trained on; it knows r, g, b.", e.Message);
    }

    private static (Table Table, TableSchema Schema, TableCodec Codec) Fit(IEnumerable<string> values, string yaml = "")
    {
        Table table = Text.Column(values);
        try
        {
            TableSchema schema = Text.Schema(table, yaml);
            return (table, schema, TableCodec.Fit(table, schema));
        }
        catch (UserErrorException e) when (e.Message.Contains("nothing to train on", StringComparison.Ordinal))
        {
            return (table, new TableSchema([new("x", ColumnType.Constant)], "class", [], new SchemaFile(), []), new TableCodec([], [], null));
        }
    }
}

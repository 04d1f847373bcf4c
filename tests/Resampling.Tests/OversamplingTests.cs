using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Resampling.Tests;

public sealed class OversamplingTests
{
    /// <summary>
    /// Whatever the columns are, a row that SMOTE-NC makes is a row: one slot a column, numbers in range. A column of one category has no slot.
    /// </summary>
    [Fact]
    public void Rows_of_smote_are_rows()
    {
        Gen<ColumnCode> column = Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(1, 4).SelectMany(size => Gen.Elements(true, false).Select(missing =>
            kind switch
            {
                0 => new ColumnCode("", ColumnType.Constant, CodeKind.Constant) { Categories = ["c"], HasMissing = missing },
                1 => new ColumnCode("", ColumnType.Categorical, CodeKind.OneHot)
                {
                    Categories = [.. Enumerable.Range(0, size).Select(i => $"v{i}")],
                    IsText = true,
                    HasMissing = missing,
                },
                2 => new ColumnCode("", ColumnType.Numeric, CodeKind.Mixture)
                {
                    Centers = [.. Enumerable.Range(0, size).Select(i => (double)i)],
                    HalfWidths = [.. Enumerable.Repeat(0.5, size)],
                    HasMissing = missing,
                },
                _ => new ColumnCode("", ColumnType.Numeric, CodeKind.Quantile) { Quantiles = [0, 1], HasMissing = missing },
            })));
        Prop.ForAll(Arb.From(column.ArrayOf(5).SelectMany(columns => Gen.Choose(1, int.MaxValue).Select(seed => (columns, (ulong)seed)))), c =>
        {
            ColumnCode[] columns = [.. c.columns.Select((code, i) => code with { Name = $"c{i}" })];
            var codec = new TableCodec(columns, [.. columns.Select(code => code.Name)], null);
            if (codec.Width == 0) return true;
            var random = new RandomStream(c.Item2);
            long[] labels = [.. Enumerable.Range(0, 12).Select(i => i < 11 ? 0L : 1L)];
            float[] values = new float[labels.Length * codec.Width];
            for (int row = 0; row < labels.Length; row++)
            {
                foreach ((ColumnCode code, int scalar, int slot) in codec.Layout())
                {
                    if (code.Scalars > 0) values[row * codec.Width + scalar] = 2 * random.NextSingle() - 1;
                    if (code.Slots > 0) values[row * codec.Width + slot + random.Next(code.Slots)] = 1;
                }
            }
            float[] made = Oversampling.Of(new LabelledRows(values, codec.Width, labels, ["a", "b"]), codec, new Smote(), [0, 0, 0, 0, 1, 1], c.Item2);
            return Enumerable.Range(0, 6).All(row => codec.Layout().All(place =>
            {
                ReadOnlySpan<float> slots = made.AsSpan(row * codec.Width + place.Slot, place.Column.Slots);
                return (place.Column.Slots == 0 || (slots.Count(1f) == 1 && slots.Count(0f) == place.Column.Slots - 1))
                    && (place.Column.Scalars == 0 || Math.Abs(made[row * codec.Width + place.Scalar]) <= 1);
            }));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Numbers of a new row lie between two rows' own, whatever modes they are in, and a category is one of the class's.</summary>
    [Fact]
    public void New_rows_of_a_table_lie_between_rows_of_their_class()
    {
        var random = new Random(2);
        string csv = "a,b,c,class\n" + string.Concat(Enumerable.Range(0, 120).Select(i => FormattableString.Invariant(
            $"{(i % 4 == 0 ? 50 : 0) + random.NextDouble():F3},{(i % 5 == 0 ? "" : $"{random.Next(1000)}")},{(i % 4 == 0 ? "rare" : $"v{i % 3}")},") +
            $"{(i % 4 == 0 ? "x" : "y")}\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, "class");
        TableCodec codec = TableCodec.Fit(table, schema);
        var rows = new LabelledRows(codec.Encode(table, schema.File), codec.Width, schema.Labels(table), schema.ClassNames);
        long[] wanted = rows.Lacking();
        Assert.Equal(60, wanted.Length);
        float[] added = Oversampling.Of(rows, codec, new Smote(), wanted, 5);
        (ColumnCode a, int scalar, int slot) = codec.Layout().First();
        (ColumnCode c, int _, int categories) = codec.Layout().Last();
        int missing = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            ReadOnlySpan<float> row = added.AsSpan(i * codec.Width, codec.Width);
            Assert.InRange(a.Decode(row.Slice(slot, a.Slots).IndexOf(1f), row[scalar]), 50, 51);
            Assert.Equal("rare", c.Categories[row.Slice(categories, c.Slots).IndexOf(1f)]);
            (ColumnCode b, int _, int modes) = codec.Layout().ElementAt(1);
            missing += row.Slice(modes, b.Slots).IndexOf(1f) == b.MissingSlot ? 1 : 0;
        }
        Assert.InRange(missing, 0, 30);
        float[] repeated = Oversampling.Of(rows, codec, new RandomOversampling(), wanted, 5);
        HashSet<string> real = [.. rows.PlacesOf(wanted[0]).Select(place => string.Join(' ', rows.Row(place).ToArray()))];
        Assert.All(repeated.Chunk(codec.Width), row => Assert.Contains(string.Join(' ', row), real));
    }

    [Fact]
    public void New_rows_of_numbers_lie_on_lines_between_rows_of_their_class()
    {
        var rows = new LabelledRows([0, 0, 1, 2, 2, 4, 100, 7], 2, [0, 0, 0, 1], ["a", "b"]);
        float[] added = Oversampling.Of(rows, null, new Smote(), [0, 1, 0, 1], 5);
        Assert.Equal([100, 7, 100, 7], added[2..4].Concat(added[6..]));
        Assert.Equal([2 * added[0], 2 * added[4]], [added[1], added[5]], (x, y) => Math.Abs(x - y) < 1e-5);
    }
}

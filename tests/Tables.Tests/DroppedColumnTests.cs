using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>IDs, free text, indices, and what the user says about columns.</summary>
public class DroppedColumnTests
{
    private const int Rows = 40;

    private static TableSchema Infer(Table table, string[]? drop = null, string[]? keep = null, string[]? missing = null, string yaml = "") =>
        TableSchema.Infer(table, "class", SchemaFile.Parse(yaml, "s.yaml").With(new ColumnChoices(drop ?? [], keep ?? [], missing ?? [])));

    /// <summary>A column of that name before a number that varies and the class.</summary>
    private static Table With(string name, Func<int, string> value, int rows = Rows) =>
        Text.Table($"{name},x,class\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{value(i)},{i % 7}.5,{(i % 2 == 0 ? "a" : "b")}\n")));

    private static string Error(Func<object> work) => Assert.Throws<UserErrorException>(work).Message;

    public static TheoryData<string, string, string> Told => new()
    {
        { "id", "{0}", "column 'id' has another value in each of 40 rows, so it seems to be an ID and is dropped; --keep id keeps it" },
        { "CustomerId", "{1}", "column 'CustomerId' has another value in each of 40 rows, so it seems to be an ID and is dropped; --keep CustomerId keeps it" },
        { "code", "C{0:00000}", "column 'code' has another value in each of 40 rows, so it seems to be an ID and is dropped; --keep code keeps it" },
        { "memo", "note {0} of somebody", "column 'memo' has 40 different texts in 40 rows, so it seems to be free text and is dropped; --keep memo keeps it" },
        { "Unnamed: 0", "{1}", "column 'Unnamed: 0' numbers the rows as an index of pandas does and is dropped; --keep \"Unnamed: 0\" keeps it" },
        { "", "{0}", "the first column, which has no name, tells the rows apart as an index does and is dropped; give it a name to keep it" },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void Columns_that_name_the_row_and_free_text_are_dropped_with_a_note(string name, string format, string note)
    {
        TableSchema schema = Infer(With(name, i => string.Format(Inv, format, i, 1_000_000 + i * i * 7919)));
        Assert.Equal([note], schema.Notes);
        Assert.Equal([note], schema.DropNotes);
        Assert.Equal([name], schema.Dropped.Select(d => d.Name));
        Assert.Equal(["x"], schema.Columns.Select(c => c.Name));
    }

    [Fact]
    public void An_id_of_which_some_rows_have_none_is_an_id() =>
        Assert.Equal(DropReason.Id, Infer(With("code", i => i % 9 == 0 ? "" : $"C{i:0000}")).Dropped.Single().Reason);

    [Fact]
    public void An_id_may_be_written_with_a_decimal_point() =>
        Assert.Equal(DropReason.Id, Infer(With("number", i => i % 9 == 0 ? "" : $"{i}.0")).Dropped.Single().Reason);

    /// <summary>A few rows whose numbers differ, a column of few numbers, and an integer that is spread are features.</summary>
    [Theory]
    [InlineData("count", 10, 1)]
    [InlineData("year", 40, 13)]
    public void Whole_numbers_that_are_no_counter_stay(string name, int rows, int step) =>
        Assert.Empty(Infer(With(name, i => $"{1900 + i * step}", rows)).Dropped);

    [Fact]
    public void What_is_kept_is_of_the_type_that_it_looks_like()
    {
        Assert.Equal(ColumnType.Integer, Infer(With("id", i => $"{i}"), keep: ["id"]).Columns[0].Type);
        Assert.Equal(ColumnType.Integer, Infer(With("Unnamed: 0", i => $"{i}"), keep: ["Unnamed: 0"]).Columns[0].Type);
        TableSchema text = Infer(With("memo", i => $"note {i} of somebody"), keep: ["memo"]);
        Assert.Equal((ColumnType.Categorical, 0), (text.Columns[0].Type, text.Dropped.Count));
        Assert.Equal("--keep memo: each of the 40 different texts of the column would be a category of its own, and encoded rows may be 30 numbers wide; " +
            "leave it out of t.csv, or join its rare values.", Error(() => Infer(With("memo", i => $"note {i} of somebody"), keep: ["memo"],
                yaml: "max_width: 30")));
        Assert.Equal(ColumnType.Integer, Infer(With("id", i => $"{i}"), yaml: "columns: { id: { type: integer } }").Columns[0].Type);
    }

    /// <summary>Whatever is odd about a column that is dropped, it is no error.</summary>
    [Fact]
    public void What_is_dropped_is_not_trained_on()
    {
        TableSchema schema = Infer(With("odd", i => i == 3 ? "NaN" : $"{i}.25"), drop: ["odd"]);
        Assert.Equal([new DroppedColumn("odd", DropReason.User)], schema.Dropped);
        Assert.Empty(schema.Notes);
        Assert.Equal([new DroppedColumn("id", DropReason.Id)], Infer(With("id", i => $"{i}"), drop: ["id"]).Dropped);
        Assert.Equal([new DroppedColumn("id", DropReason.Id)], Infer(With("id", i => $"{i}"), yaml: "columns: { id: { type: drop } }").Dropped);
    }

    [Fact]
    public void Texts_that_mean_missing_come_to_those_of_the_schema_file()
    {
        Table table = With("n", i => i % 4 == 0 ? "?" : i % 4 == 1 ? "-999" : $"{i}.5");
        Assert.Equal(20, Infer(table, missing: ["?", "-999"]).Columns[0].Missing);
        Assert.Equal(["?", "-999"], Infer(table, missing: ["-999"], yaml: "missing: ['?']").File.Missing);
    }

    [Theory]
    [InlineData("x", "x", "", "--drop x, --keep x: a column is dropped or kept; leave one of the two out.")]
    [InlineData("x", "", "columns: { x: { type: numeric } }", "--drop x: the schema file says what the column is; leave the one or the other out.")]
    [InlineData("", "x", "columns: { x: { type: drop } }", "--keep x: the schema file says 'type: drop' of the column; leave the one or the other out.")]
    [InlineData("class", "", "", "--drop class: it is the class column; name another with --label, or none with --label \"\".")]
    [InlineData("idd", "", "", "--drop idd: t.csv has no such column; did you mean 'id'? It has id, x, class.")]
    [InlineData("", "something", "", "--keep something: t.csv has no such column; it has id, x, class.")]
    [InlineData("x", "", "", "t.csv: no column beside the label varies; there is nothing to train on (dropped: id, x).")]
    public void What_does_not_go_together_is_a_sentence(string drop, string keep, string yaml, string sentence) => Assert.Equal(sentence, Error(() =>
        Infer(With("id", i => $"{i}"), drop.Split(' ', StringSplitOptions.RemoveEmptyEntries), keep.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            yaml: yaml)));

    [Fact]
    public void Only_the_first_column_may_lack_a_name_and_only_an_index()
    {
        Assert.Equal("t.csv line 1: column 1 has no name; give it one.", Error(() => Infer(With("", i => $"{i % 3}.5"))));
        Assert.Equal("t.csv line 1: column 2 has no name; give it one.", Error(() => Text.Table("x,,class\n1,2,a\n")));
        Assert.Equal("t.csv line 1: column 1 has no name; give it one.", Error(() => Text.Table("\"\"\n1\n")));
    }

    /// <summary>A column may look like another kind in some of the rows; what is trained on is what the whole table says.</summary>
    [Fact]
    public void A_part_of_the_rows_has_the_columns_of_the_whole()
    {
        Table table = With("name", i => $"n{i / 2}"), kept;
        TableSchema whole = Infer(table);
        kept = whole.Kept(table).Pick([.. Enumerable.Range(0, 20).Select(i => 2 * i + i % 2)]);
        Assert.Equal(["name"], Infer(kept).Dropped.Select(d => d.Name));
        Assert.Equal(["name", "x"], TableSchema.Infer(kept, "class", whole.File.ForPartOf(whole)).Columns.Select(c => c.Name));
    }

    private static readonly IFormatProvider Inv = System.Globalization.CultureInfo.InvariantCulture;
}

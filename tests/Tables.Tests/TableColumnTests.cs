namespace GanPipeline.Tables.Tests;

public class TableColumnTests
{
    [Fact]
    public void A_column_keeps_its_texts_and_has_numbers_or_words()
    {
        Table table = Text.Table("x,class\n1.50,a\n,b\n1.50,\n-0,a\n");
        TableColumn texts = table.Columns[0], numbers = texts.AsNumbers([1.5, double.NaN, 0]);
        Assert.Equal(["1.50", "", "1.50", "-0"], Enumerable.Range(0, 4).Select(row => numbers[row]));
        Assert.Equal([1.5, double.NaN, 1.5, 0], numbers.Numbers!);
        Assert.Equal(new string?[] { "1.50", null, "1.50", "-0" }, texts.Words);
        Assert.True(numbers.IsNumeric && !texts.IsNumeric && numbers.Words is null && texts.Numbers is null);
        Assert.Equal(0.25, numbers.MissingShare);
        TableColumn picked = numbers.Pick([3, 0, 0]);
        Assert.Equal([0, 1.5, 1.5], picked.Numbers!);
        Assert.Equal(["-0", "1.50"], picked.Values);
        Assert.Equal([1, 2], picked.Counts());
        Assert.Equal(new string?[] { "b", null }, table.Columns[1].Pick([1, 2]).Words);
    }

    [Fact]
    public void Columns_of_values_have_texts_too()
    {
        Assert.Equal(["0.5", "", "0.5"], Enumerable.Range(0, 3).Select(row => new TableColumn("n", [0.5, double.NaN, 0.5])[row]));
        var words = new TableColumn("w", ["a", null, "a"]);
        Assert.Equal(["a", ""], words.Values);
        Assert.Equal([0, 1, 0], words.Codes);
        Assert.Equal(new string?[] { "a", null }, words.Pick([2, 1]).Words);
    }

    [Fact]
    public void A_generated_row_equals_the_row_of_a_file_that_reads_like_it()
    {
        Table file = Text.Table("x,y,class\n0.1,16777217,a\n0.3,,b\n");
        Table real = file.WithColumns([file["x"].AsNumbers([0.1, 0.3]), file["y"].AsNumbers([16777217, double.NaN]), file["class"]]);
        var generated = new Table(new TableColumn("x", [0.1, 0.3]), new TableColumn("y", [16777217, double.NaN]),
            new TableColumn("class", ["a", "b"]));
        Assert.Equal(real.Keys(), generated.Keys());
        Assert.NotEqual(real.Key(0), real.Key(1));
    }

    [Fact]
    public void Picked_rows_keep_their_lines()
    {
        Table table = Text.Table("x,class\n\"1\n2\",a\n3,b\n").Pick([1]);
        Assert.Equal("t.csv line 4, column 'x': odd.", table.Error(0, table["x"], "odd.").Message);
        Assert.Equal((1, "3"), (table.Rows, table["x"][0]));
        Assert.Throws<Primitives.UserErrorException>(() => table["z"]);
    }
}

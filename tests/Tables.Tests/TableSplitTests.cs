using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class TableSplitTests
{
    private static readonly string Csv = "x,c,class\n" + string.Concat(Enumerable.Range(0, 200)
        .Select(i => $"{i}.5,{(i % 2 == 0 ? "red" : "blue")},{(i % 10 == 0 ? "rare" : "usual")}\n"));

    [Fact]
    public void Classes_keep_their_shares_and_every_row_is_in_one_part_with_its_line()
    {
        Table table = Text.Table(Csv);
        (Table train, Table test) = TableSplit.Of(table, Text.Schema(table), 0.25);
        Assert.Equal((200, 50), (train.Rows + test.Rows, test.Rows));
        Assert.Equal(5, test.Find("class")!.Codes.Count(code => test.Find("class")!.Values[code] == "rare"));
        Assert.Equal(Enumerable.Range(2, 200), train.Lines.Concat(test.Lines).Order());
        Assert.All(Enumerable.Range(0, test.Rows), row => Assert.Equal(table.Columns.Select(c => c[test.Lines[row] - 2]), test.Columns.Select(c => c[row])));
    }

    [Fact]
    public void Equal_rows_are_in_one_part()
    {
        Table table = Text.Table("x,class\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"{i % 20}.5,{(i % 20 < 10 ? "a" : "b")}\n")));
        (Table train, Table test) = TableSplit.Of(table, Text.Schema(table), 0.3);
        Assert.Empty(train.Columns[0].Values.Intersect(test.Columns[0].Values));
        Assert.Equal(36, test.Rows);
    }

    /// <summary>With its ID every row is another one; without it there are 20.</summary>
    [Theory]
    [InlineData("id")]
    [InlineData("")]
    [InlineData("Unnamed: 0")]
    public void Rows_that_only_an_id_tells_apart_are_in_one_part(string id)
    {
        Table table = Text.Table($"{id},x,class\n" +
            string.Concat(Enumerable.Range(0, 400).Select(i => $"{i},{i / 20}.5,{(i / 20 < 10 ? "a" : "b")}\n")));
        (Table train, Table test) = TableSplit.Of(table, Text.Schema(table), 0.2);
        Assert.Equal(80, test.Rows);
        Assert.Empty(train.Find("x")!.Values.Intersect(test.Find("x")!.Values));
    }

    [Fact]
    public void What_the_training_part_would_not_know_stays_in_it()
    {
        string odd = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.5,only{i},usual\n")) + "7.25,,alone\n";
        Table table = Text.Table(Csv + odd);
        (Table train, Table test) = TableSplit.Of(table, Text.Schema(table), 0.5);
        Assert.Equal(["blue", "red"], test.Find("c")!.Values.Order(StringComparer.Ordinal));
        Assert.Contains("alone", train.Find("class")!.Values);
        Assert.Contains("", train.Find("c")!.Values);
    }

    [Fact]
    public void A_category_of_each_row_is_named_as_what_leaves_nothing_to_test_on()
    {
        Table table = Text.Table("name,x,class\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"n{i},{i % 7}.5,{(i % 2 == 0 ? "a" : "b")}\n")));
        TableSchema schema = TableSchema.Infer(table, "class", new SchemaFile().With(new ColumnChoices([], ["name"], [])));
        Assert.Equal("t.csv: none of its 40 rows can be kept apart as a test part where column 'name' has another category in most rows; leave it out by " +
            "--drop name.", Assert.Throws<UserErrorException>(() => TableSplit.Of(table, schema, 0.2)).Message);
    }

    [Fact]
    public void Without_rows_to_spare_it_says_so()
    {
        Table table = Text.Table("x,class\n1.5,a\n2.5,b\n");
        string message = Assert.Throws<UserErrorException>(() => TableSplit.Of(table, Text.Schema(table), 0.2)).Message;
        Assert.Equal("t.csv: none of its 2 rows can be kept apart as a test part (data.test=0.2); give more rows, or a larger share.", message);
    }
}

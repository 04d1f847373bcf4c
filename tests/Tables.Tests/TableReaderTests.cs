using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class TableReaderTests
{
    [Fact]
    public void Every_field_comes_back_whatever_it_holds()
    {
        Gen<string> field = Gen.Elements('a', ',', '"', '\n', '\r', ' ', 'é', ';', '\t').ArrayOf()
            .Select(letters => new string(letters).Replace("\r", "", StringComparison.Ordinal));
        Gen<string[][]> tables = Gen.Choose(2, 5).SelectMany(columns => field.ArrayOf(columns).NonEmptyListOf().Select(rows => rows.ToArray()));
        Prop.ForAll(Arb.From(tables), rows =>
        {
            string header = string.Join(',', Enumerable.Range(0, rows[0].Length).Select(i => $"c{i}"));
            Table table = Text.Table(header + "\n" + string.Concat(
                rows.Select(row => string.Join(',', row.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n")));
            return table.Rows == rows.Length && rows.Select((row, r) => row.Select((f, c) => table.Columns[c][r] == f).All(same => same)).All(same => same);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "x,class\n1,a\n"u8];
        Assert.Equal("x", TableReader.Read(folder.Make("t.csv", bytes)).Columns[0].Name);
        Assert.Equal("x", TableReader.Read(folder.Make("u.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("x,class\n1,a\n")])).Columns[0]
            .Name);
    }

    [Fact]
    public void Another_encoding_is_named_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("t.csv", [.. "x,class\nab,a\n"u8, (byte)'M', 0xFC, .. "nchen,b\n"u8]);
        Assert.StartsWith($"{path} line 3: its bytes are no UTF-8 text; save the file as UTF-8", Error(() => TableReader.Read(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "t.csv: it has no header line; the first line must name the columns.")]
    [InlineData("x,class\n", "t.csv: it has a header but no rows; there is nothing to train on.")]
    [InlineData("x,class\n1,a\n2\n", "t.csv line 3: 1 fields, but the header names 2 columns; correct that line.")]
    [InlineData("x,class\n\"1\n2\",a\n2,b,c\n", "t.csv line 4: 3 fields, but the header names 2 columns; correct that line.")]
    [InlineData("x,class\n1,a\n\n2,b\n", "t.csv line 3: an empty line between rows; remove it.")]
    [InlineData("x,y,x\n1,2,3\n", "t.csv line 1: columns 1 and 3 are both named 'x'; rename one.")]
    [InlineData("x,,y\n1,2,3\n", "t.csv line 1: column 2 has no name; give it one.")]
    [InlineData("x,class\n1\"2,a\n", "t.csv line 2: a quote stands in the middle of a field; put the whole field in quotes and double the quotes in it.")]
    public void What_is_odd_about_a_file_is_said_with_its_line(string csv, string sentence) => Assert.Equal(sentence, Error(() => Text.Table(csv)));

    [Fact]
    public void Quoted_line_breaks_keep_the_count_of_lines_right()
    {
        Table table = Text.Table("x,class\n\"1\n2\",a\n3,b\n\n\n");
        Assert.Equal(["1\n2", "3"], [table.Columns[0][0], table.Columns[0][1]]);
        Assert.Equal([2, 4], table.Lines);
    }

    [Fact]
    public void A_hundred_thousand_columns_are_too_many()
    {
        string header = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"c{i}"));
        Assert.Equal("t.csv: the header names 100000 columns, and a table may have 4096; keep only the columns that matter.",
            Error(() => Text.Table(header + "\n")));
    }

    private static string Error(Action read) => Assert.Throws<UserErrorException>(read).Message;

    [Fact]
    public void A_scan_counts_the_values_of_one_column_and_reads_as_strictly()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("t.csv", [.. "x,class\n1,b\n\"2\n\",a\n3,b\n\n"u8]);
        ColumnScan scan = TableReader.Scan(path, header => header.ToList().IndexOf("class"));
        Assert.Equal(["x", "class"], scan.Header);
        Assert.Equal([("b", 2L, 2L), ("a", 1L, 3L)], scan.Values);
        Assert.Equal(3, scan.Count);
        string ragged = folder.Make("u.csv", [.. "x,class\n1,b\n2\n"u8]);
        Assert.Equal($"{ragged} line 3: 1 fields, but the header names 2 columns; correct that line.", Error(() => TableReader.Scan(ragged, _ => 1)));
    }
}

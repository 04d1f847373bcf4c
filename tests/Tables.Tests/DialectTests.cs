using System.IO.Compression;
using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class DialectTests
{
    [Theory]
    [InlineData("x,class\n1,a\n2,b\n", ',')]
    [InlineData("x;class\n1;a\n2;b\n", ';')]
    [InlineData("x\tclass\r\n1\ta\r\n2\tb\r\n", '\t')]
    [InlineData("x|class\r1|a\r2|b\r", '|')]
    [InlineData("x;class\n1,5;a\n2,5;b\n", ';')] // the header has no comma
    [InlineData("x, or y;class;z\n1,5;a;1\n2,5,5;b;2\n", ';')] // by commas, the rows differ
    [InlineData("\"a;b\",class\n\"1;2\",a\n", ',')] // what is in quotes separates nothing
    [InlineData("text;class\n\"a\nb;c\";x\n\"say \"\"a;b\"\"\";y\n", ';')]
    [InlineData("name\na;b\n", ',')] // one column stays one
    [InlineData("x,class\n1,a\n2\n", ',')] // a row that is wrong changes nothing
    [InlineData("x^y\n1^2\n", ',')]
    [InlineData("sep=^\nx^class\n1^a\n", '^')]
    [InlineData("SEP=;\r\nx;cl,ass\r\n1;a,b\r\n", ';')]
    public void The_separator_is_found_in_the_file(string text, char separator) => Assert.Equal(separator, Dialect.Of(text, true, "t.csv").Separator);

    [Fact]
    public void The_choice_is_made_at_a_beginning_that_may_end_in_a_field()
    {
        string text = "x;class\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},5;a\n"));
        Assert.Equal(20_000, Text.Table(text).Rows);
        Assert.Equal(',', Text.Table(text).Hints.Decimal);
    }

    [Fact]
    public void Two_separators_that_both_fit_are_refused_with_both_readings()
    {
        Assert.Equal("t.csv: its columns may be separated by ',' (2 columns) or by ';' (3 columns); say which by a first line sep=, or sep=;, " +
            "or put such fields in quotes.", Error(() => Text.Table("a;b,c;d\n1;2,3;4\n")));
        Assert.Equal(["a;b", "c;d"], Text.Table("sep=,\na;b,c;d\n1;2,3;4\n").Columns.Select(c => c.Name));
    }

    [Fact]
    public void Lines_are_counted_with_the_line_that_names_the_separator()
    {
        Assert.Equal([3, 4], Text.Table("sep=;\nx;class\n1;a\n2;b\n").Lines);
        Assert.Equal("t.csv line 4: 1 fields, but the header names 2 columns; correct that line.", Error(() => Text.Table("sep=;\nx;class\n1;a\n2\n")));
        Assert.Equal("t.csv line 2: column 2 has no name; give it one.", Error(() => Text.Table("sep=;\nx;\n1;a\n")));
    }

    [Theory]
    [InlineData("x;y\n1,5;a\n;b\n-2,25;c\n", ',', null)]
    [InlineData("x;y\n1.234,5;a\n2,5;b\n", ',', '.')]
    [InlineData("x;n;y\n1,5;1.234;a\n2,5;10.000;b\n", ',', '.')]
    [InlineData("x;y\n1 234,5 €;a\n2,50 €;b\n", ',', ' ')]
    [InlineData("x\ty\n1,5e3\ta\n", ',', null)]
    [InlineData("x;y\n1.5;a\n2.5;b\n", '.', null)]
    [InlineData("x;y\n1,234;a\n2,345;b\n", '.', null)] // the same; the column's inference names both readings
    [InlineData("x;y\n1,234;a\n0,345;b\n", ',', null)] // no group begins with a zero
    [InlineData("x;z;y\n1,234;1,5;a\n2,345;2,25;b\n", ',', null)] // the other column says it
    [InlineData("x;y\n1.234;a\n2.345;b\n", '.', null)] // groups or decimals: nobody can say
    [InlineData("x;z\n1,5;1.25\n2,5;2.5\n", '.', null)] // both: the cells with commas are for the columns' inference to refuse
    [InlineData("x;y\n1,234,567;a\n2,345,678;b\n", '.', null)]
    [InlineData("x;d\n1,5;31.12.2020\n2,5;01.01.2021\n", ',', null)] // dates are no numbers
    [InlineData("x,y\n\"1,5\",a\n\"2,5\",b\n", '.', null)] // between commas a comma is no decimal comma
    public void Decimal_commas_are_found_where_a_column_has_nothing_else(string text, char point, char? thousands) =>
        Assert.Equal(new NumberHints(point, thousands), Text.Table(text).Hints);

    [Theory]
    [InlineData("1,5", ',', null, "1.5")]
    [InlineData("-1.234,5", ',', '.', "-1234.5")]
    [InlineData("1,234", '.', ',', "1234")]
    [InlineData("1 234,5e3", ',', ' ', "1234.5e3")]
    [InlineData("1.5", ',', null, null)]
    [InlineData("1,23", '.', ',', null)]
    [InlineData("1,234,5", ',', '.', null)]
    public void A_number_is_written_as_programs_write_it(string text, char point, char? thousands, string? plain) =>
        Assert.Equal(plain, new NumberHints(point, thousands).Plain(text));

    [Fact]
    public void Points_are_read_with_decimal_commas_too()
    {
        using CsvRows rows = CsvRows.Of(new StringReader("x;y\n1,5;-2,25\n1.000,5;3\n"), "t.csv", CsvRules.Points);
        Assert.True(rows.Read());
        Assert.Equal([1.5f, -2.25f], [rows.Single(0, ""), rows.Single(1, "")]);
        Assert.True(rows.Read());
        Assert.Equal(1000.5f, rows.Single(0, ""));
    }

    [Fact]
    public void Byte_order_marks_of_files_that_were_joined_are_no_part_of_the_rows()
    {
        Table table = Read("\uFEFFx,class\n\uFEFF1,a\r\n\uFEFF\"2\",b\n\"\uFEFF\n\uFEFF3\",c\n");
        Assert.Equal("x", table.Columns[0].Name);
        Assert.Equal(["1", "2", "\uFEFF\n\uFEFF3"], table.Columns[0].Values); // in a field it is the field's own
        Assert.Equal("x", Read("\uFEFF\"\uFEFFx\",class\n1,a\n").Columns[0].Name);
    }

    [Fact]
    public void A_header_that_stands_among_the_rows_is_named()
    {
        Assert.Equal("t.csv line 3: the header stands there once more, as where files were joined; remove that line.",
            Error(() => Text.Table("x,class\n1,a\nx,class\n2,b\n")));
        Assert.Equal(2, Text.Table("1,0\n1,0\n2,0\n").Rows); // a table of numbers without a header is another fault
    }

    [Fact]
    public void Text_in_UTF_16_is_read_with_a_byte_order_mark_and_named_without()
    {
        const string Csv = "name;class\nMünchen;a\nΑθήνα;b\n";
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            Table table = ReadBytes([.. encoding.GetPreamble(), .. encoding.GetBytes(Csv)], out _);
            Assert.Equal(["München", "Αθήνα"], table.Columns[0].Values);
        }
        Assert.EndsWith(": it is UTF-16 text without a byte order mark, and so no text in UTF-8: convert it (iconv -f UTF-16LE -t UTF-8).",
            Error(() => ReadBytes(Encoding.Unicode.GetBytes(Csv), out _)), StringComparison.Ordinal);
        Assert.EndsWith(": it is UTF-16 text without a byte order mark, and so no text in UTF-8: convert it (iconv -f UTF-16BE -t UTF-8).",
            Error(() => ReadBytes(Encoding.BigEndianUnicode.GetBytes(Csv), out _)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,class\n1,a\n2,Z\n")]
    [InlineData("x,class\r1,a\r2,Z\r")]
    [InlineData("x,class\r\n1,a\r\n2,Z\r\n")]
    public void A_byte_that_is_no_text_is_named_with_its_line_whatever_ends_lines(string csv)
    {
        byte[] Replaced(byte with) => [.. Encoding.ASCII.GetBytes(csv).Select(b => b == 'Z' ? with : b)];
        Assert.Contains(" line 3: its bytes are no UTF-8 text; save the file as UTF-8 (for example by iconv -f WINDOWS-1252 -t UTF-8).",
            Error(() => ReadBytes(Replaced(0xFC), out _)), StringComparison.Ordinal);
        Assert.Contains(" line 3: it holds a NUL, which no text does", Error(() => ReadBytes(Replaced(0), out _)), StringComparison.Ordinal);
        Assert.Equal([2, 3], ReadBytes(Replaced((byte)'b'), out _).Lines);
    }

    [Fact]
    public void A_packed_table_is_read_whatever_it_is_called_and_refused_where_it_is_not_whole()
    {
        string csv = "x,class\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919 % 10007},{"ab"[i % 2]}\n"));
        byte[] packed = Packed(Encoding.UTF8.GetBytes(csv));
        Assert.Equal(30_000, ReadBytes(packed, out _).Rows);
        Assert.Equal(2, ReadBytes([.. Packed("x,class\n1,a\n"u8), .. Packed("2,b\n"u8)], out _).Rows);
        foreach (int length in new[] { packed.Length - 1, packed.Length - 7, packed.Length - 8, packed.Length - 9, packed.Length / 2, 300, 12, 3 })
        {
            Assert.EndsWith(": its gzip compression is damaged, or the file was cut off; fetch or pack it again.",
                Error(() => ReadBytes(packed[..length], out _)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_unpacks_to_more_than_any_honest_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder["bomb.csv.gz"];
        byte[] member = Packed(Encoding.ASCII.GetBytes("x,class\n" + string.Concat(Enumerable.Repeat("1,a\n", 1 << 20))));
        using (FileStream file = File.Create(path))
            for (int i = 0; i < 300; i++) file.Write(member);
        Assert.Contains("if it can be trusted, unpack it first (gunzip).", Error(() =>
        {
            using Stream bytes = TableText.OpenBytes(path);
            bytes.CopyTo(Stream.Null);
        }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0 }, "it is a ZIP file, or a spreadsheet (.xlsx): save the table as CSV, or unpack it.")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "it is a spreadsheet (.xls): save the table as CSV.")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 }, "it is packed by Zstandard: unpack it, or pack it by gzip.")]
    public void What_another_kind_of_file_is_is_said(byte[] bytes, string sentence) =>
        Assert.EndsWith(": " + sentence, Error(() => ReadBytes(bytes, out _)), StringComparison.Ordinal);

    private static Table Read(string text) => ReadBytes(new UTF8Encoding(false).GetBytes(text), out _);

    private static Table ReadBytes(byte[] bytes, out string path)
    {
        using var folder = new TemporaryFolder();
        path = folder.Make("t.csv", bytes);
        return TableReader.Read(path);
    }

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Error(Action read) => Assert.Throws<UserErrorException>(read).Message;
}

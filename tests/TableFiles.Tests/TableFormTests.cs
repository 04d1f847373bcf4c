using System.IO.Compression;
using System.Text;

namespace GanPipeline.TableFiles.Tests;

public class TableFormTests
{
    [Theory]
    [InlineData("t.csv", "x;y\r\n1,5;a\r\n", "o.csv", ";\r\n")]
    [InlineData("t.csv", "x;y\n1,5;a\n", "o.tsv", "\t\n")]
    [InlineData("t.tsv", "x\ty\n1\ta\n", "o.csv", ",\n")]
    [InlineData("t.tsv", "x,y\n1,a\n", "o.tsv", ",\n")] // whatever its ending says
    [InlineData("t.tab", "x,y\n1,a\n", "o.tsv.gz", ",\n")]
    [InlineData("t.csv", "x\ty\n1\ta\n", "o.csv", "\t\n")]
    [InlineData("t.txt", "x|y\r1|a\r", "-", "|\r")]
    public void A_text_file_is_written_as_the_one_that_it_comes_from_unless_its_ending_says_otherwise(string from, string text, string to, string form)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make(from, Encoding.UTF8.GetBytes(text));
        var target = (TextForm)TableForm.For(to, path, TableFile.FormOf(path), () => new ParquetForm([]));
        Assert.Equal((form, to.EndsWith(".gz", StringComparison.Ordinal)), (target.Separator + target.NewLine, target.Packed));
    }

    [Fact]
    public void Quotes_the_mark_and_the_separators_line_are_kept()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("t.csv", [0xEF, 0xBB, 0xBF, .. "sep=;\r\n\"x\";\"y\";z\r\n1;\"a\";\"b\"\r\n2;;c\r\n3;\"d;e\";f\r\n"u8]);
        TableForm form = TableForm.For(folder["o.csv"], path, TableFile.FormOf(path), () => new ParquetForm([]));
        form.Write(folder["o.csv"], ["x", "y", "z"], [["4", "g", "h;\"i\""], ["5", null, " j"]]);
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "sep=;\r\nx;y;z\r\n4;\"g\";\"h;\"\"i\"\"\"\r\n5;;\" j\"\r\n"u8], File.ReadAllBytes(folder["o.csv"]));
        Assert.Equal(["g", ""], TableFile.Read(folder["o.csv"]).Columns[1].Values);
    }

    [Fact]
    public void A_packed_file_and_one_of_a_single_column_with_gaps_read_back()
    {
        using var folder = new TemporaryFolder();
        TextForm.Usual.Write(folder["o.csv"], ["x"], [["1"], [null], ["3"]]);
        Assert.Equal(["1", "", "3"], TableFile.Read(folder["o.csv"]).Columns[0].Values);
        (TextForm.Usual with { Packed = true }).Write(folder["o.csv.gz"], ["x"], [["1"], [null], ["3"]]);
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(folder["o.csv.gz"]), CompressionMode.Decompress));
        Assert.Equal(File.ReadAllText(folder["o.csv"]), unpacked.ReadToEnd());
    }

    [Fact]
    public void What_a_column_cannot_hold_is_named_with_its_row()
    {
        using var folder = new TemporaryFolder();
        var form = new ParquetForm([new ParquetColumn("x", ParquetKind.Int64)]);
        Assert.Equal("row 2, column 'x': '?' is no value of the Parquet type Int64 that the column has; write a .csv file, which takes any text.",
            Assert.Throws<UserErrorException>(() => form.Write(folder["o.parquet"], ["x"], [["1"], ["?"]])).Message);
        Assert.False(File.Exists(folder["o.parquet"]));
    }
}

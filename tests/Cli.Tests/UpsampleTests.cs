using System.Text;
using GanPipeline.Inference.Tests;

namespace GanPipeline.Cli.Tests;

/// <summary><c>gan upsample</c> on CSV files: bytes stay, and memory does not grow with the file.</summary>
public sealed class UpsampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _generator;

    public UpsampleTests() => _generator = _folder.Make("g.onnx", new TestModel { Classes = 2, SampleShape = [2] }.ToBytes());

    public void Dispose() => _folder.Dispose();

    private GanProcess.Result Upsample(byte[] table, params string[] more) =>
        GanProcess.Run(["upsample", _folder.Make("table.csv", table), "--generator", _generator, "--out", _folder["out.csv"], "--force", .. more]);

    private byte[] Output(byte[] table, params string[] more)
    {
        GanProcess.Result result = Upsample(table, more);
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllBytes(_folder["out.csv"]);
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", true)]
    [InlineData("\r", false)]
    public void Every_byte_of_a_table_stays(string newLine, bool mark)
    {
        string text = string.Join(newLine, "class,\"x, or so\",y", "class-0,1.50,\"2\"", "class-0,+.5,-3e-1", "", "\"class-1\", 7,8.000",
            "\"not\rof \"\"the\"\"\r\n\nfile\",1,1");
        byte[] table = [.. mark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
        byte[] output = Output(table, "--balance", "counts:class-1=2");
        Assert.Equal([.. table, .. Encoding.UTF8.GetBytes(newLine)], output[..(table.Length + newLine.Length)]);
        string added = Encoding.UTF8.GetString(output[(table.Length + newLine.Length)..]);
        Assert.Matches($@"^class-1,[-.0-9E]+,[-.0-9E]+{newLine}$", added);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_synthetic_column_adds_a_field_to_each_record_and_nothing_else(string newLine)
    {
        const string Table = "\uFEFFx,y,class\r\n1,2,class-0\r\n\r\n3,4,\"two\r\nlines, \"\"quoted\"\"\"\r\n5,6,class-0\r\n7,8,class-1\r\n9,9,\r\n";
        const string Marked =
            "\uFEFFx,y,class,\"made, or not\"\r\n1,2,class-0,0\r\n\r\n3,4,\"two\r\nlines, \"\"quoted\"\"\",0\r\n5,6,class-0,0\r\n7,8,class-1,0\r\n9,9,,0\r\n";
        string Ended(string text) => text.Replace("\r\n", newLine, StringComparison.Ordinal);
        GanProcess.Result result = Upsample(Encoding.UTF8.GetBytes(Ended(Table)), "--synthetic-column", "made, or not", "--balance", "counts:class-1=3");
        Assert.True(result.ExitCode == 0, result.Error);
        string output = Encoding.UTF8.GetString(File.ReadAllBytes(_folder["out.csv"]));
        Assert.StartsWith(Ended(Marked), output, StringComparison.Ordinal);
        Assert.Matches($"^([-.0-9E]+,[-.0-9E]+,class-1,1{newLine}){{2}}$", output[Ended(Marked).Length..]);
        Assert.Contains("1 rows have no class; they are kept as they are.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_seed_other_rows()
    {
        byte[] table = "x,y,class\n1,2,class-0\n3,4,class-0\n5,6,class-1\n"u8.ToArray();
        byte[] first = Output(table, "--seed", "1");
        Assert.Equal(first, Output(table, "--seed", "1"));
        Assert.NotEqual(first, Output(table, "--seed", "2"));
    }

    [Fact]
    public void A_file_larger_than_memory()
    {
        const int Rows = 400_000, Limit = 32 << 20;
        string row = "0.12345678901234567890,            -0.98765432109876543210,                                 class-0\n";
        string table = _folder["large.csv"];
        using (var writer = new StreamWriter(table))
        {
            writer.Write("x,y,class\n");
            for (int i = 0; i < Rows; i++)
                writer.Write(i == Rows / 2 ? "1,2,class-1\n" : row.Replace(" class-0", "class-0", StringComparison.Ordinal));
        }
        Assert.InRange(new FileInfo(table).Length, Limit + 1, long.MaxValue);
        GanProcess.Result result = GanProcess.Run(new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = $"{Limit:X}" },
            "upsample", table, "--generator", _generator, "--out", _folder["out.csv"], "--balance", "counts:class-1=1000");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Rows + 1000, File.ReadLines(_folder["out.csv"]).Count());
        using FileStream before = File.OpenRead(table), after = File.OpenRead(_folder["out.csv"]);
        byte[] a = new byte[1 << 16], b = new byte[1 << 16];
        for (int read; (read = before.Read(a)) > 0;)
        {
            after.ReadExactly(b.AsSpan(0, read));
            Assert.True(a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, read)));
        }
    }

    [Theory]
    [InlineData("x,y,class\n1,2,\"class-0\n", "table.csv line 3: not readable as CSV")]
    [InlineData("class\nclass-0\n", "it has no column but 'class'; there is nothing to generate")]
    [InlineData("x,y,class\n", "the training data has no rows")]
    [InlineData("x,y,class\n1,2,class-0\n", "has one class only ('class-0', 1 rows)")]
    [InlineData("x,y,class\n1,2,class-0\n3,class-0\n", "table.csv line 3: 2 fields, but the header has 3")]
    [InlineData("x,y,class\n1,2,class-0\n3,NaN,class-1\n", "table.csv line 3, column 'y': 'NaN' is not a finite number")]
    [InlineData("x,y,class\n1,2,a\n1,3,a\n3,4,b\n", "does not know class 'b'")]
    public void Tables_that_cannot_be(string table, string message, params string[] more)
    {
        GanProcess.Result result = Upsample(Encoding.UTF8.GetBytes(table), more);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Fact]
    public void Text_of_two_bytes_a_character_is_written_in_UTF_8()
    {
        const string Table = "x;class\r\n1,5;class-0\r\n1,25;class-0\r\n2;class-1\r\n";
        byte[] output = Output([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Table.Replace("x;", "x;y;", StringComparison.Ordinal)
            .Replace(";class-", ";1;class-", StringComparison.Ordinal))]);
        Assert.Matches("^x;y;class\r\n1,5;1;class-0\r\n1,25;1;class-0\r\n2;1;class-1\r\n[-,0-9E]+;[-,0-9E]+;class-1\r\n$", Encoding.UTF8.GetString(output));
    }
}

using System.Buffers.Binary;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace GanPipeline.TableFiles.Tests;

/// <summary>Files that would hold the reader for ever, fill the memory, or overflow the stack.</summary>
public sealed class ForgedParquetTests
{
    private static readonly byte[] Group = [0x48, 1, (byte)'a', 0x15, 2, 0], Column = [0x15, 10, 0x38, 1, (byte)'x', 0];

    public static TheoryData<string, byte[]> Footers => new()
    {
        { "it ends within a description", [0x15, 0x80, 0x80] },
        { "it ends within a description", [0x15, 2, 0x19, 0x1C, .. Group[..^1]] },
        { "a number has no end", [0x15, .. Enumerable.Repeat((byte)0x80, 12), 0, 0] },
        { "268435455 elements are claimed of field 2", [0x15, 2, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0x7F, 0] },
        { "field 1 of FileMetaData is of type 8", [0x18, 1, 0, 0] },
        { "field 10 of FileMetaData is of type 9", [0xA9, .. Enumerable.Repeat((byte)0x19, 2_000_000), 0] },
        { "groups in groups, 64 deep", [0x15, 2, 0x19, 0xFC, 0xC0, 0x9A, 0x0C, .. Enumerable.Repeat(Group, 200_000).SelectMany(g => g), 0] },
        { "neither a column nor a group", [0x15, 2, 0x19, 0x2C, .. Group, 0x48, 1, (byte)'b', 0, 0] },
        { "a field has a number that there is not", [0x05, 0x80, 0x80, 0x80, 0x80, 0x40, 2, 0] },
    };

    [Theory]
    [MemberData(nameof(Footers))]
    public void A_footer_is_walked_before_it_is_read(string why, byte[] footer)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["t.parquet"], Made(footer));
        string message = Assert.Throws<UserErrorException>(() => TableFile.Open(folder["t.parquet"])).Message;
        Assert.StartsWith($"{folder["t.parquet"]}: it cannot be read as a Parquet file (", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_passed_over()
    {
        // A bare table of one column and no rows, and behind it text, a number and a flag in fields of a later version.
        byte[] root = [0x48, 1, (byte)'r', 0x15, 2, 0];
        byte[] footer = [0x15, 2, 0x19, 0x2C, .. root, .. Column, 0x16, 0, 0x19, 0x0C, 0xA8, 2, 7, 7, 0x15, 3, 0x11, 0];
        new ParquetThrift(footer, footer.Length).Walk(ParquetThrift.Footer);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["t.parquet"], Made(footer));
        using ITableRows rows = TableFile.Open(folder["t.parquet"]);
        Assert.Equal(["x"], rows.Header);
    }

    [Theory]
    [InlineData(0x49, "it claims a page of -37 bytes")]
    [InlineData(0x7F, "it claims a page of -64 bytes")]
    public async Task A_page_has_no_size_that_it_cannot_have(byte size, string why)
    {
        using var folder = new TemporaryFolder();
        string path = folder["t.parquet"];
        var field = new DataField("x", typeof(double), false);
        await using (FileStream file = File.Create(path))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), file,
                cancellationToken: TestContext.Current.CancellationToken);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<double>(field, new[] { 1.5, 2.5 }, cancellationToken: TestContext.Current.CancellationToken);
        }
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal([0x15, 0, 0x15], bytes[4..7]); // a page of data, and its size when unpacked, are the first fields
        Assert.Equal(0x15, bytes[8]);
        bytes[9] = size;
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<UserErrorException>(() => TableFile.Read(path)).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    private static byte[] Made(byte[] footer)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        byte[] mark = Encoding.ASCII.GetBytes("PAR1");
        return [.. mark, .. footer, .. length, .. mark];
    }
}

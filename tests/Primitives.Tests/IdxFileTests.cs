using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace GanPipeline.Primitives.Tests;

public class IdxFileTests
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_images_and_labels_whatever_the_name_says(bool compressed)
    {
        using var folder = new TemporaryFolder();
        var images = IdxFile.ReadImages(folder.Make("a", compressed ? Gzip(Images) : Images));
        Assert.Equal((2, 1, 3), (images.Count, images.Rows, images.Columns));
        Assert.Equal([1, 2, 3, 4, 5, 6], images.Pixels);
        Assert.Equal([7, 8, 9], IdxFile.ReadLabels(folder.Make("b.gz", compressed ? Gzip(Labels) : Labels)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.gz")]
    public void Reads_what_it_wrote_in_pieces(string name)
    {
        using var folder = new TemporaryFolder();
        IdxFile.WriteImages(folder[name], 2, 1, 3, [new byte[] { 1 }, new byte[] { 2, 3, 4, 5 }, new byte[] { 6 }]);
        Assert.Equal(Images[16..], IdxFile.ReadImages(folder[name]).Pixels);
        IdxFile.WriteLabels(folder[name], 3, [new byte[] { 7, 8, 9 }]);
        Assert.Equal(Labels[8..], IdxFile.ReadLabels(folder[name]));
    }

    [Fact]
    public void A_writer_with_too_few_bytes_publishes_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => IdxFile.WriteLabels(folder["a"], 3, [new byte[] { 7, 8 }]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void Bad_files_are_refused_in_one_sentence_with_the_name_and_the_reason()
    {
        using var folder = new TemporaryFolder();
        void Refused(byte[] contents, string reason)
        {
            var path = folder.Make("data", contents);
            var message = Assert.Throws<UserErrorException>(() => IdxFile.ReadImages(path)).Message;
            Assert.StartsWith(path + ": ", message);
            Assert.Contains(reason, message);
            Assert.DoesNotContain('\n', message);
        }

        byte[] Changed(int at, byte value)
        {
            var copy = Images.ToArray();
            copy[at] = value;
            return copy;
        }

        Refused([], "ends at byte 0");
        Refused(Images[..10], "ends at byte 10, inside its 16-byte IDX header");
        Refused(Labels.Concat(Labels).ToArray(), "swapped");
        Refused("hello, this is text"u8.ToArray(), "starts with 68656C6C");
        Refused(Changed(7, 0), "claims a size of 0 at byte 4");
        Refused(Changed(4, 0xFF), "claims a size of 4278190082 at byte 4");
        Refused(Changed(8, 0x7F), "more than the");
        Refused(Changed(7, 3), "too short to hold");
        Refused(Images[..21], "too short to hold");
        Refused([.. Images, 0], "goes on after");
        Refused(Gzip(Images[..21]), "ends after 5 of 2 x 1 x 3 = 6 bytes");
        Refused(Gzip(Changed(5, 0x7F)), "too short to hold");
        Refused(Gzip([.. Images, 0]), "goes on after");
        Refused([0x1F, 0x8B, 1, 2, 3], "gzip");
    }

    [Fact]
    public void A_small_compressed_file_of_gigabytes_is_refused_before_memory_is_taken()
    {
        using var folder = new TemporaryFolder();
        byte[] bomb = Gzip([0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 4, 0, 0, 0, 4, 0, .. new byte[100 << 20]]); // 100 MiB of zeros in about 100 kB
        string path = folder.Make("a.gz", bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains($"claims 100 x 1024 x 1024 bytes of images in {bomb.Length} compressed ones; if it can be trusted, decompress it first",
            Assert.Throws<UserErrorException>(() => IdxFile.ReadImages(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<UserErrorException>(() => IdxFile.ReadImages(folder["none"])).Message);
        Assert.Contains("no such file", Assert.Throws<UserErrorException>(() => IdxFile.ReadLabels(folder["none/either"])).Message);
        Assert.Throws<UserErrorException>(() => IdxFile.ReadImages(folder.Name));
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        byte[][] originals = [Images, Labels, Gzip(Images), Gzip(Labels)];
        var mutation = ArbMap.Default.GeneratorFor<(int File, (int At, byte Value)[] Changes, int Cut, byte[] Tail)>();
        Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            var contents = originals[(uint)m.File % 4].ToArray();
            foreach (var (at, value) in m.Changes)
            {
                contents[(uint)at % contents.Length] = value;
            }

            var path = folder.Make("mutant", [.. contents[..(int)((uint)m.Cut % (contents.Length + 1))], .. m.Tail]);
            return ReadsOrRefuses(() => IdxFile.ReadImages(path)) && ReadsOrRefuses(() => IdxFile.ReadLabels(path));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        static bool ReadsOrRefuses(Func<object> read)
        {
            try
            {
                return read() is not null;
            }
            catch (UserErrorException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Mnist_is_read_as_published()
    {
        var folder = Repository.Data("mnist");
        var images = IdxFile.ReadImages(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"));
        var labels = IdxFile.ReadLabels(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));
        Assert.Equal((10_000, 28, 28), (images.Count, images.Rows, images.Columns));
        Assert.Equal(10_000, labels.Length);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], labels[..10]); // the test set's well-known first digits
    }

    private static byte[] Gzip(byte[] contents)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(contents);
        }

        return compressed.ToArray();
    }
}

namespace GanPipeline.Primitives.Tests;

public class AtomicFileTests
{
    [Fact]
    public void Replaces_the_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllText(folder["a.txt"], "one");
        AtomicFile.WriteAllText(folder["a.txt"], "two");
        Assert.Equal("two", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllText(folder["a.txt"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void The_target_is_untouched_until_the_writer_is_done()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllText(folder["a.txt"], "old");
        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        });
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void A_missing_folder_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var path = folder["no/such/a.txt"];
        var error = Assert.Throws<UserErrorException>(() => AtomicFile.WriteAllText(path, ""));
        Assert.StartsWith($"{path}: cannot be written: its folder does not exist", error.Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        Assert.Contains("is a folder", Assert.Throws<UserErrorException>(() => AtomicFile.WriteAllText(folder["a"], "")).Message);
    }

    [Fact]
    public void A_full_disk_is_a_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full, a disk that is always full, exists on Linux only");
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<UserErrorException>(() => AtomicFile.Write(folder["a"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write("x"u8);
        }));
        Assert.Contains("no space left", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void Publish_moves_a_file_made_by_name_into_place()
    {
        using var folder = new TemporaryFolder();
        var result = AtomicFile.Publish(folder["a.bin"], temporary =>
        {
            Assert.Equal(0, new FileInfo(temporary).Length);
            Assert.Equal(folder.Name, Path.GetDirectoryName(temporary));
            File.WriteAllText(temporary, "x");
            return 7;
        });
        Assert.Equal(7, result);
        Assert.Equal("x", File.ReadAllText(folder["a.bin"]));
    }
}

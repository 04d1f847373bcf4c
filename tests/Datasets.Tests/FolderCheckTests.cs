using System.IO.Compression;
using GanPipeline.Primitives;

namespace GanPipeline.Datasets.Tests;

public class FolderCheckTests
{
    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public void The_known_digests_are_those_of_the_published_files(string name)
    {
        string folder = Repository.Data(name);
        var check = FolderCheck.Of(folder);
        Assert.Equal(name, check.Set.Name);
        Assert.True(check.IsRight);
        Assert.All(check.Set.Files, f => Assert.Equal(f.Bytes, new FileInfo(Path.Combine(folder, f.Name)).Length));
    }

    [Fact]
    public void Unpacked_changed_and_missing_files_are_told_apart()
    {
        string source = Repository.Data("mnist");
        using var folder = new TemporaryFolder();
        KnownSet set = KnownSets.Named("mnist");
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(source, "t10k-labels-idx1-ubyte.gz")), CompressionMode.Decompress))
        using (FileStream unpacked = File.Create(folder["t10k-labels-idx1-ubyte"])) packed.CopyTo(unpacked);
        byte[] labels = File.ReadAllBytes(Path.Combine(source, "train-labels-idx1-ubyte.gz"));
        labels[1000] ^= 1;
        File.WriteAllBytes(folder["train-labels-idx1-ubyte.gz"], labels);
        var check = FolderCheck.Of(folder.Name, set);
        Assert.False(check.IsRight);
        Assert.Equal(
            [
                new("train-images-idx3-ubyte.gz", FileState.Missing), new("train-labels-idx1-ubyte.gz", FileState.Wrong),
                new("t10k-images-idx3-ubyte.gz", FileState.Missing), new("t10k-labels-idx1-ubyte", FileState.Right),
            ], check.Files);
        Assert.Equal("mnist", FolderCheck.Of(folder.Name).Set.Name);
    }

    [Fact]
    public void A_folder_with_nothing_known_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("it holds no file of a known set", Assert.Throws<UserErrorException>(() => FolderCheck.Of(folder.Name)).Message);
        Assert.Contains("no such folder", Assert.Throws<UserErrorException>(() => FolderCheck.Of(folder["none"])).Message);
        Assert.Contains("there are mnist, fashion-mnist", Assert.Throws<UserErrorException>(() => KnownSets.Named("minst")).Message);
    }

    [Fact]
    public void Every_set_that_can_be_fetched_has_mirrors_and_plain_names()
    {
        foreach (KnownSet set in KnownSets.All)
        {
            Assert.Equal(set.Files.Count > 0, set.Mirrors.Count > 1);
            Assert.All(set.Mirrors, m => Assert.EndsWith("/", m.AbsoluteUri));
            Assert.All(set.Files, f => Assert.Equal(Path.GetFileName(f.Name), f.Name));
            Assert.All(set.Files, f => Assert.Matches("^[0-9a-f]{64}$", f.Sha256));
        }
    }
}

using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Training.Tests;

/// <summary>Images of which the later classes become rare.</summary>
public sealed class LongTailTests
{
    private readonly FolderDataOptions _whole = new() { Test = 0 };

    /// <summary>n · μ^c with μ = ratio^(-1 / (C - 1)) (Cui et al. 2019, section 5.1).</summary>
    [Fact]
    public void ClassesKeepAnExponentiallyFallingShareOfTheirOwnNumber()
    {
        using TemporaryFolder folder = Folder(90, 100, 40);
        using Dataset data = (_whole with { LongTail = 25 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([90, 20, 2], data.ClassCounts()); // 90, 100 / 5, 40 / 25 = 1.6
        Assert.Equal(data.Count, data.Samples.shape[0]);
        Assert.Contains("'data.long_tail' 25: 112 of 230 training images are kept, fewer the later the class.", data.Notes);
        using Dataset longest = (_whole with { LongTail = 1e6 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([90, 1, 1], longest.ClassCounts()); // no class vanishes
    }

    [Fact]
    public void TheSeedDrawsThemAndALongerTailIsAPartOfAShorterOne()
    {
        using TemporaryFolder folder = Folder(20, 60);
        FolderDataOptions tail = _whole with { LongTail = 3 };
        using Dataset first = tail.Load(folder.Name, DataSplit.Train, 1), again = tail.Load(folder.Name, DataSplit.Train, 1),
            other = tail.Load(folder.Name, DataSplit.Train, 2), longer = (tail with { LongTail = 6 }).Load(folder.Name, DataSplit.Train, 1),
            whole = _whole.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(Pictures(first), Pictures(again));
        Assert.NotEqual(Pictures(first), Pictures(other));
        Assert.Equal(first.Sha256, again.Sha256);
        Assert.Equal(4, new[] { first, other, longer, whole }.Select(d => d.Sha256).Distinct().Count());
        Assert.Subset(Pictures(first).ToHashSet(), Pictures(longer).ToHashSet());
        Assert.Subset(Pictures(whole).ToHashSet(), Pictures(first).ToHashSet());
    }

    [Fact]
    public void TheTestPartStaysWholeAndClassesAreNeeded()
    {
        using TemporaryFolder folder = Folder(60, 60);
        FolderDataOptions shared = new() { Test = 0.5 };
        using Dataset whole = shared.Load(folder.Name, DataSplit.Test, 1), tail = (shared with { LongTail = 10 }).Load(folder.Name, DataSplit.Test, 1);
        Assert.Equal((whole.Sha256, whole.Count), (tail.Sha256, tail.Count));
        using TemporaryFolder loose = new();
        TestImages.Png(loose, "1.png", 1, 4, 4, i => i);
        Assert.Contains("has no two classes", Refused(_whole with { LongTail = 2 }, loose));
        Assert.Contains("'data.long_tail' must be between 1 (all images) and 1000000; it is 0.5.",
            Assert.Throws<UserErrorException>(() => new IdxDataOptions { LongTail = 0.5 }.Validate()).Message);
    }

    private static string Refused(FolderDataOptions options, TemporaryFolder folder) =>
        Assert.Throws<UserErrorException>(() => options.Load(folder.Name, DataSplit.Train, 1)).Message;

    /// <summary>So many different pictures of each class.</summary>
    private static TemporaryFolder Folder(params int[] counts)
    {
        var folder = new TemporaryFolder();
        foreach ((int c, int count) in counts.Index())
            for (int i = 0; i < count; i++) TestImages.Png(folder, $"{(char)('a' + c)}/{i}.png", 1, 2, 2, p => p == 0 ? i : p == 1 ? c : 200);
        return folder;
    }

    private static IReadOnlyList<(byte, byte)> Pictures(Dataset data) => [.. data.Samples.data<byte>().ToArray().Chunk(4).Select(p => (p[0], p[1]))];
}

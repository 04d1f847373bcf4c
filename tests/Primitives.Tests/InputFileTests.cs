using System.Diagnostics;
using System.Text;

namespace GanPipeline.Primitives.Tests;

/// <summary>What is no regular file gets a sentence before it is opened: a pipe would block, a device never ends.</summary>
public sealed class InputFileTests
{
    [Fact]
    public void A_regular_file_is_opened_also_through_a_link()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Make("a.txt", "text"u8.ToArray());
        File.CreateSymbolicLink(folder["link"], file);
        Assert.Equal("text", InputFile.ReadText(folder["link"], "do x.", 100));
        Assert.Equal(4, InputFile.ReadBytes(file, "do x.", 4).Length);
    }

    [Fact]
    public void Missing_files_folders_and_long_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"{folder["none"]}: no such file; do x.", Refused(folder["none"]));
        Assert.Equal($"{folder["none/either"]}: no such file; do x.", Refused(folder["none/either"]));
        Assert.Contains("no such file; do x.", Refused(folder.Make("b.txt", []) + "\0x"));
        Assert.Equal("\0: no such file; do x.", Refused("\0"));
        Assert.Equal($"{folder.Name}: it is a folder, where a file is needed; do x.", Refused(folder.Name));
        string file = folder.Make("a.txt", new byte[101]);
        Assert.Equal($"{file}: is 101 bytes long, above the limit of 100; do x.", Refused(file));
    }

    [Fact]
    public void Pipes_and_devices_are_refused_unopened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with names and /dev are Linux's");
        using var folder = new TemporaryFolder();
        using (Process made = Process.Start("mkfifo", [folder["pipe"]])) made.WaitForExit();
        File.CreateSymbolicLink(folder["link"], "/dev/zero");
        foreach (string path in new[] { folder["pipe"], "/dev/zero", folder["link"] })
            Assert.StartsWith($"{path}: it is a pipe or a device, where a file is needed", Refused(path));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Make("a.txt", Encoding.Latin1.GetBytes("one\ntwo\nna\u00efve\n"));
        Assert.StartsWith($"{file} line 3: its bytes are no text in UTF-8; save the file as UTF-8", Refused(file));
    }

    [Fact]
    public void Text_in_UTF_16_is_told_by_its_mark()
    {
        using var folder = new TemporaryFolder();
        Encoding[] encodings = [new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (Encoding encoding in encodings)
            Assert.Equal("na\u00efve", InputFile.ReadText(folder.Make("a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("na\u00efve")]), "do x.", 100));
    }

    private static string Refused(string path) => Assert.Throws<UserErrorException>(() => InputFile.ReadText(path, "do x.", 100)).Message;
}

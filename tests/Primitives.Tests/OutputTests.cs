using System.Diagnostics;
using System.Runtime.Versioning;

namespace GanPipeline.Primitives.Tests;

/// <summary>What is no plain file, what others are writing, and what was left.</summary>
[UnsupportedOSPlatform("windows")] // to the analyser: tests that need Unix skip themselves
public class OutputTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_link_stays_and_its_target_is_replaced()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["far"]);
        File.CreateSymbolicLink(folder["far/second"], "file");
        File.CreateSymbolicLink(folder["first"], "far/second");
        AtomicFile.WriteAllText(folder["first"], "one"); // the link dangles
        AtomicFile.Publish(folder["first"], path =>
        {
            Assert.Equal(folder["far"], Path.GetDirectoryName(path));
            File.WriteAllText(path, "two");
            return 0;
        });
        Assert.Equal("two", File.ReadAllText(folder["far/file"]));
        Assert.Equal("far/second", new FileInfo(folder["first"]).LinkTarget);
        Assert.Equal("file", new FileInfo(folder["far/second"]).LinkTarget);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder["far"]).Length);
    }

    [Fact]
    public void A_relative_link_leads_from_where_it_lies()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        string name = Path.GetRelativePath(Environment.CurrentDirectory, folder["link"]);
        File.CreateSymbolicLink(folder["link"], "file");
        Assert.Equal(folder["file"], AtomicFile.FollowLinks(name));
    }

    [Fact]
    public void Links_in_a_circle_and_folders_are_sentences()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a"], "b");
        File.CreateSymbolicLink(folder["b"], "a");
        File.CreateSymbolicLink(folder["c"], folder.Name);
        Assert.Contains("its links lead nowhere", Assert.Throws<UserErrorException>(() => AtomicFile.WriteAllText(folder["a"], "")).Message);
        Assert.Contains("it is a folder", Assert.Throws<UserErrorException>(() => AtomicFile.WriteAllText(folder["c"], "")).Message);
    }

    [Fact]
    public async Task A_pipe_is_written_to()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        Shell("mkfifo", folder["pipe"]);
        foreach (string text in new[] { "written", "published" })
        {
            Task<string> read = Task.Run(() => File.ReadAllText(folder["pipe"]));
            if (text == "written") AtomicFile.WriteAllText(folder["pipe"], text);
            else AtomicFile.Publish(folder["pipe"], path => { File.WriteAllText(path, text); return 0; });
            Assert.Equal(text, await read);
        }
        Assert.True(AtomicFile.IsStream(folder["pipe"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void A_device_is_written_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "a device of its own takes Linux and root");
        using var folder = new TemporaryFolder();
        Shell("mknod", folder["null"], "c", "1", "3");
        Shell("mknod", folder["full"], "c", "1", "7");
        File.CreateSymbolicLink(folder["link"], "null");
        Assert.SkipWhen(!CanOpen(folder["null"]), "devices cannot be opened in the folder for temporary files");
        AtomicFile.WriteAllText(folder["null"], "gone");
        AtomicFile.WriteAllText(folder["link"], "gone");
        var full = Assert.Throws<UserErrorException>(() => AtomicFile.WriteAllText(folder["full"], "x"));
        Assert.Equal(ErrorKind.Passing, full.Kind);
        Assert.Equal(0, new FileInfo(folder["null"]).Length);
        Shell("test", "-c", folder["null"]);
        Assert.Contains("it is a device", Assert.Throws<UserErrorException>(() => SpooledInput.Open(folder["null"])).Message);
    }

    [Fact]
    public void A_file_that_only_its_owner_could_read_stays_one()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "old");
        File.SetUnixFileMode(folder["a"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write("new"u8);
            Assert.Equal(File.GetUnixFileMode(folder["a"]), File.GetUnixFileMode(Directory.GetFiles(folder.Name, ".*").Single()));
        });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a"]));
    }

    [Fact]
    public void Left_overs_are_removed_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string[] others = [".a.0123.tmp", $".b.{Hex}.tmp", $"a.{Hex}.tmp", $".a.{Hex}.tmp.txt", $".a.{Hex.ToUpperInvariant()}.tmp"];
        foreach (string name in others.Append($".a.{Hex}.tmp")) folder.Make(name, []);
        AtomicFile.Write(folder["a"], stream => AtomicFile.RemoveLeftovers(folder["a"])); // what is being written is none
        Assert.Equal(others.Append("a").Order(StringComparer.Ordinal), Names(folder));
        OwnedFolder.RemoveLeftovers(folder.Name);
        Assert.Equal(others.Except([$".b.{Hex}.tmp"]).Append("a").Order(StringComparer.Ordinal), Names(folder));
    }

    [Fact]
    public void Left_overs_are_not_looked_for_through_links()
    {
        SkipOnWindows();
        using TemporaryFolder folder = new(), elsewhere = new();
        elsewhere.Make($".a.{Hex}.tmp", []);
        File.CreateSymbolicLink(folder["link"], elsewhere.Name);
        File.CreateSymbolicLink(folder[$".a.{Hex}.tmp"], elsewhere[$".a.{Hex}.tmp"]);
        OwnedFolder.RemoveLeftovers(folder.Name);
        Assert.Equal([$".a.{Hex}.tmp", "link"], Names(folder));
        Assert.Single(Names(elsewhere));
        Assert.Contains("it is a link", Assert.Throws<UserErrorException>(() => OwnedFolder.RefuseLinks(folder.Name)).Message);
    }

    [Fact]
    public void A_process_that_ends_at_once_removes_what_it_has_not_finished()
    {
        using var folder = new TemporaryFolder();
        using var output = ResumableOutput.Open(folder["long"], "key", resume: false);
        output.WriteFile(_ =>
        {
            using var secret = new PrivateFolder(folder.Name);
            secret.File("generator");
            Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["a"], stream =>
            {
                Assert.Equal(5, Names(folder).Length); // part and its key, lock, private folder, temporary file
                AtomicFile.RemoveUnfinished().Dispose();
                Assert.All(Names(folder), name => Assert.Matches(@"^\.long\.[0-9a-f]{32}\.part(\.key)?$", name));
                Assert.Equal(2, Names(folder).Length);
            }));
        });
    }

    [Fact]
    public void A_lock_keeps_other_processes_out_until_it_ends()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        string hidden = folder[".a.gan-lock"];
        using (FileLock.OnFile(folder["a"]))
        {
            using (FileLock.OnFile(folder["a"])) Assert.Single(Names(folder)); // the same process shares it
            Assert.True(File.Exists(hidden));
            Assert.Throws<IOException>(() => new FileStream(hidden, FileMode.Open, FileAccess.ReadWrite, FileShare.None)); // as another process would
        }
        Assert.Empty(Names(folder));
        using Process other = Hold(hidden);
        var held = Assert.Throws<UserErrorException>(() => FileLock.OnFile(folder["a"]));
        Assert.Equal(ErrorKind.Passing, held.Kind);
        Assert.Contains("another process is writing there", held.Message);
        other.Kill();
        other.WaitForExit();
        FileLock.OnFile(folder["a"]).Dispose(); // the file is still there, and nobody holds it
        Assert.Empty(Names(folder));
    }

    [Fact]
    public void Many_threads_and_a_lock_that_comes_and_goes()
    {
        using var folder = new TemporaryFolder();
        int inside = 0;
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using FileLock one = FileLock.OnFolder(folder.Name);
            Interlocked.Increment(ref inside);
        });
        Assert.Equal(200, inside);
        Assert.Empty(Names(folder));
    }

    [Fact]
    public void A_part_is_gone_on_with_by_its_key()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() => Write("key", false, stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));
        Assert.Equal(2, Names(folder).Length);
        Assert.Contains("made from another generator or with other options", Assert.Throws<UserErrorException>(() => Write("other", true, _ => { })).Message);
        Assert.Throws<InvalidOperationException>(() => Write("key", true, _ => throw new InvalidOperationException()));
        Write("key", true, stream =>
        {
            Assert.Equal(4, stream.Length); // what an earlier process has done is not thrown away by one that fails
            stream.Position = 4;
            stream.Write(" whole"u8);
        });
        Assert.Equal("half whole", File.ReadAllText(folder["a"]));
        Assert.True(ResumableOutput.IsUnfinished(folder["a"])); // what belongs to it may be lacking
        File.Move(folder["a"], folder["b"]);
        using (var lost = ResumableOutput.Open(folder["a"], "key", resume: true)) Assert.False(lost.IsWritten);
        File.Move(folder["b"], folder["a"]);
        using (var again = ResumableOutput.Open(folder["a"], "key", resume: true))
        {
            Assert.True(again.IsWritten);
            again.Complete();
        }
        Assert.Equal(["a"], Names(folder));

        void Write(string key, bool resume, Action<FileStream> write)
        {
            using var output = ResumableOutput.Open(folder["a"], key, resume);
            output.WriteFile(write);
        }
    }

    [Fact]
    public void A_full_disk_keeps_the_part_and_a_fault_of_the_writer_does_not()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full, a disk that is always full, exists on Linux only");
        using var folder = new TemporaryFolder();
        using var output = ResumableOutput.Open(folder["a"], "key", resume: false);
        var full = Assert.Throws<UserErrorException>(() => output.WriteFile(_ =>
        {
            using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write("x"u8);
        }));
        Assert.Equal(ErrorKind.Passing, full.Kind);
        Assert.Contains("--resume goes on with it", full.Message);
        Assert.Equal(3, Names(folder).Length); // part, key and lock
        Assert.Throws<InvalidOperationException>(() => output.WriteFile(_ => throw new InvalidOperationException()));
        Assert.Equal([".a.gan-lock"], Names(folder));
    }

    [Fact]
    public void A_new_start_throws_parts_away()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { $".a.{Hex}.part", $".a.{Hex}.part.key", $".b.{Hex}.part" }) folder.Make(name, []);
        using (ResumableOutput.Open(folder["a"], "key", resume: false)) Assert.Equal([".a.gan-lock", $".b.{Hex}.part"], Names(folder));
        folder.Make($".a.{Hex}.part", []); // killed before the key was there
        using (var output = ResumableOutput.Open(folder["a"], "key", resume: true)) Assert.False(output.IsResumed);
        Assert.Equal([$".b.{Hex}.part"], Names(folder));
    }

    [Fact]
    public void A_private_folder_is_its_owners_and_goes_with_those_of_killed_processes()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite, Folder = File | UnixFileMode.UserExecute;
        string dead = folder[$".gan-private-{Hex}"], alive = folder[$".gan-private-{Hex.Replace('0', 'f')}"];
        string open = folder[$".gan-private-{Hex.Replace('0', 'e')}"]; // for others, too
        foreach (string path in new[] { dead, alive }) Directory.CreateDirectory(path, Folder);
        Directory.CreateDirectory(open);
        using (Process other = Hold(Path.Combine(alive, ".gan-lock")))
        {
            using (PrivateFolder first = new(folder.Name), second = new(folder.Name))
            {
                Assert.Equal((Folder, File), (System.IO.File.GetUnixFileMode(first.Path), System.IO.File.GetUnixFileMode(first.File("secret"))));
                Assert.True(Directory.Exists(second.Path));
                Assert.False(Directory.Exists(dead));
            }
            Assert.Equal(new[] { alive, open }.Order(StringComparer.Ordinal), Directory.GetDirectories(folder.Name).Order(StringComparer.Ordinal));
            other.Kill();
            other.WaitForExit();
        }
    }

    [Fact]
    public async Task A_pipe_is_read_as_often_as_needed()
    {
        SkipOnWindows();
        using var folder = new TemporaryFolder();
        Shell("mkfifo", folder["pipe"]);
        Task write = Task.Run(() => File.WriteAllText(folder["pipe"], "what comes once"));
        for (int i = 0; i < 3; i++)
        {
            using var text = new StreamReader(SpooledInput.Open(folder["pipe"]));
            Assert.Equal("what comes once", text.ReadToEnd());
        }
        await write;
    }

    [Fact]
    public void A_temporary_file_without_a_name_leaves_none()
    {
        using (Microsoft.Win32.SafeHandles.SafeFileHandle file = UnnamedFile.Create("gan-test-unnamed"))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers(); // what it was opened by is gone, and the file is still open
            RandomAccess.Write(file, "x"u8, 0);
            if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "gan-test-unnamed-*"));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "gan-test-unnamed-*"));
    }

    private static string[] Names(TemporaryFolder folder) =>
        [.. Directory.GetFileSystemEntries(folder.Name).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "links, pipes and modes are Unix's here");

    private static bool CanOpen(string device)
    {
        try
        {
            using FileStream stream = new(device, FileMode.Open, FileAccess.Write);
            return true;
        }
        catch (UnauthorizedAccessException) { return false; } // mounted without devices
    }

    /// <summary>Another process that holds a file as this program does, by the system's lock on it.</summary>
    private static Process Hold(string path)
    {
        const string Program = "use Fcntl ':flock'; $| = 1; open(F, '+>>', $ARGV[0]) or die; flock(F, LOCK_EX) or die; print \"held\\n\"; sleep 600";
        ProcessStartInfo info = new("perl", ["-e", Program, path]) { RedirectStandardOutput = true };
        Process process = null!;
        try { process = Process.Start(info)!; }
        catch (System.ComponentModel.Win32Exception) { Assert.Skip("another process that locks a file is written in Perl"); }
        Assert.Equal("held", process.StandardOutput.ReadLine());
        return process;
    }

    private static void Shell(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

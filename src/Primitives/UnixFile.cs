using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GanPipeline.Primitives;

/// <summary>What a path names.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Folder,

    /// <summary>A named pipe, a pipe of a shell, a terminal or another device: it is written to and read, never replaced.</summary>
    Stream,

    /// <summary>A socket, or what else the system knows.</summary>
    Other,
}

/// <summary>What .NET does not say of files: their kind, whether a name still leads to an open file, and that a folder has reached the disk.</summary>
internal static unsafe partial class UnixFile
{
    private const string Runtime = "libSystem.Native"; // .NET's own layer over the system, the same structure on Linux and macOS
    private const int KindMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, Folder = 0x4000, BlockDevice = 0x6000, Regular = 0x8000;

    /// <summary>The kind of what <paramref name="path"/> leads to, through links.</summary>
    public static FileKind Kind(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? FileKind.Stream // NUL, COM1, a pipe
                : Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
        }
        if (Stat(path, out Status status) != 0) return FileKind.Missing;
        return (status.Mode & KindMask) switch
        {
            Regular => FileKind.Regular,
            Folder => FileKind.Folder,
            Pipe or CharacterDevice or BlockDevice => FileKind.Stream,
            _ => FileKind.Other,
        };
    }

    /// <summary>Whether it is a device, which may have no end.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Stat(path, out Status status) == 0 && (status.Mode & KindMask) is CharacterDevice or BlockDevice;

    /// <summary>Whether <paramref name="path"/>, not through a link, is the name of the open file.</summary>
    public static bool IsNameOf(string path, SafeFileHandle file) =>
        OperatingSystem.IsWindows() // an open file keeps its name there
        || (LStat(path, out Status named) == 0 && FStat(file, out Status open) == 0 && (named.Device, named.Node) == (open.Device, open.Node));

    /// <summary>Waits until names that were given or taken in the folder are on the disk. Windows has no such call; its file systems keep a journal.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0) return; // a folder that may be written to but not read
        _ = FSync(descriptor); // some network file systems refuse, and nothing more can be done
        _ = Close(descriptor);
    }

    [LibraryImport(Runtime, EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out Status status);

    [LibraryImport(Runtime, EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, out Status status);

    [LibraryImport(Runtime, EntryPoint = "SystemNative_FStat")]
    private static partial int FStat(SafeFileHandle file, out Status status);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>The runtime's FileStatus; longer than what is read of it, so that fields behind do no harm.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(88)]
        public long Device;

        [FieldOffset(104)]
        public long Node;
    }
}

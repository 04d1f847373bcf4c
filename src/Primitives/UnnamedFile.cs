using Microsoft.Win32.SafeHandles;

namespace GanPipeline.Primitives;

/// <summary>Temporary files that only this process can read, and that are gone when it ends, however it ends (on Windows: when they are closed).</summary>
internal static class UnnamedFile
{
    /// <summary>Makes one in the folder for temporary files.</summary>
    /// <param name="purpose">The start of its name, for the moment that it has one.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made there.</exception>
    public static SafeFileHandle Create(string purpose)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{purpose}-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        SafeFileHandle file = new FileStream(path, options).SafeFileHandle;
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}

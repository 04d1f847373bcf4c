using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GanPipeline.Primitives;

/// <summary>The environment variables that native libraries see; .NET's own Environment.SetEnvironmentVariable changes a copy that they do not.</summary>
[SupportedOSPlatform("linux")]
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable, unless it is set already.</summary>
    /// <returns>Whether the environment took it.</returns>
    public static bool SetDefault(string name, string value) => Set(name, value, 0) == 0;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);
}

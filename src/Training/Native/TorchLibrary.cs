using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace GanPipeline.Training.Native;

/// <summary>
/// Loads TorchSharp's native library and libtorch, also where the C++ runtime is older than the library asks for (Debian 12, Ubuntu 22.04): it asks for
/// GLIBCXX_3.4.32 for one symbol that it never uses, and a copy in which that version is marked as dispensable loads there.
/// </summary>
/// <remarks>
/// Nothing has to be called: using any type of this library installs a handler, which .NET asks when its own search has failed. <see cref="Load"/> says what is
/// wrong in one sentence where TorchSharp would print a page and copy libtorch about.
/// </remarks>
internal static class TorchLibrary
{
    /// <summary>What a user should know about how this machine computes; null where there is nothing.</summary>
    public static string? Note => ConvolutionFault.IsAvoided
        ? "this (virtual) processor hides its caches, which makes libtorch's fast convolutions wrong; slower ones are used that are right"
        : null;

    internal const string FileName = "libLibTorchSharp.so";
    private const string Name = "LibTorchSharp", Version = "GLIBCXX_3.4.32", Anchor = "_ZSt21ios_base_library_initv"; // of GCC 13's <iostream>
    private const string Variable = "GAN_LIBTORCH", LibtorchVersion = "2.10.0";

    /// <summary>The packages that bring libtorch to this platform, as the end of a sentence; none where there is no build.</summary>
    private static readonly string? s_packages = (OperatingSystem.IsLinux(), OperatingSystem.IsWindows(), OperatingSystem.IsMacOS(),
        RuntimeInformation.ProcessArchitecture) switch
    {
        (true, _, _, Architecture.X64) => $"add the package libtorch-cpu-linux-x64 {LibtorchVersion} to the program (TorchSharp-cuda-linux for NVIDIA GPUs)",
        (_, true, _, Architecture.X64) => $"add the package libtorch-cpu-win-x64 {LibtorchVersion} to the program (TorchSharp-cuda-windows for NVIDIA GPUs)",
        (_, true, _, Architecture.Arm64) => $"add the package libtorch-cpu-win-arm64 {LibtorchVersion} to the program",
        (_, _, true, Architecture.Arm64) => $"add the package libtorch-cpu-osx-arm64 {LibtorchVersion} to the program",
        _ => null,
    };

    private static readonly Lock s_lock = new();
    private static nint s_handle;

    /// <summary>Loads libtorch and TorchSharp's native library, unless they are loaded already.</summary>
    /// <exception cref="UserErrorException">They cannot be loaded here; the message says what is missing and what to do.</exception>
    public static void Load() => _ = Handle();

    [SuppressMessage("Usage", "CA2255", Justification =
        "A program that touches TorchSharp by way of this library must find the handler installed, whatever it calls first; there is no Main of ours to do " +
            "it in.")]
    [ModuleInitializer]
    internal static void Install()
    {
        if (!OperatingSystem.IsLinux()) return;
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(TorchLibrary).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += (_, name) => name == Name && TryLoad() ? s_handle : 0;
        // TorchSharp loads the libtorch that it finds first of all; another one has to be there before.
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable))) TryLoad();
    }

    private static bool TryLoad()
    {
        try
        {
            Load();
            return true;
        }
        catch (UserErrorException)
        {
            return false; // said by the next call of Load, or by TorchSharp
        }
    }

    private static nint Handle()
    {
        lock (s_lock)
        {
            if (s_handle == 0) s_handle = OperatingSystem.IsLinux() ? LoadOnLinux() : LoadElsewhere();
            return s_handle;
        }
    }

    private static nint LoadElsewhere() => NativeLibrary.TryLoad(Name, typeof(torch).Assembly, null, out nint handle)
        ? handle
        : throw new UserErrorException(s_packages is null
            ? $"libtorch has no build for {RuntimeInformation.RuntimeIdentifier}: there are ones for Linux on x64, Windows on x64 and arm64, " +
                "and macOS on arm64; "
                + "train there. Generating from a file that is trained already needs no libtorch."
            : $"TorchSharp's native library cannot be loaded: libtorch {LibtorchVersion} is not beside the program; {s_packages}.");

    [SupportedOSPlatform("linux")]
    private static nint LoadOnLinux()
    {
        string system = RuntimeInformation.RuntimeIdentifier;
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || system.Contains("musl", StringComparison.Ordinal)
            || system.StartsWith("alpine", StringComparison.Ordinal))
            throw new UserErrorException($"libtorch has no build for {system}: for Linux there is only one for x64 and glibc (Debian, Ubuntu, Fedora and the " +
                "like); train there. Generating from a file that is trained already needs no libtorch.");
        string library = Find(SearchPath(), FileName)
            ?? throw new UserErrorException($"TorchSharp's native library ({FileName}) is not beside the program; restore the package TorchSharp.");
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        string torch = string.IsNullOrEmpty(chosen) ? Packaged() : Chosen(chosen);
        ConvolutionFault.Avoid();
        nint libtorch = LoadFile(torch, e => $"libtorch cannot be loaded from {torch}: {e}.");
        ConvolutionFault.Silence(libtorch);
        if (!string.IsNullOrEmpty(chosen)) CheckSymbols(library, libtorch, torch);
        return NativeLibrary.TryLoad(library, out nint handle) ? handle : LoadCopy(library);
    }

    private static string Packaged() => Find(SearchPath(), "libtorch.so")
        ?? throw new UserErrorException($"libtorch is not beside the program; {s_packages}, or name the folder of a libtorch {LibtorchVersion} in {Variable}.");

    private static string Chosen(string folder)
    {
        string torch = Find([Path.Combine(folder, "lib"), folder], "libtorch.so")
            ?? throw new UserErrorException($"{Variable} is {folder}, which has no libtorch.so in it or in its folder lib; name the folder of a libtorch " +
                $"{LibtorchVersion}.");
        if (Find(SearchPath(), "libtorch_cpu.so") is { } own && Path.GetDirectoryName(own) != Path.GetDirectoryName(torch))
            throw new UserErrorException($"{Variable} names another libtorch than the one beside the program ({own}), and one process cannot have two; " +
                $"build the program with {Variable} set, so that it has none of its own, or unset the variable.");
        return torch;
    }

    /// <summary>A libtorch of another version would end the process at the first function that it lacks.</summary>
    private static void CheckSymbols(string library, nint libtorch, string torch)
    {
        // Those of C++ namespaces that libtorch alone has; the others are the operating system's.
        foreach (string symbol in new SymbolVersions(File.ReadAllBytes(library)).Undefined())
            if ((symbol.Contains("2at", StringComparison.Ordinal) || symbol.Contains("3c10", StringComparison.Ordinal)
                || symbol.Contains("5torch", StringComparison.Ordinal))
                && !NativeLibrary.TryGetExport(libtorch, symbol, out _))
                throw new UserErrorException($"{torch} is of another version than TorchSharp's native library: it lacks {symbol}; name a libtorch " +
                    $"{LibtorchVersion} in {Variable}.");
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadCopy(string library)
    {
        try
        {
            byte[] original = File.ReadAllBytes(library);
            if (new SymbolVersions(original).WithOptional(Version, Anchor) is { } copy)
                return LoadableCopy.Use(original, copy, path =>
                    LoadFile(path, e => $"TorchSharp's native library cannot be loaded: {e}; use a newer system, Debian 12, Ubuntu 22.04 or later."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"{library} cannot be prepared for this system: {e.Message.TrimEnd('.')}; restore TorchSharp's package, and see " +
                $"that $HOME/.cache or the " +
                "temporary folder can be written and programs be run from it.", e);
        }
        return LoadFile(library, e => $"TorchSharp's native library cannot be loaded: {e}; restore the package TorchSharp, or use a newer system (Debian " +
            $"12, Ubuntu 22.04 or later).");
    }

    private static nint LoadFile(string path, Func<string, string> message)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new UserErrorException(message(Reason(e.Message, path)), e);
        }
    }

    /// <summary>The line of the loader's own words; .NET puts a paragraph about its search around it.</summary>
    private static string Reason(string message, string path) =>
        message.Split('\n').Select(line => line.Trim().TrimEnd('.'))
            .LastOrDefault(line => line.Contains(Path.GetFileName(path), StringComparison.Ordinal) || line.Contains("cannot", StringComparison.Ordinal))
            ?? message.Split('\n')[0].TrimEnd('.');

    private static string? Find(IEnumerable<string> folders, string file) => folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>Where .NET looks for native libraries, and where packages lie beside an assembly that a host has loaded from elsewhere.</summary>
    private static IEnumerable<string> SearchPath()
    {
        string native = Path.Combine("runtimes", "linux-x64", "native");
        string directories = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in directories.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        foreach (string folder in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "" })
        {
            if (folder.Length == 0) continue;
            yield return folder;
            yield return Path.Combine(folder, native);
        }
    }
}

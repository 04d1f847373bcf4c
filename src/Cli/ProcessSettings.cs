using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>Settings of the whole process that make libtorch faster. They are a program's to make: a library leaves its host's process as it is.</summary>
internal static partial class ProcessSettings
{
    private const int TrimThreshold = -1, MmapThreshold = -3; // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h

    /// <summary>Makes them; to be called before libtorch is loaded, whose OpenMP runtime reads its variables then. What the user has set stays.</summary>
    public static void Apply()
    {
        LetSignalsThrough();
        if (!OperatingSystem.IsLinux()) return;
        LetThreadsSleep();
        KeepFreedMemory();
    }

    /// <summary>
    /// Signals are handled on threads of the pool. As it comes, it has one a core, which reading or judging may keep at work, and a signal would wait for them.
    /// </summary>
    private static void LetSignalsThrough()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(workers + 2, completions);
    }

    /// <summary>
    /// How long OpenMP threads wait for the next piece of work before they sleep. As it comes, a waiting thread spins for many milliseconds and takes the core
    /// from the thread that it waits for; a thread that sleeps at once has to be woken for every layer. About a millisecond is best of both.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static void LetThreadsSleep()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null) return;
        NativeEnvironment.SetDefault("GOMP_SPINCOUNT", "20000"); // GNU's runtime: rounds of its waiting loop
        NativeEnvironment.SetDefault("KMP_BLOCKTIME", "1"); // Intel's and LLVM's: milliseconds
    }

    /// <summary>
    /// glibc returns every block above 128 kB to the kernel at once and faults it in again at the next use, thousands of page faults a step. With the
    /// thresholds raised the same pages are used again.
    /// </summary>
    private static void KeepFreedMemory()
    {
        try
        {
            _ = SetMallocOption(MmapThreshold, 32 << 20); // the most that older versions accept
            _ = SetMallocOption(TrimThreshold, 1 << 30);
        }
        catch (EntryPointNotFoundException) { } // another C library (musl), which has no such option
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}

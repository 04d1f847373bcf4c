using System.Runtime.InteropServices;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using TorchSharp;

namespace GanPipeline.Training;

/// <summary>The one place that knows which devices there are and how a process is set up to compute.</summary>
public static partial class Devices
{
    private const int TrimThreshold = -1, MmapThreshold = -3; // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h

    /// <summary>
    /// Before libtorch is loaded, its OpenMP runtime is told how long to wait for the next piece of work before it sleeps (its environment variables are read once, at loading;
    /// what the user has set stays). As it comes, a waiting thread spins for many milliseconds and takes the core from the thread that it waits for; a thread that sleeps at once
    /// has to be woken for every layer. About a millisecond is best of both: a step of the MNIST cGAN takes 18 ms on two idle cores (25 with a twentieth of that wait, 16 to 19
    /// as it comes), and 132 ms beside two programs that keep both cores busy (153; over 600 as it comes).
    /// </summary>
    static Devices()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null) return;
        _ = SetVariable("GOMP_SPINCOUNT", "20000", 0); // GNU's runtime: rounds of its waiting loop
        _ = SetVariable("KMP_BLOCKTIME", "1", 0); // Intel's and LLVM's: milliseconds
    }

    /// <summary>The device of that name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c> for CUDA where there is one.</param>
    /// <exception cref="UserErrorException">The name is unknown, or the device is not there.</exception>
    public static torch.Device Resolve(string name)
    {
        if (name == "cpu" || (name == "auto" && !torch.cuda.is_available())) return new torch.Device("cpu");
        if (name == "auto") return new torch.Device("cuda", 0);
        string[] parts = name.Split(':');
        int index = 0;
        if (parts[0] != "cuda" || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], out index)) || index < 0)
            throw new UserErrorException($"--device {name}: no such device; write cpu, cuda, cuda:N or auto.");
        if (!torch.cuda.is_available())
            throw new UserErrorException($"--device {name}: no CUDA device can be used here. " +
                "Use --device cpu, or run scripts/setup.sh --device cuda on a machine with a GPU and its driver.");
        if (index >= torch.cuda.device_count())
            throw new UserErrorException($"--device {name}: there are {torch.cuda.device_count()} CUDA devices, numbered from 0.");
        return new torch.Device("cuda", index);
    }

    /// <summary>Sets how exactly a device computes.</summary>
    /// <exception cref="UserErrorException">The device cannot.</exception>
    public static void SetPrecision(Precision precision, torch.Device device)
    {
        bool tf32 = precision == Precision.Tf32;
        if (tf32 && device.type != DeviceType.CUDA)
            throw new UserErrorException("'precision: tf32' is a way in which CUDA devices compute; train on one (--device cuda), or set precision=float32.");
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32; // libtorch begins with true for cuDNN
    }

    /// <summary>Sets the number of libtorch's threads (0: one a core) and keeps freed tensor memory in the process.</summary>
    /// <remarks>
    /// glibc returns every block above 128 kB to the kernel at once and faults it in again at the next use, thousands of page faults a step. With the
    /// thresholds raised the same pages are used again.
    /// </remarks>
    public static void Prepare(int threads)
    {
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetMallocOption(MmapThreshold, 32 << 20); // the most that older versions accept
            _ = SetMallocOption(TrimThreshold, 1 << 30);
        }
        catch (EntryPointNotFoundException) { } // another C library (musl), which has no such option
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);

    // .NET's own Environment.SetEnvironmentVariable changes a copy that native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}

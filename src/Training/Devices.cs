using GanPipeline.Training.Native;
using TorchSharp;

namespace GanPipeline.Training;

/// <summary>The one place that knows which devices there are and how they compute.</summary>
internal static class Devices
{
    /// <summary>The device of that name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c> for CUDA where there is one.</param>
    /// <exception cref="UserErrorException">The name is unknown, the device is not there, or libtorch cannot be loaded.</exception>
    public static torch.Device Resolve(string name)
    {
        TorchLibrary.Load();
        if (name == "cpu" || (name == "auto" && !torch.cuda.is_available())) return new torch.Device("cpu");
        if (name == "auto") return new torch.Device("cuda", 0);
        string[] parts = name.Split(':');
        int index = 0;
        if (parts[0] != "cuda" || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], out index)) || index < 0)
            throw UserErrorException.Usage($"--device {name}: no such device; write cpu, cuda, cuda:N or auto{Nearest.EndHint(name, ["cpu", "cuda", "auto"])}");
        if (!torch.cuda.is_available())
            throw UserErrorException.Usage($"--device {name}: no CUDA device can be used here. " +
                "Use --device cpu; for a GPU build with the CUDA packages (GanDevice=cuda) on a machine with an NVIDIA driver.");
        if (index >= torch.cuda.device_count())
            throw UserErrorException.Usage($"--device {name}: there are {torch.cuda.device_count()} CUDA devices, numbered from 0.");
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

    /// <summary>Sets the number of libtorch's threads, for the whole process; 0: one a core.</summary>
    /// <remarks>A library that is called by others puts it back afterwards: <see cref="LibtorchState"/>.</remarks>
    /// <exception cref="UserErrorException">libtorch cannot be loaded here.</exception>
    public static void UseThreads(int threads)
    {
        TorchLibrary.Load();
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
    }
}

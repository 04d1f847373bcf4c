using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>ONNX Runtime's native library. The program brings it, and not this library, since there is one package for the CPU and one for GPUs.</summary>
internal static class RuntimeLibrary
{
    /// <summary>Loads it, unless it is loaded already; to be called before the first use of ONNX Runtime.</summary>
    /// <exception cref="UserErrorException">It is not beside the program, or cannot be loaded; the message names the packages.</exception>
    public static void Load()
    {
        try
        {
            _ = OrtEnv.Instance();
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new UserErrorException(
                "ONNX Runtime's native library is not beside the program, or cannot be loaded there; add the package Microsoft.ML.OnnxRuntime to the " +
                "program, " +
                    "or Microsoft.ML.OnnxRuntime.Gpu for NVIDIA GPUs", e)
            { Kind = ErrorKind.Failed };
        }
    }
}

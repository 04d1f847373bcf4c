using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Versioning;

namespace GanPipeline.Training.Native;

/// <summary>
/// Keeps libtorch's convolutions right on virtual machines that hide the caches of an AMD processor (CPUID leaf 0x8000001D is all zeros).
/// </summary>
/// <remarks>
/// oneDNN 3.7 takes such a level-1 cache for one byte large, reorders blocks for it, and then reads behind the end of tensors whose channels are no multiple of
/// 16: outputs and gradients are wrong by 10 to 100 %, or NaN (libtorch 2.10 and PyTorch 2.6 alike). Held to SSE4.1 it reorders no blocks, and is right; a step
/// takes 435 instead of 165 ms (mnist-dcgan, one thread) and 1280 instead of 320 (mnist-acgan). AVX and AVX2 are wrong, too; without oneDNN it would be 550 and
/// 2700 ms.
/// </remarks>
internal static class ConvolutionFault
{
    private const string Variable = "ONEDNN_MAX_CPU_ISA";
    private const int CacheLeaf = unchecked((int)0x8000001D);

    /// <summary>Whether the processor is said to have no caches, and oneDNN is kept from its faulty kernels.</summary>
    internal static bool IsAvoided { get; private set; }

    /// <summary>To be called with libtorch_cpu once it is loaded: NNPACK, which wants to know the caches too, would complain on standard error at every
    /// convolution.</summary>
    internal static unsafe void Silence(nint libtorch)
    {
        if (!IsAvoided || !NativeLibrary.TryGetExport(libtorch, "_ZN2at13globalContextEv", out nint context)
            || !NativeLibrary.TryGetExport(libtorch, "_ZN2at7Context20setUserEnabledNNPACKEb", out nint enable)) return;
        ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0); // at::globalContext().setUserEnabledNNPACK(false)
    }

    /// <summary>Must come before the first convolution, since oneDNN reads the variable once. What the user has set stays.</summary>
    [SupportedOSPlatform("linux")]
    internal static void Avoid()
    {
        if (!HidesCaches() || Environment.GetEnvironmentVariable(Variable) is not null) return;
        IsAvoided = NativeEnvironment.SetDefault(Variable, "SSE41");
    }

    private static bool HidesCaches()
    {
        if (!X86Base.IsSupported) return false;
        (_, int vendor, _, _) = X86Base.CpuId(0, 0);
        (int last, _, _, _) = X86Base.CpuId(unchecked((int)0x80000000), 0);
        const int amd = 0x68747541; // "Auth" of AuthenticAMD
        if (vendor != amd || (uint)last < unchecked((uint)CacheLeaf)) return false;
        (_, int line, int sets, _) = X86Base.CpuId(CacheLeaf, 0);
        return line == 0 && sets == 0;
    }
}

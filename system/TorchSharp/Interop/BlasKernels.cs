using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>Debian's libtorch multiplies matrices with OpenBLAS, which chooses its kernels once, when it is loaded.</summary>
internal static partial class BlasKernels
{
    /// <summary>
    /// OpenBLAS goes by the processor's model number, and on one that is newer than itself it falls back to the kernels of the first 64-bit Pentium 4, whatever
    /// the processor can do: version 0.3.21 on an Emerald Rapids multiplies 1024² matrices at 31 GFLOP/s on one core and at 147 with its AVX-512 kernels (the
    /// MNIST cGAN preset: 2,080 and 5,470 samples/s on two). So on Intel's processors, where it would choose just these if it knew them, the kernels are chosen
    /// by what the processor can do. The user's own OPENBLAS_CORETYPE stays.
    /// </summary>
#pragma warning disable CA2255 // this is the one moment that is surely before libtorch is loaded
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Choose()
    {
        if (!OperatingSystem.IsLinux() || !X86Base.IsSupported || X86Base.CpuId(0, 0) is not (_, Ebx: Genu, Ecx: Ntel, Edx: Inel)) return;
        if (Avx512F.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported && Avx512CD.VL.IsSupported) _ = SetVariable("OPENBLAS_CORETYPE", "SkylakeX", 0);
        else if (Avx2.IsSupported && Fma.IsSupported) _ = SetVariable("OPENBLAS_CORETYPE", "Haswell", 0);
    }

    private const int Genu = 0x756e6547, Inel = 0x49656e69, Ntel = 0x6c65746e; // "GenuineIntel" in the registers' order

    // .NET's own Environment.SetEnvironmentVariable changes a copy that native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GanPipeline.Training.Native;

/// <summary>Part of each library that uses TorchSharp and lies on top of Training.</summary>
internal static class TorchLoading
{
    /// <summary>
    /// Without it a program that touches TorchSharp by way of such a library, before any type of Training, could not load its native library where the C++
    /// runtime is older (Debian 12).
    /// </summary>
    [SuppressMessage("Usage", "CA2255", Justification = "As in TorchLibrary: there is no Main of ours to do it in.")]
    [ModuleInitializer]
    internal static void Install() => RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using GanPipeline.Training.Native;

namespace GanPipeline.Evaluation;

internal static class TorchLoading
{
    /// <summary>
    /// Without it a program that trains nothing, and so touches TorchSharp by way of this library alone,
    /// could not load its native library where the C++ runtime is older (Debian 12).
    /// </summary>
    [SuppressMessage("Usage", "CA2255", Justification = "As in TorchLibrary: there is no Main of ours to do it in.")]
    [ModuleInitializer]
    internal static void Install() => RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
}

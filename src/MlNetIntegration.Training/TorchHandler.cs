using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using GanPipeline.Training.Native;

namespace GanPipeline.MlNet;

internal static class TorchHandler
{
    /// <summary>
    /// Without this the classifier of an evaluation may touch TorchSharp before anything has installed the handler that loads its native library.
    /// </summary>
    [SuppressMessage("Usage", "CA2255", Justification = "A user's pipeline comes in by many doors, and each of them would have to install the handler.")]
    [ModuleInitializer]
    internal static void Install() => RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
}

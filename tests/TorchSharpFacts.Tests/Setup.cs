using System.Runtime.CompilerServices;
using GanPipeline.Training.Native;

// All tests share libtorch's default generator and its settings.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GanPipeline.TorchSharpFacts.Tests;

internal static class Setup
{
    /// <summary>Without it no test runs where the C++ runtime is older than TorchSharp's native library asks for.</summary>
    [ModuleInitializer]
    internal static void Load() => TorchLibrary.Load();
}

using System.Runtime.CompilerServices;
using GanPipeline.Training.Native;

namespace GanPipeline.TorchSharpFacts.Tests;

internal static class Loading
{
    /// <summary>These tests use nothing of ours, and without it could not load TorchSharp's native library where the C++ runtime is older (Debian
    /// 12).</summary>
    [ModuleInitializer]
    internal static void Load() => TorchLibrary.Load();
}

using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace GanPipeline;

/// <summary>Versions of what computes.</summary>
internal static class PackageVersions
{
    /// <summary>This project's.</summary>
    public static string Own => Of(typeof(PackageVersions));

    /// <summary>Those of the packages that it uses, by name.</summary>
    public static IReadOnlyList<(string Name, string Version)> Used =>
    [
        (".NET", $"{Environment.Version}"), ("TorchSharp", Of(typeof(torch))), ("libtorch", torch.__version__),
        ("ONNX Runtime", Of(typeof(InferenceSession))), ("ML.NET", Of(typeof(MLContext))),
    ];

    private static string Of(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? $"{type.Assembly.GetName().Version}";
}

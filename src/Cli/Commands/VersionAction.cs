using System.CommandLine;
using System.CommandLine.Invocation;
using GanPipeline.Primitives;
using GanPipeline.Training;

namespace GanPipeline.Cli.Commands;

/// <summary>What <c>--version</c> shows: what is needed to report a fault, or to repeat a run elsewhere.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Screen.Say($"gan {PackageVersions.Own}");
        foreach ((string name, string version) in PackageVersions.Used) Screen.Say($"{name} {version}");
        Screen.Say($"device: {Device()}");
        return 0;
    }

    private static string Device()
    {
        try { return Devices.Resolve("auto") is { type: TorchSharp.DeviceType.CUDA } cuda ? $"{cuda}" : "cpu (no CUDA device can be used here)"; }
        catch (UserErrorException e) { return $"none ({e.Message.TrimEnd('.')})"; }
    }
}

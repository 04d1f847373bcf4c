namespace GanPipeline.Stages;

/// <summary>What to export, where to, and what the file is to be like.</summary>
internal sealed record ExportArguments(
    string Run, string? Out, string Network, string Weights, string Pixels, double Truncation, bool NoiseInside, string? Names, int Opset, bool DryRun,
    bool Force);

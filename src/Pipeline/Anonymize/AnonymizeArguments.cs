using GanPipeline.Training.Config;

namespace GanPipeline.Stages;

/// <summary>What to make a synthetic copy of, and how.</summary>
internal sealed record AnonymizeArguments(string Table, string Out, string Report, RunOptions Options, bool RemovesCopies, double? Epsilon, double Delta,
    string Device, bool SafeCsv, bool Force);

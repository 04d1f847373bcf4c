using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>What a stage says, for the time in which the stages learn to return what they found instead; the program sets it.</summary>
internal static class Screen
{
    public static Action<string> Note { get; set; } = _ => { };

    public static Action<string> Say { get; set; } = _ => { };

    public static Action<string[], IEnumerable<string[]>> Table { get; set; } = (_, _) => { };

    public static Action OutputIsData { get; set; } = () => { };

    public static Func<int, Func<IRunObserver, RunOutcome>, RunOutcome> Training { get; set; } = (_, train) => train(new RunObservers());
}

/// <summary>How a stage is ended early, likewise.</summary>
internal static class Stopping
{
    public static Action<string> SetRemedy { get; set; } = _ => { };

    public static string Remedy { set => SetRemedy(value); }

    public static Func<IDisposable> Hold { get; set; } = () => new MemoryStream();

    public static Action<TimeSpan, string> After { get; set; } = (_, _) => { };
}

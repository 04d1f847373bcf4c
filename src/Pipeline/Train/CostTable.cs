using System.Diagnostics;
using System.Globalization;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>cost.csv: seconds, samples and memory of each stage of a run.</summary>
internal sealed class CostTable(string folder)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Runs a stage and notes what it took.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="samples">Samples that it works on; 0 where that means nothing.</param>
    /// <param name="work">What it does.</param>
    public T Measure<T>(string stage, long samples, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        T result = work();
        Add(stage, clock.Elapsed.TotalSeconds, samples);
        return result;
    }

    /// <summary>
    /// Notes training: the sum over all its steps, those before a resume as well, as metrics.csv has them; without pictures, checkpoints and pages.
    /// </summary>
    public void AddTraining(int batch)
    {
        long before = 0;
        double seconds = 0;
        foreach (MetricRow row in MetricsCsv.Read(new RunFolder(folder).Metrics))
        {
            if (row.SamplesPerSecond > 0) seconds += (row.Step - before) * batch / row.SamplesPerSecond;
            before = row.Step;
        }
        Add("training", seconds, before * batch);
    }

    private void Add(string stage, double seconds, long samples)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        using var process = Process.GetCurrentProcess();
        _rows.Add([stage, Math.Round(seconds, 3).ToString(invariant), samples == 0 ? "" : samples.ToString(invariant),
            samples == 0 || seconds <= 0 ? "" : Math.Round(samples / seconds, 1).ToString(invariant),
            Math.Round(process.PeakWorkingSet64 / 1048576.0).ToString(invariant)]);
        RunNotes.WriteCsv(new RunFolder(folder).In("cost.csv"), ["stage", "seconds", "samples", "samples_per_second", "peak_mib"], _rows);
    }
}

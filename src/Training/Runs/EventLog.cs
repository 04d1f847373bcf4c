using System.Reflection;
using CsvHelper.Configuration.Attributes;
using GanPipeline.Training.Metrics;
using static TorchSharp.torch.utils;

namespace GanPipeline.Training.Runs;

/// <summary>
/// TensorBoard's event file of a run, written while it trains by TorchSharp's writer (<c>tensorboard --logdir FOLDER</c>): the columns of metrics.csv and the
/// pictures of samples/. The writer begins a file at every start and has no way to take steps back; so that a resumed run has each step once, the files of
/// earlier starts are removed then, and what metrics.csv and samples/ still have of them is written again.
/// </summary>
/// <param name="folder">The run folder.</param>
/// <param name="warn">Hears once why there will be no more events: training is worth more than they are.</param>
internal sealed class EventLog(RunFolder folder, Action<string> warn) : IRunObserver
{
    private const string Name = "events.out.tfevents.*", Live = ".gan", Final = ".gan-final", PictureTag = "samples", FinalTag = "final/";

    private static readonly (string Tag, PropertyInfo Column)[] Columns = [.. typeof(MetricRow).GetProperties()
        .Where(p => p.Name is not (nameof(MetricRow.Epoch) or nameof(MetricRow.Step)))
        .Select(p => (p.GetCustomAttribute<NameAttribute>()!.Names[0], p))];

    private SummaryWriter? _writer;
    private long _step;

    /// <inheritdoc/>
    public void Started(long step, long totalSteps, long stepsPerEpoch) => Guarded(() =>
    {
        Remove(folder, Live);
        Remove(folder, Final); // a run that goes on is no longer what was measured
        _writer = tensorboard.SummaryWriter(folder.Path, Live);
        foreach (MetricRow row in step > 0 ? MetricsCsv.Read(folder.Metrics) : [])
        {
            Add(_writer, row);
            if (row.Step % stepsPerEpoch == 0 && File.Exists(folder.Samples(row.Epoch))) AddPicture(_writer, folder.Samples(row.Epoch), row.Step);
        }
    });

    /// <inheritdoc/>
    public void Stepped(long step) { }

    /// <inheritdoc/>
    public void Measured(MetricRow row)
    {
        _step = row.Step;
        if (_writer is { } writer) Guarded(() => Add(writer, row));
    }

    /// <inheritdoc/>
    public void Warned(string what) { }

    /// <inheritdoc/>
    public void Wrote(string path)
    {
        if (_writer is { } writer && Path.GetExtension(path) == ".png") Guarded(() => AddPicture(writer, path, _step));
    }

    /// <summary>Writes what was measured when training was over, at the last step, in place of what an earlier measurement wrote.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="values">Names, which get <c>final/</c> before them, and numbers; those that are not finite are left out.</param>
    /// <exception cref="UserErrorException">A file of the folder is damaged, or the events cannot be written.</exception>
    public static void AddFinal(RunFolder folder, IEnumerable<(string Name, double Value)> values)
    {
        try
        {
            Remove(folder, Final);
            int step = File.Exists(folder.Metrics) && MetricsCsv.Read(folder.Metrics) is [.., { } last] ? checked((int)last.Step) : 0;
            SummaryWriter writer = tensorboard.SummaryWriter(folder.Path, Final);
            foreach ((string name, double value) in values)
                if (double.IsFinite(value)) writer.add_scalar(FinalTag + name, (float)value, step);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder.Path}: TensorBoard's events cannot be written ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static void Add(SummaryWriter writer, MetricRow row)
    {
        foreach ((string tag, PropertyInfo column) in Columns)
            if (column.GetValue(row) is IConvertible value) writer.add_scalar(tag, value.ToSingle(null), checked((int)row.Step));
    }

    private static void AddPicture(SummaryWriter writer, string path, long step) => writer.add_img(PictureTag, path, checked((int)step));

    /// <summary>Removes the files that this program began; other programs' stay.</summary>
    private static void Remove(RunFolder folder, string end)
    {
        foreach (string path in Directory.GetFiles(folder.Path, Name + end)) File.Delete(path);
    }

    private void Guarded(Action write)
    {
        try { write(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException or OverflowException)
        {
            _writer = null;
            warn($"no more events are written for TensorBoard, training goes on: {e.Message}");
        }
    }
}

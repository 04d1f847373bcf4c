using GanPipeline.Primitives;
using GanPipeline.Report.Pages;
using GanPipeline.Report.Runs;
using GanPipeline.Report.TensorBoard.Protocol;
using Google.Protobuf;

namespace GanPipeline.Report.TensorBoard;

/// <summary>
/// The event file of a run folder: what metrics.csv and samples/ hold, as TensorBoard reads it (<c>tensorboard --logdir FOLDER</c>). It follows these files:
/// rows and pictures that it has are not written again, and events after a step that training has gone back behind are dropped, so that a resumed run has each
/// once.
/// </summary>
internal sealed class EventFile
{
    private const string Name = "events.out.tfevents.0.gan", Version = "brain.Event:2", SampleTag = "samples", FinalTag = "final/";
    private const long MostBytes = 2L << 30;

    private readonly string _folder, _path;
    private readonly Func<double> _clock;
    private long _rowsWritten, _pictureStep;

    /// <summary>Opens the file of a run folder, and keeps of it what metrics.csv still has.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="clock">Seconds since 1970; the time of new events.</param>
    /// <exception cref="UserErrorException">A file of the folder is damaged, or cannot be written.</exception>
    public EventFile(string folder, Func<double>? clock = null)
    {
        (_folder, _path) = (folder, Path.Combine(folder, Name));
        _clock = clock ?? (() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds);
        HashSet<long> steps = [.. Steps(Metrics())];
        List<byte[]> kept = [];
        foreach ((Event e, byte[] bytes) in Events())
        {
            if (e.WhatCase == Event.WhatOneofCase.Summary && (!steps.Contains(e.Step)
                || e.Summary.Value.Any(v => v.Tag.StartsWith(FinalTag, StringComparison.Ordinal)))) continue;
            kept.Add(bytes);
            if (e.WhatCase != Event.WhatOneofCase.Summary) continue;
            if (e.Summary.Value.Any(v => v.Tag == SampleTag)) _pictureStep = Math.Max(_pictureStep, e.Step);
            else _rowsWritten++;
        }
        if (kept.Count == 0) kept.Add(Record(new Event { WallTime = _clock(), FileVersion = Version }));
        AtomicFile.Write(_path, stream => kept.ForEach(record => stream.Write(record)));
    }

    /// <summary>Appends what is new in the folder since the last call.</summary>
    /// <param name="finished">Whether the last epoch of metrics.csv is over; a picture of an epoch that still goes on would be one of before the run was
    /// resumed.</param>
    /// <exception cref="UserErrorException">A file of the folder is damaged, or the event file cannot be written.</exception>
    public void Update(bool finished)
    {
        if (Metrics() is not { } metrics) return;
        long[] steps = Steps(metrics);
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        for (; _rowsWritten < steps.Length; _rowsWritten++) stream.Write(Record(Scalars(metrics, (int)_rowsWritten, steps[_rowsWritten])));
        int epoch = metrics.Find("epoch");
        if (epoch < 0) return;
        Dictionary<long, long> lastStep = [];
        for (int r = 0; r < steps.Length; r++) lastStep[(long)metrics.Number(r, epoch)] = steps[r];
        long last = lastStep.Keys.DefaultIfEmpty(0).Max();
        foreach (SamplePicture picture in RunData.ReadSamples(Path.Combine(_folder, "samples")))
        {
            if (!lastStep.TryGetValue(picture.Epoch, out long step) || step <= _pictureStep || (picture.Epoch == last && !finished)) continue;
            stream.Write(Record(Picture(Png.Read(picture.Path), step)));
            _pictureStep = step;
        }
    }

    /// <summary>
    /// Appends the finite numbers of quality.csv, which were measured when training was over, at the last step: <c>final/METRIC</c>, and behind it the data and
    /// the class that it belongs to.
    /// </summary>
    /// <exception cref="UserErrorException">A file of the folder is damaged, or the event file cannot be written.</exception>
    public void AddQuality()
    {
        long last = Steps(Metrics()).LastOrDefault();
        var summary = new Summary();
        foreach (QualityRow row in RunData.ReadQuality(_folder).Where(q => double.IsFinite(q.Value)))
            summary.Value.Add(new Summary.Types.Value
            {
                Tag = FinalTag +
                string.Join('/', new[] { row.Metric, row.Data, row.Class }.Where(part => part.Length > 0)),
                SimpleValue = (float)row.Value
            });
        if (summary.Value.Count == 0) return;
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Record(new Event { WallTime = _clock(), Step = last, Summary = summary }));
    }

    private CsvTable? Metrics() => CsvTable.Read(Path.Combine(_folder, "metrics.csv")) is { } table && table.Find("step") >= 0 ? table : null;

    private static long[] Steps(CsvTable? metrics) => metrics is null ? [] : [.. metrics.Rows.Select((_, r) => (long)metrics.Number(r, metrics.Find("step")))];

    private IEnumerable<(Event Event, byte[] Bytes)> Events()
    {
        if (!File.Exists(_path) || new FileInfo(_path).Length > MostBytes) yield break;
        foreach (ReadOnlyMemory<byte> record in RecordFile.Read(InputFile.ReadBytes(_path, "move it out of the folder.", MostBytes)))
        {
            Event e;
            try { e = Event.Parser.ParseFrom(record.Span); }
            catch (InvalidProtocolBufferException) { yield break; }
            yield return (e, RecordFile.Frame(record.Span));
        }
    }

    private Event Scalars(CsvTable metrics, int row, long step)
    {
        var summary = new Summary();
        for (int c = 0; c < metrics.Columns.Count; c++)
            if (metrics.Columns[c] is not ("step" or "epoch") && metrics.Rows[row][c].Length > 0)
                summary.Value.Add(new Summary.Types.Value { Tag = metrics.Columns[c], SimpleValue = (float)metrics.Number(row, c) });
        return new Event { WallTime = _clock(), Step = step, Summary = summary };
    }

    private Event Picture(Png png, long step)
    {
        const int ColourType = 25, Grey = 0;
        var image = new Summary.Types.Image
        {
            Height = png.Height,
            Width = png.Width,
            Colorspace = png.Bytes[ColourType] == Grey ? 1 : 3,
            EncodedImageString = ByteString.CopyFrom(png.Bytes)
        };
        return new Event { WallTime = _clock(), Step = step, Summary = new Summary { Value = { new Summary.Types.Value { Tag = SampleTag, Image = image } } } };
    }

    private static byte[] Record(Event e) => RecordFile.Frame(e.ToByteArray());
}

using System.Diagnostics;
using System.Globalization;
using GanPipeline.Cli;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

// PRESET BATCH THREADS wall|cpu DEVICE [KEY=VALUE ...]
// Steps of one preset on random data, on request: a line with a number on standard input is answered by the milliseconds of so many steps (on a GPU: by
// their mean). What is timed is Trainer.TakeStep: choosing a batch, noise, D, G, both optimisers, the log's sums.
(string preset, int batch, int threads) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
bool cpu = args[3] == "cpu";
ProcessSettings.Apply(); // as the command line does
torch.Device device = Devices.Resolve(args[4]);
// The values of the system's source, if it has one, and no average of weights: those of bench/reference.
RunOptions options = Preset.Load(preset, Preset.Variants(preset).Contains("source") ? "source" : null, [$"batch={batch}", "ema=0", .. args[5..]]);
Devices.UseThreads(threads > 0 ? threads : options.Threads);
using Dataset data = RandomData(options.Data);
using var trainer = new Trainer(options, data, device);
for (string? line; (line = Console.ReadLine()) is not null;)
{
    int count = int.Parse(line, CultureInfo.InvariantCulture);
    // A GPU runs behind: only a row of steps has a time.
    double[] taken = device.type == DeviceType.CUDA ? [Taken(count) / count] : [.. Enumerable.Range(0, count).Select(_ => Taken(1))];
    Console.WriteLine(string.Join(' ', taken.Select(t => t.ToString("F4", CultureInfo.InvariantCulture))));
}

double Taken(int steps)
{
    Wait();
    TimeSpan begin = Now();
    for (int i = 0; i < steps; i++) trainer.TakeStep();
    Wait();
    return (Now() - begin).TotalMilliseconds;
}

void Wait()
{
    if (device.type == DeviceType.CUDA) torch.cuda.synchronize();
}

TimeSpan Now() => cpu ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

// The preset's kind of samples, with random pixels: the time of a step does not depend on what they show.
static Dataset RandomData(DataOptions options)
{
    torch.manual_seed(1);
    if (!options.NeedsPath) return options.Load(null, DataSplit.Train, 1);
    (int channels, int side, int count) = options switch
    {
        IdxDataOptions idx => (1, idx.Size > 0 ? idx.Size : 28, 10_000),
        FolderDataOptions folder => (3, folder.Size, 1000),
        _ => throw new NotSupportedException($"no random data for {options}"),
    };
    return new Dataset("random", new string('0', 64), torch.randint(0, 256, [count, channels, side, side], torch.uint8),
        torch.randint(0, 10, [count], torch.int64), [.. Enumerable.Range(0, 10).Select(i => $"{i}")], SampleFormat.Pixels(channels, side, side));
}

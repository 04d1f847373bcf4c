// ApplyGenerator, and a session by itself, against one row a run: scripts/bench.sh mlnet [--rows N] [--rounds N] [--million N]
// The methods take turns of a third of a second at least, and their rows are counted a second of processor time too, which other programs on the machine change
// less. Each round gives one ratio of processor times; the median is the result. Ratios of times on the clock are printed beside them, since a program waits by
// the clock; they want a quiet machine. One row a run is measured as users of ML.NET do it, a view read by its cursor (ML.NET reads ahead on other threads) and
// a prediction engine, and without ML.NET.
using System.Diagnostics;
using System.Globalization;
using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.MlNetBench;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

int Option(string name, int otherwise) => Array.IndexOf(args, name) is var i && i >= 0 ? int.Parse(args[i + 1]) : otherwise;
int rows = Option("--rows", 4000), rounds = Option("--rounds", 7), million = Option("--million", 1_000_000);
string folder = Directory.CreateTempSubdirectory("gan-bench-").FullName;
try
{
    Compare("a table of 10 columns: 16 + 2 classes -> 128 -> 128 -> 10", classes: 2, latent: 16, [128, 128], features: 10, 10 * rows);
    string images = Compare("images: 100 + 10 classes -> 128 -> 256 -> 512 -> 784", classes: 10, latent: 100, [128, 256, 512], features: 784, rows);
    Memory(images, latent: 100, classes: 10);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

string Compare(string title, int classes, int latent, int[] hidden, int features, int count)
{
    var ml = new MLContext(1);
    string file = Path.Combine(folder, $"{features}.onnx");
    Train(ml, file, classes, latent, hidden, features);
    SchemaDefinition schema = SchemaDefinition.Create(typeof(Asked));
    schema["noise"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, latent);
    Asked[] asked = [.. Rows(count, latent, classes)];
    IDataView view = ml.Data.LoadFromEnumerable(asked, schema);

    Console.WriteLine($"\n{title}; {count} rows, median of {rounds} rounds");
    Console.WriteLine("times: how many times as long this method takes as ApplyGenerator, and as a session in batches; of processor time (both on 1 thread), " +
        "and on the clock (both on all cores)");
    // Files are opened once by every method, before the clock runs.
    IDataView applied = Batched(ml, view, file, new GeneratorSessionOptions { Threads = 1 }), appliedWide = Batched(ml, view, file, null);
    using GeneratorSession session = GeneratorSession.Open(file, new GeneratorSessionOptions { Threads = 1 });
    using GeneratorSession wide = GeneratorSession.Open(file, GeneratorSessionOptions.ForStreams);
    (string Name, Func<int>? Run)[] methods =
    [
        ("ApplyGenerator, 1 thread", () => Read(applied)),
        ("ApplyGenerator, its defaults", () => Read(appliedWide)),
        ("a session in batches, 1 thread", () => InBatches(session, count)),
        ("a session in batches, all cores", () => InBatches(wide, count)),
        ("a session, a row a run, 1 thread", () => OneByOne(view, session)),
        ("ApplyOnnxModel, 1 thread", OnnxStep.Read(ml, view, file, 1, Read)),
        ("ApplyOnnxModel, its defaults", OnnxStep.Read(ml, view, file, null, Read)),
        ("its prediction engine, 1 thread", OnnxStep.Predict(ml, view, file, 1, asked, schema)),
        ("its prediction engine, defaults", OnnxStep.Predict(ml, view, file, null, asked, schema)),
    ];
    double[][] speed = new double[methods.Length][], work = new double[methods.Length][];
    for (int round = -1; round < rounds; round++)
    {
        for (int i = 0; i < methods.Length; i++)
        {
            if (methods[i].Run is not { } run)
                continue;
            Thread.Sleep(50); // ONNX Runtime's threads go on looking for work a while, which is not the next method's
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            int passes = 0;
            do
            {
                int read = run();
                if (read != count)
                    throw new InvalidOperationException($"{methods[i].Name}: {read} rows of {count}");
                passes++;
            }
            while (clock.ElapsedMilliseconds < 333);
            if (round < 0)
                continue; // the first one warms up
            (speed[i] ??= new double[rounds])[round] = (double)passes * count / clock.Elapsed.TotalSeconds;
            (work[i] ??= new double[rounds])[round] = (double)passes * count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }
    }
    for (int i = 0; i < methods.Length; i++)
    {
        if (speed[i] is null)
        {
            Console.WriteLine($"{methods[i].Name,-34} not on this stack");
            continue;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{methods[i].Name,-34} {speed[i].Order().ElementAt(rounds / 2),10:F0} rows/s  " +
            $"{work[i].Order().ElementAt(rounds / 2),10:F0} rows/CPU second")
            + (i > 3 ? $"  times {Times(work, 0, i)} and {Times(work, 2, i)} of processor time, {Times(speed, 1, i)} and {Times(speed, 3, i)} on the clock"
                : ""));
    }
    return file;
}

string Times(double[][] rates, int fast, int slow)
{
    double[] ratios = [.. rates[fast].Select((rate, round) => rate / rates[slow][round]).Order()];
    return FormattableString.Invariant($"{ratios[rounds / 2]:F1} ({ratios[0]:F1} to {ratios[^1]:F1})");
}

void Memory(string file, int latent, int classes)
{
    var ml = new MLContext(1);
    SchemaDefinition schema = SchemaDefinition.Create(typeof(Asked));
    schema["noise"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, latent);
    IDataView made = Batched(ml, ml.Data.LoadFromEnumerable(Rows(million, latent, classes), schema), file, null);
    Console.WriteLine($"\nmemory of a pass over {million} rows of images");
    using DataViewRowCursor cursor = made.GetRowCursor([made.Schema["sample"]]);
    ValueGetter<VBuffer<float>> sample = cursor.GetGetter<VBuffer<float>>(made.Schema["sample"]);
    VBuffer<float> value = default;
    var clock = Stopwatch.StartNew();
    for (int row = 1; cursor.MoveNext(); row++)
    {
        sample(ref value);
        if (row % Math.Max(1, million / 10) == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row,9} rows  {Environment.WorkingSet >> 20,5} MiB resident  " +
                $"{row / clock.Elapsed.TotalSeconds,8:F0} rows/s"));
    }
}

static IDataView Batched(MLContext ml, IDataView view, string file, GeneratorSessionOptions? options) =>
    ml.Transforms.ApplyGenerator(file, labelColumnName: "Class", noiseColumnName: "noise", options: options).Fit(view).Transform(view);

static int Read(IDataView view)
{
    using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["sample"]]);
    ValueGetter<VBuffer<float>> sample = cursor.GetGetter<VBuffer<float>>(view.Schema["sample"]);
    VBuffer<float> value = default;
    int count = 0;
    for (; cursor.MoveNext(); count++)
        sample(ref value);
    return count;
}

static int InBatches(GeneratorSession session, int count)
{
    var classes = (ulong)session.Info.ClassNames.Count;
    return session.Stream(1, 0, (ulong)count, i => (long)(i % classes)).Sum(batch => batch.Count);
}

static int OneByOne(IDataView view, GeneratorSession session)
{
    using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["noise"], view.Schema["label"]]);
    ValueGetter<VBuffer<float>> getNoise = cursor.GetGetter<VBuffer<float>>(view.Schema["noise"]);
    ValueGetter<VBuffer<long>> getLabel = cursor.GetGetter<VBuffer<long>>(view.Schema["label"]);
    var sample = new float[session.Info.SampleSize];
    VBuffer<float> noise = default;
    VBuffer<long> label = default;
    int count = 0;
    for (; cursor.MoveNext(); count++)
    {
        getNoise(ref noise);
        getLabel(ref label);
        session.GenerateFromNoise(noise.GetValues(), label.GetValues(), sample);
    }
    return count;
}

static IEnumerable<Asked> Rows(int count, int latent, int classes)
{
    var random = new RandomStream(1);
    float[][] noises = [.. Enumerable.Range(0, 997).Select(_ => Enumerable.Range(0, latent).Select(_ => (random.NextSingle() * 4) - 2).ToArray())];
    for (int i = 0; i < count; i++)
        yield return new Asked { Class = $"{i % classes}", Label = [i % classes], Noise = noises[i % noises.Length] };
}

/// <summary>A generator file of the wanted size; what it makes does not matter here, so one step of training is enough.</summary>
static void Train(MLContext ml, string file, int classes, int latent, int[] hidden, int features)
{
    var random = new RandomStream(2);
    SchemaDefinition schema = SchemaDefinition.Create(typeof(Real));
    schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
    IDataView view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 8 * classes).Select(i => new Real
    {
        Class = $"{i % classes}",
        Features = [.. Enumerable.Range(0, features).Select(_ => random.NextSingle())],
    }).ToArray(), schema);
    Resampler resampler = Resampler.Train(new GeneratorTraining { Steps = 1, LatentSize = latent, Hidden = hidden, SaveTo = file });
    var options = new UpsamplingOptions { Balance = Balance.ToCount(9), Resampler = resampler, Seed = 1 };
    ml.Transforms.Upsample(ml, "Class", "Features", options).Fit(view).Dispose();
}

internal sealed class Asked
{
    public string Class { get; set; } = "";

    [ColumnName("label")]
    [VectorType(1)]
    public long[] Label { get; set; } = [];

    [ColumnName("noise")]
    public float[] Noise { get; set; } = [];
}

internal sealed class Real
{
    public string Class { get; set; } = "";

    public float[] Features { get; set; } = [];
}

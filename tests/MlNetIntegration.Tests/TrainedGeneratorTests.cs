using GanPipeline.Inference;
using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class TrainedGeneratorTests
{
    private static readonly GeneratorTraining _short = new() { Steps = 40, Hidden = [16, 16], LatentSize = 4 };
    private readonly MLContext _ml = new(1);

    public sealed class Point
    {
        public string Label { get; set; } = "";

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>Two Gaussian clouds, far from zero and of very different scale in each column; the third column is constant.</summary>
    private IDataView Clouds(int common = 400, int rare = 30)
    {
        var normal = new float[(common + rare) * 2];
        GaussianNoise.Fill(3, 0, 2, normal);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, common + rare).Select(i => new Point
        {
            Label = i < common ? "common" : "rare",
            Features = [(i < common ? 1000 : 3000) + (100 * normal[2 * i]), (i < common ? 0.01f : 0.05f) + (0.002f * normal[(2 * i) + 1]), 0.1f],
        }).ToArray());
    }

    private UpsamplingTransformer Fit(IDataView view, GeneratorTraining training, ulong? seed = 1, MLContext? context = null) =>
        new UpsamplingEstimator(context ?? _ml, "Label", "Features", new UpsamplingOptions { Resampler = Resampler.Train(training), Seed = seed })
            .Fit(view);

    [Fact]
    public void It_learns_each_class_in_the_units_of_its_columns()
    {
        IDataView view = Clouds();
        IDataView upsampled = Fit(view, new GeneratorTraining { Steps = 600, Hidden = [64, 64] }).Transform(view);
        float[][] added = [.. upsampled.GetColumn<float[]>("Features").Skip(430)];
        Assert.Equal(370, added.Length);
        Assert.InRange(added.Average(f => f[0]), 2700, 3300);
        Assert.InRange(added.Average(f => f[1]), 0.044, 0.056);
        Assert.InRange(added.Count(f => f[0] > 2000) / 370.0, 0.95, 1);
        Assert.All(added, f => Assert.Equal(0.1f, f[2]));
        Assert.InRange(added.Select(f => f[0]).Distinct().Count(), 300, 370);
    }

    [Fact]
    public void The_file_that_it_keeps_makes_the_same_rows()
    {
        using var folder = new TemporaryFolder();
        IDataView view = Clouds();
        UpsamplingTransformer trained = Fit(view, _short with { SaveTo = folder["g.onnx"] });
        var fromFile = new UpsamplingOptions { Resampler = Resampler.FromFile(folder["g.onnx"]), Seed = 1 };
        UpsamplingTransformer again = new UpsamplingEstimator(_ml, "Label", "Features", fromFile).Fit(view);
        Assert.Equal(trained.Transform(view).GetColumn<float[]>("Features"), again.Transform(view).GetColumn<float[]>("Features"));
        Assert.Contains("g.onnx", trained.Report.Resampler, StringComparison.Ordinal);
        using GeneratorSession session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.Equal(["common", "rare"], session.Info.ClassNames);
        Assert.Equal(40, session.Info.Provenance.Steps);
        Assert.Contains("kind: view", session.Info.Provenance.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public void It_follows_the_seed_of_the_context_and_leaves_no_file()
    {
        var files = new TemporaryFiles(".gan-private-*");
        float[][] Made(int seed)
        {
            IDataView view = Clouds(60, 10);
            return [.. Fit(view, _short, null, new MLContext(seed)).Transform(view).GetColumn<float[]>("Features")];
        }
        Assert.Equal(Made(1), Made(1));
        Assert.NotEqual(Made(1), Made(2));
        files.AssertNoneStays();
    }

    [Fact]
    public void Progress_is_logged_and_training_can_be_cancelled_from_it()
    {
        var lines = new List<string>();
        using var stop = new CancellationTokenSource();
        _ml.Log += (_, e) =>
        {
            // ML.NET's own steps log too, and ML.NET says of every channel when it starts and ends.
            if (e.Source.Contains("Upsampling", StringComparison.Ordinal) && !e.RawMessage.StartsWith("Channel ", StringComparison.Ordinal))
                lines.Add(e.RawMessage);
            if (e.RawMessage.StartsWith("step 10 of 40", StringComparison.Ordinal))
                stop.Cancel();
        };
        Assert.Throws<OperationCanceledException>(() => Fit(Clouds(60, 10), _short with { Cancellation = stop.Token }));
        Assert.StartsWith("training a generator on 70 rows of 3 features in 2 classes: 40 steps", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("step 10 of 40: discriminator loss ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_one_row_can_be_trained_on() => Assert.Equal(120, Fit(Clouds(60, 1), _short).Report.Classes.Sum(c => c.After));

    [Fact]
    public void What_cannot_be_trained_on_is_refused()
    {
        IDataView far = _ml.Data.LoadFromEnumerable(new[] { 0f, 1, 2, 3 }.Select(x => new Point { Label = x < 1 ? "a" : "b", Features = [1e6f + x, x, 1] })
            .ToArray());
        Assert.Equal("number 0 of features column 'Features' lies around 1E+06 and varies by 1.1 only, too little for single precision; "
            + "normalise the features first, for instance with NormalizeMeanVariance", Assert.Throws<UserErrorException>(() => Fit(far, _short)).Message);
        Assert.Equal("GeneratorTraining.Hidden is [0]; give 1 to 64 layers, each 1 to 1000000 wide",
            Assert.Throws<UserErrorException>(() => _ = _short with { Hidden = [0] }).Message);
        Assert.Equal("GeneratorTraining.Steps is 0; give at least 1", Assert.Throws<UserErrorException>(() => Resampler.Train(new() { Steps = 0 }))
            .Message);
    }
}

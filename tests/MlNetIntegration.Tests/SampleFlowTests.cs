using GanPipeline.Evaluation;
using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Resampling;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>What the sample program does, with a classifier of this project: it needs none of ML.NET's trainers.</summary>
public sealed class SampleFlowTests
{
    private const int Folds = 5, Common = 400, Rare = 40;

    private readonly MLContext _ml = new(1);

    private sealed class Measured
    {
        public float X { get; set; }

        public float Y { get; set; }

        public bool Label { get; set; }
    }

    private IDataView Data()
    {
        var random = new Random(5);
        float Normal(double mean) => (float)(mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        return _ml.Data.LoadFromEnumerable([.. Enumerable.Range(0, Common + Rare).Select(i => i % 11 == 0)
            .Select(rare => new Measured { X = Normal(rare ? 1.5 : 0), Y = Normal(rare ? 1.5 : 0), Label = rare })]);
    }

    /// <summary>Scores of all folds together; the folds that are scored never see the step.</summary>
    private ClassificationScores CrossValidate(Resampler? source)
    {
        var actual = new List<long>();
        var predicted = new List<long>();
        foreach (var fold in _ml.Data.CrossValidationSplit(Data(), Folds, seed: 1))
        {
            var start = _ml.Transforms.Concatenate("Features", "X", "Y");
            var trainer = new Trainer();
            IEstimator<ITransformer> pipeline = source is null ? start.Append(trainer)
                : start.AppendUpsampling(_ml, "Label", "Features", Samples.Options(source: source)).Append(trainer);
            (float[] rows, long[] labels) = Read(pipeline.Fit(fold.TrainSet).Transform(fold.TestSet));
            actual.AddRange(labels);
            predicted.AddRange(trainer.Classifier!.Predict(rows, 2));
            trainer.Classifier!.Dispose();
        }
        return ClassificationScores.Of([.. actual], [.. predicted], 2);
    }

    private static (float[] Rows, long[] Labels) Read(IDataView view) =>
        ([.. view.GetColumn<float[]>("Features").SelectMany(f => f)], [.. view.GetColumn<bool>("Label").Select(rare => rare ? 1L : 0)]);

    private sealed class Trainer : IEstimator<ITransformer>
    {
        public IFittedClassifier? Classifier { get; private set; }

        public ITransformer Fit(IDataView input)
        {
            (float[] rows, long[] labels) = Read(input);
            Classifier = BoostedTrees.Default.Fit(new LabelledRows(rows, 2, labels, ["common", "rare"]), null, 1, default);
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    [Fact]
    public void Five_folds_with_and_without_up_sampling()
    {
        ClassificationScores plain = CrossValidate(null);
        Resampler[] resamplers = [Resampler.RandomOversampling(), Resampler.Smote(),
            Resampler.Train(new GeneratorTraining { Steps = 300, Hidden = [16] })];
        ClassificationScores[] scores = [.. resamplers.Select(CrossValidate)];
        Assert.All(scores.Prepend(plain), s =>
        {
            Assert.Equal(Rare, s.ConfusionMatrix[1, 0] + s.ConfusionMatrix[1, 1]);
            Assert.Equal(Common, s.ConfusionMatrix[0, 0] + s.ConfusionMatrix[0, 1]);
        });
        Assert.All(scores.Take(2), s => Assert.InRange(s.Recall[1], plain.Recall[1] + 0.05, 1)); // repeated rows move trees less than they move a network
    }
}

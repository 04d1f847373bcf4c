// An imbalanced table, five-fold cross-validation, and one line for each way of dealing with rare classes:
//     dotnet run --project samples/MlNetUpsampling -c Release -- ../shared/data/tables/mammography.csv calcification
// The table has numbers in all columns but the last, which is the class; the second argument names the rare class, a third one the steps that the GAN trains.
using GanPipeline.MlNet;
using Microsoft.ML;
using Microsoft.ML.Data;

if (args.Length is < 2 or > 3 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("usage: MlNetUpsampling TABLE.csv RARE-CLASS [GAN-STEPS]");
    return 1;
}
string rare = args[1];
int columns = File.ReadLines(args[0]).First().Split(',').Length;
var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromTextFile(args[0],
    [new TextLoader.Column("Features", DataKind.Single, 0, columns - 2), new TextLoader.Column("Class", DataKind.String, columns - 1)],
    separatorChar: ',', hasHeader: true);
data = ml.Data.Cache(data);
string[] classes = [.. data.GetColumn<string>("Class").Distinct()];
if (classes.Length != 2 || !classes.Contains(rare))
{
    Console.Error.WriteLine($"the table has the classes {string.Join(", ", classes)}; two are needed, one of them '{rare}'");
    return 1;
}
var folds = ml.Data.CrossValidationSplit(data, numberOfFolds: 5, seed: 1);

Console.WriteLine($"{"training rows",-34} {"macro F1",9} {"recall",9} {"PR-AUC",9}   confusion: {rare} found, missed; others wrong, right");
IEstimator<ITransformer> trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression();
Report("as they are", features => features.Append(trainer));
Report("a tuned threshold", features => features.Append(trainer.WithThreshold(ml, "Label", "Features", BalancingGoal.F1)));
Report("random over-sampling", features => UpSampled(features, Resampler.RandomOversampling()));
Report("SMOTE", features => UpSampled(features, Resampler.Smote()));
GeneratorTraining? training = args.Length == 3 ? new GeneratorTraining { Steps = int.Parse(args[2]) } : null;
Report("a GAN that Fit trains", features => UpSampled(features, Resampler.Train(training)));
return 0;

IEstimator<ITransformer> UpSampled(IEstimator<ITransformer> features, Resampler resampler) =>
    features.AppendUpsampling(ml, "Label", "Features", resampler).Append(trainer);

void Report(string name, Func<IEstimator<ITransformer>, IEstimator<ITransformer>> complete)
{
    CalibratedBinaryClassificationMetrics[] scores = [.. folds.Select(fold => Evaluate(fold, complete))];
    Console.WriteLine($"{name,-34} {scores.Average(MacroF1),9:F3} {scores.Average(s => s.PositiveRecall),9:F3} "
        + $"{scores.Average(s => s.AreaUnderPrecisionRecallCurve),9:F3}   {Cell(0, 0),5} {Cell(0, 1),5} {Cell(1, 0),6} {Cell(1, 1),6}");

    double Cell(int actual, int predicted) => scores.Sum(s => s.ConfusionMatrix.Counts[actual][predicted]);
}

CalibratedBinaryClassificationMetrics Evaluate(DataOperationsCatalog.TrainTestData fold, Func<IEstimator<ITransformer>, IEstimator<ITransformer>> complete)
{
    var label = classes.ToDictionary(c => c, c => c == rare);
    IEstimator<ITransformer> features = ml.Transforms.Conversion.MapValue("Label", label, "Class")
        .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false));
    return ml.BinaryClassification.Evaluate(complete(features).Fit(fold.TrainSet).Transform(fold.TestSet));
}

static double MacroF1(BinaryClassificationMetrics scores)
{
    double negativeF1 = 2 * scores.NegativePrecision * scores.NegativeRecall / (scores.NegativePrecision + scores.NegativeRecall);
    return (scores.F1Score + negativeF1) / 2;
}

// A resampler of one's own in an ML.NET pipeline, on columns of numbers and text and on a column of vectors:
//     dotnet run --project samples/CustomResampler -c Release -- samples/data/staff.csv
using GanPipeline.MlNet;
using Microsoft.ML;
using Microsoft.ML.Data;

if (args.Length != 1 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("usage: CustomResampler staff.csv");
    return 1;
}
var ml = new MLContext(seed: 1);
IDataView staff = ml.Data.LoadFromTextFile<Employee>(args[0], separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(staff, testFraction: 0.3, seed: 1);
var label = new Dictionary<string, bool> { ["yes"] = true, ["no"] = false };
string[] columns = [nameof(Employee.Age), nameof(Employee.Salary), nameof(Employee.Department), nameof(Employee.Contract)];

var encoded = ml.Transforms.Categorical.OneHotEncoding([new("D", nameof(Employee.Department)), new("C", nameof(Employee.Contract))])
    .Append(ml.Transforms.Concatenate("Features", nameof(Employee.Age), nameof(Employee.Salary), "D", "C"))
    .Append(ml.Transforms.NormalizeMinMax("Features"));
IEstimator<ITransformer> trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression();
var start = ml.Transforms.Conversion.MapValue("Label", label, nameof(Employee.Left));

Report("as they are", start.Append(encoded).Append(trainer));
Report("ROSE on columns", start.AppendUpsampling(ml, "Label", columns, new Rose()).Append(encoded).Append(trainer));
Report("ROSE on vectors", start.Append(encoded).Append(trainer.WithUpsampling(ml, "Label", "Features", new Rose(), onFit: Console.WriteLine)));
return 0;

void Report(string rows, IEstimator<ITransformer> pipeline)
{
    ITransformer model = pipeline.Fit(split.TrainSet);
    foreach (UpsamplingTransformer added in ((IEnumerable<ITransformer>)model).OfType<UpsamplingTransformer>())
        Console.WriteLine(added.Report);
    CalibratedBinaryClassificationMetrics scores = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine(FormattableString.Invariant($"{rows}: F1 {scores.F1Score:F3}, recall {scores.PositiveRecall:F3}\n"));
}

internal sealed class Employee
{
    [LoadColumn(0)]
    public float Age { get; set; }

    [LoadColumn(1)]
    public float Salary { get; set; }

    [LoadColumn(2)]
    public string Department { get; set; } = "";

    [LoadColumn(3)]
    public string Contract { get; set; } = "";

    [LoadColumn(6)]
    public string Left { get; set; } = "";
}

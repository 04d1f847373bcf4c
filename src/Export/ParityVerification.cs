using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace GanPipeline.Export;

/// <summary>Runs a freshly written file in ONNX Runtime and compares it with the network that it was exported from.</summary>
internal static class ParityVerification
{
    /// <summary>
    /// Above these a file is not published. Of whole weights the largest difference counts: the limit is far more than roundings add up to, and far less than a
    /// wrong layer makes. Weights in fewer bits are checked one by one (<see cref="StoredWeights"/>); what they do together is limited by the mean, as a share
    /// of the spread: int8 makes 0.003 to 0.04 with the presets, fp16 less than 0.004. In rows of a table it tips choices, and then other rows come out, as
    /// good as the network's: up to 0.3 with int8, and 1.1 would be rows that have nothing to do with the network's.
    /// </summary>
    private static double Limit(WeightPrecision weights, bool table) => weights switch
    {
        WeightPrecision.Float32 => 1e-4,
        WeightPrecision.Float16 => 0.01,
        _ => table ? 0.5 : 0.08,
    };

    /// <summary>Compares at several batch sizes.</summary>
    /// <param name="file">The file to check.</param>
    /// <param name="target">The name that it is to have, for messages.</param>
    /// <param name="options">What the file is to be like.</param>
    /// <param name="table">Whether it generates rows of a table.</param>
    /// <param name="compare">Compares it with the network at one batch size.</param>
    /// <exception cref="UserErrorException">A difference is too large, or the file does not run.</exception>
    public static IReadOnlyList<ParityCheck> Run(string file, string target, ExportOptions options, bool table, Func<OnnxRun, int, ParityCheck> compare) =>
        Guard(target, () =>
    {
        using var run = new OnnxRun(file);
        var checks = options.Batches.Select(batch => compare(run, batch)).ToList();
        var (whole, limit) = (options.Weights == WeightPrecision.Float32, Limit(options.Weights, table));
        // A mean over a few samples is none: one row whose choice is tipped would be all of it.
        var measured = whole ? checks : [.. checks.Append(compare(run, Deviation.Samples)).Where(check => check.Batch is 0 or >= Deviation.Samples)];
        double Measure(ParityCheck check) => (whole ? check.Difference : check.Deviation) is var number && double.IsNaN(number)
            ? double.PositiveInfinity : number;
        var worst = measured.MaxBy(Measure)!;
        return Measure(worst) <= limit && checks.TrueForAll(check => double.IsFinite(check.Difference))
            ? checks
            : throw new UserErrorException(whole
                ? $"{target}: not written, because its output differs from the network's by up to {worst.Difference:g3} (batch {worst.Batch}), "
                    + $"and {limit:g1} is allowed; report this with the preset"
                : $"{target}: not written, because its output differs from the network's by {Measure(worst):g3} of its spread on average "
                    + $"(batch {worst.Batch}), and {limit:g1} is allowed; store the weights in more bits")
            {
                Kind = ErrorKind.Failed,
            };
    });

    /// <summary>For a generator that draws its noise: nothing can be compared, but it must make as many samples as it was asked for, and numbers.</summary>
    public static void CheckThatItRuns(string file, string target, GeneratorInfo info, IReadOnlyList<int> batches) => Guard(target, () =>
    {
        using var run = new OnnxRun(file);
        string[] outputs = info.IsTable ? [.. info.Columns.Select(column => column.Output)] : [info.Names.Sample];
        foreach (var batch in batches)
        {
            var input = info.ClassNames.Count > 0 ? (info.Names.Label, new long[batch]) : (info.Names.Count, new[] { (long)batch });
            var results = run.Run(outputs, batch, input);
            var size = info.IsTable ? 1 : info.SampleSize;
            if (results.Any(values => values.Length != batch * size || values is float[] samples && !samples.All(float.IsFinite)
                || values is double[] numbers && numbers.Any(double.IsInfinity)))
            {
                throw new UserErrorException($"{target}: not written, because {batch} samples were asked for and {results[0].Length / size} came, " +
                    "or numbers that are not finite; report this with the preset")
                {
                    Kind = ErrorKind.Failed,
                };
            }
        }

        return 0;
    });

    /// <summary>What a network computes in evaluation mode; the mode is put back.</summary>
    public static T InEvaluation<T>(torch.nn.Module network, Func<T> compute)
    {
        var wasTraining = network.training;
        network.eval();
        try
        {
            using var scope = torch.NewDisposeScope();
            using var noGrad = torch.no_grad();
            return compute();
        }
        finally
        {
            network.train(wasTraining);
        }
    }

    /// <summary>The largest of many differences; one that is no number stays none, where Enumerable.Max would drop it.</summary>
    public static double Largest(IEnumerable<double> differences) => differences.Aggregate(0.0, Math.Max);

    private static T Guard<T>(string target, Func<T> check)
    {
        try
        {
            return check();
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException($"{target}: not written, because ONNX Runtime does not run it ({e.Message.Split('\n')[0].Trim()}); " +
                "report this with the preset", e)
            {
                Kind = ErrorKind.Failed,
            };
        }
    }
}

using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace GanPipeline.Export;

/// <summary>Runs a freshly written file in ONNX Runtime and compares it with the network that it was made from.</summary>
internal static class ParityVerification
{
    /// <summary>Above this a file is not published: it is far more than roundings add up to, and far less than a wrong layer makes.</summary>
    private static double Limit(WeightPrecision weights) => weights switch
    {
        WeightPrecision.Float32 => 1e-4,
        WeightPrecision.Float16 => 2e-2,
        _ => 0.5,
    };

    /// <summary>Compares at several batch sizes.</summary>
    /// <param name="file">The file to check.</param>
    /// <param name="target">The name that it is to have, for messages.</param>
    /// <param name="options">What the file is to be like.</param>
    /// <param name="difference">Compares it with the network at one batch size.</param>
    /// <exception cref="UserErrorException">A difference is too large, or the file does not run.</exception>
    public static IReadOnlyList<ParityCheck> Run(string file, string target, ExportOptions options, Func<OnnxRun, int, double> difference) =>
        Guard(target, () =>
    {
        using var run = new OnnxRun(file);
        var checks = options.Batches.Select(batch => new ParityCheck(batch, difference(run, batch))).ToList();
        var worst = checks.MaxBy(check => double.IsNaN(check.Difference) ? double.PositiveInfinity : check.Difference)!;
        var limit = Limit(options.Weights);
        return worst.Difference <= limit
            ? checks
            : throw new UserErrorException(
                $"{target}: not written, because what it makes differs from what the network makes by up to {worst.Difference:g3} (batch {worst.Batch}), "
                + $"and {limit:g1} is allowed; report this with the preset");
    });

    /// <summary>For a generator that draws its noise: nothing can be compared, but it must make as many samples as it was asked for, and numbers.</summary>
    public static void CheckThatItRuns(string file, string target, GeneratorInfo info, IReadOnlyList<int> batches) => Guard(target, () =>
    {
        using var run = new OnnxRun(file);
        foreach (var batch in batches)
        {
            var input = info.ClassNames.Count > 0 ? (info.Names.Label, new long[batch]) : (info.Names.Count, new[] { (long)batch });
            var made = run.Run(info.Names.Sample, batch, input);
            if (made.Length != batch * info.SampleSize || !Array.TrueForAll(made, float.IsFinite))
            {
                throw new UserErrorException($"{target}: not written, because {batch} samples were asked for and {made.Length} numbers came, " +
                    "or some that are not finite; report this with the preset");
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
                "report this with the preset", e);
        }
    }
}

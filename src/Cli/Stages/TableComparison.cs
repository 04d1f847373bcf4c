using GanPipeline.Evaluation;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Cli.Stages;

/// <summary>One way of dealing with rare classes, as the folds judge it.</summary>
/// <param name="Name">The way.</param>
/// <param name="MacroF1">[folds] mean F1 of the classes.</param>
/// <param name="BalancedAccuracy">[folds] mean recall of the classes.</param>
internal sealed record ComparedTableWay(string Name, double[] MacroF1, double[] BalancedAccuracy);

/// <summary>
/// Whether a generator is worth it for a table: on stratified folds, a classifier is trained on the other folds as they are, with its threshold moved, and with rows added
/// by what costs nothing and by a generator that is trained on those folds alone; real rows that none of them has seen judge. Equal rows are in one fold.
/// </summary>
internal sealed class TableComparison
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly torch.Device _device;
    private readonly float[] _rows;
    private readonly long[] _labels;
    private readonly int[] _fold;
    private readonly int _folds, _width, _classes;

    public TableComparison(RunOptions options, Dataset data, int folds, torch.Device device)
    {
        (_options, _data, _folds, _device) = (options, data, folds, device);
        (_width, _classes) = ((int)data.Format.Size, data.ClassNames.Count);
        (_rows, _labels) = (data.Samples.data<float>().ToArray(), data.Labels!.data<long>().ToArray());
        _fold = Folds();
    }

    public IReadOnlyList<ComparedTableWay> Run(Action<string> note, CancellationToken stop)
    {
        string[] names = ["as it is", "moved threshold", "random over-sampling", "SMOTE-NC", "generator"];
        ComparedTableWay[] ways = [.. names.Select(n => new ComparedTableWay(n, new double[_folds], new double[_folds]))];
        for (int fold = 0; fold < _folds; fold++)
        {
            stop.ThrowIfCancellationRequested();
            note($"fold {fold + 1} of {_folds}: training a generator on the other rows");
            int[] train = [.. Enumerable.Range(0, _labels.Length).Where(i => _fold[i] != fold)], held = [.. Enumerable.Range(0, _labels.Length).Where(i => _fold[i] == fold)];
            float[] judged = Pick(held);
            long[] truth = [.. held.Select(i => _labels[i])];
            float[][] added = [[], [], Repeated(train, fold), new SmoteRows(_data.Format.Table!, Pick(train), [.. train.Select(i => _labels[i])], _classes).Make(Wanted(train), Seed("smote", fold)), Generated(train, fold, stop)];
            for (int way = 0; way < ways.Length; way++)
            {
                float[] rows = [.. Pick(train), .. added[way]];
                long[] labels = [.. train.Select(i => _labels[i]), .. added[way].Length == 0 ? [] : Wanted(train)];
                using VectorClassifier classifier = VectorClassifier.Train(rows, _width, labels, _classes, new() { Seed = _options.Seed }, cancellation: stop);
                long[] predicted = way == 1 ? Moved(classifier.Probabilities(judged), train) : classifier.Predict(judged);
                ClassificationScores scores = ClassificationScores.Of(truth, predicted, _classes);
                (ways[way].MacroF1[fold], ways[way].BalancedAccuracy[fold]) = (scores.MacroF1, scores.BalancedAccuracy);
            }
        }
        return ways;
    }

    /// <summary>One sentence: what to use.</summary>
    public static string Advice(IReadOnlyList<ComparedTableWay> ways)
    {
        ComparedTableWay generator = ways[^1], free = ways.SkipLast(1).MaxBy(w => w.MacroF1.Average())!;
        double[] gains = [.. generator.MacroF1.Zip(free.MacroF1, (g, f) => g - f)];
        double gain = gains.Average(), error = gains.Length < 2 ? double.PositiveInfinity : Math.Sqrt(gains.Sum(g => (g - gain) * (g - gain)) / (gains.Length - 1) / gains.Length);
        return gain <= 0 ? FormattableString.Invariant($"Use '{free.Name}': the generator is no better (macro-F1 {generator.MacroF1.Average():F3} against {free.MacroF1.Average():F3}), and '{free.Name}' costs nothing.")
            : gain < 2 * error ? FormattableString.Invariant($"Use '{free.Name}': the generator's macro-F1 is higher by {gain:F3} only, which is within what the folds differ by (standard error {error:F3}).")
            : FormattableString.Invariant($"Use the generator: its macro-F1 is higher than that of '{free.Name}' by {gain:F3} (standard error {error:F3} over {gains.Length} folds).");
    }

    private int[] Folds()
    {
        int[] fold = new int[_labels.Length];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] order = [.. Enumerable.Range(0, _labels.Length)], next = new int[_classes];
        new Random((int)(SeedStream.Derive(_options.Seed, "folds") >> 33)).Shuffle(order);
        foreach (int row in order)
        {
            string key = Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_rows.AsSpan(row * _width, _width)));
            if (!known.TryGetValue(key, out fold[row])) known[key] = fold[row] = next[_labels[row]]++ % _folds;
        }
        return fold;
    }

    /// <summary>The class of each row that is to be added, so that all classes get as many as the largest.</summary>
    private long[] Wanted(int[] train)
    {
        int[] counts = [.. Enumerable.Range(0, _classes).Select(c => train.Count(i => _labels[i] == c))];
        return [.. Enumerable.Range(0, _classes).SelectMany(c => Enumerable.Repeat((long)c, counts[c] == 0 ? 0 : counts.Max() - counts[c]))];
    }

    private float[] Repeated(int[] train, int fold)
    {
        var random = new Random(Seed("over-sampling", fold));
        int[][] places = [.. Enumerable.Range(0, _classes).Select(c => train.Where(i => _labels[i] == c).ToArray())];
        return Pick([.. Wanted(train).Select(c => places[c][random.Next(places[c].Length)])]);
    }

    private float[] Generated(int[] train, int fold, CancellationToken stop)
    {
        float[] rows = Pick(train);
        long[] labels = [.. train.Select(i => _labels[i])];
        int anchors = (_options.Data as TableDataOptions)?.Anchors ?? 0;
        using var data = new Dataset(_data.Name, _data.Sha256, torch.tensor(rows, [train.Length, _width]), torch.tensor(labels), _data.ClassNames,
            _data.Format with { Anchors = AnchorRows.Of(rows, _width, labels, _classes, anchors) });
        using var trainer = new Trainer(_options, data, _device);
        while (trainer.Step < trainer.TotalSteps)
        {
            stop.ThrowIfCancellationRequested();
            trainer.TakeStep();
        }
        trainer.Refresh();
        using torch.Tensor made = TableSamples.Draw(trainer.Sampler, Wanted(train), SeedStream.Derive(_options.Seed, "comparison", (ulong)fold), _device);
        return made.data<float>().ToArray();
    }

    /// <summary>The most likely class after each probability is divided by the class's share of the training rows.</summary>
    private long[] Moved(float[] probabilities, int[] train)
    {
        double[] shares = [.. Enumerable.Range(0, _classes).Select(c => Math.Max(1.0, train.Count(i => _labels[i] == c)))];
        return [.. Enumerable.Range(0, probabilities.Length / _classes).Select(row => (long)Enumerable.Range(0, _classes).MaxBy(c => probabilities[row * _classes + c] / shares[c]))];
    }

    private int Seed(string purpose, int fold) => (int)(SeedStream.Derive(_options.Seed, purpose, (ulong)fold) >> 33);

    private float[] Pick(int[] places)
    {
        float[] picked = new float[places.Length * _width];
        for (int i = 0; i < places.Length; i++) _rows.AsSpan(places[i] * _width, _width).CopyTo(picked.AsSpan(i * _width));
        return picked;
    }
}

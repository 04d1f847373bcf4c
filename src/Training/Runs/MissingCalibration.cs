using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Runs;

/// <summary>A column that a class of generated rows lacks more or less often than its training rows.</summary>
/// <param name="Column">The column.</param>
/// <param name="Class">The class; empty without classes.</param>
/// <param name="Real">Share of the training rows.</param>
/// <param name="Generated">Share of the generated rows.</param>
internal sealed record MissingGap(string Column, string Class, double Real, double Generated)
{
    /// <summary>How far the two are apart.</summary>
    public double Size => Math.Abs(Generated - Real);

    /// <summary>The sentence about it.</summary>
    public override string ToString() => FormattableString.Invariant($"column '{Column}' lacks a value in {Generated:P1} of the generated rows") +
        (Class.Length == 0 ? "" : $" of class '{Class}'") + FormattableString.Invariant($", and in {Real:P1} of the training rows: ") +
        "their shares could not be brought together";
}

/// <summary>
/// Makes the values of generated rows lack as often as those of the training rows of their class: rows are generated, and <see cref="MissingBias"/> is set to
/// the quantile of the leads over the missing slot.
/// </summary>
internal static class MissingCalibration
{
    private const int MostRounds = 14, MostRoughRounds = 5, MostRows = 32_000, MostRowsOfClass = 16_000, MostNumbers = 1 << 25, Parts = 8;
    private const double Tolerance = 0.005, Told = 0.03, Always = 1e6;

    /// <summary>Sets the bias of a table's generator; of another it does nothing.</summary>
    /// <param name="generator">In evaluation mode, with the weights that it will have.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="device">Where the generator is.</param>
    /// <param name="stop">Ends the work between two batches.</param>
    /// <returns>Shares that are off by more than .03 all the same.</returns>
    public static IReadOnlyList<MissingGap> Fit(Generator generator, ulong seed, Device device, CancellationToken stop = default)
    {
        if (generator.Format.Missing is not { } shares || generator.Body.children().OfType<TableBody>().SingleOrDefault() is not { } body) return [];
        string[] columns = [.. MissingBias.ColumnsOf(body.Codec).Select(column => column.Name)];
        double[][] bias = [.. shares.ByClass.Select(c => Array.ConvertAll(c, share => share == 0 ? -Always : share == 1 ? Always : 0))];
        (int Class, int Column)[] open = [.. shares.ByClass.SelectMany((c, i) => c.Select((share, j) => (share, (i, j)))).Where(s => s.share is > 0 and < 1)
            .Select(s => s.Item2)];
        body.Use(new MissingBias(bias, body.Codec, device));
        if (open.Length == 0) return [];
        using var draws = new Draws(generator, body, [.. open.Select(o => (long)o.Class).Distinct()], SeedStream.Derive(seed, "shares of missing values"),
            device, stop);
        Bracket[] brackets = [.. open.Select(_ => new Bracket())];
        // First with a part of the rows, which is enough to come near.
        for (int round = 1, parts = 1; ; round++)
        {
            Dictionary<long, float[][]> leads = draws.Leads(parts);
            float[][] found = [.. open.Select(o => leads[o.Class][o.Column])];
            if (found.Any(column => !Array.TrueForAll(column, float.IsFinite))) return []; // weights that give no numbers, of which exporting speaks
            MissingGap[] gaps = [.. open.Zip(found, (o, column) => new MissingGap(columns[o.Column],
                generator.ClassNames.Count == 0 ? "" : generator.ClassNames[o.Class], shares.ByClass[o.Class][o.Column],
                (double)column.Count(lead => lead < 0) / column.Length))];
            double step = 1.0 / found.Min(column => column.Length);
            bool near = gaps.Max(gap => gap.Size) <= Math.Max(parts == Parts ? Tolerance : 2 * Tolerance, step);
            if (parts == Parts && (near || round >= MostRounds)) return [.. gaps.Where(gap => gap.Size > Math.Max(Told, step))];
            foreach (((int c, int j), int i) in open.Select((o, i) => (o, i)))
            {
                bias[c][j] = brackets[i].Within(bias[c][j], gaps[i], bias[c][j] + Threshold(found[i], gaps[i].Real));
            }
            body.Use(new MissingBias(bias, body.Codec, device));
            if (parts == Parts || !(near || round >= MostRoughRounds)) continue;
            parts = Parts;
            foreach (Bracket bracket in brackets) bracket.Forget();
        }
    }

    /// <summary>What the leads are to lose so that the wanted share of them is below 0: no more than it takes.</summary>
    private static double Threshold(float[] leads, double share)
    {
        const double Into = 0.1;
        Array.Sort(leads);
        int below = Math.Clamp((int)Math.Round(share * leads.Length), 1, leads.Length - 1);
        double low = leads[below - 1], high = leads[below], into = Into * (high - low);
        return low < 0 && high >= 0 ? 0 : low >= 0 ? low + into : high - into;
    }

    /// <summary>The nearest biases that were found to give too little and too much.</summary>
    private sealed class Bracket
    {
        private double _low = double.NegativeInfinity, _high = double.PositiveInfinity;
        private bool _halves;

        public void Forget() => (_low, _high) = (double.NegativeInfinity, double.PositiveInfinity);

        /// <summary>
        /// The next bias to try: the proposal, or the middle where that is no nearer, and at least every second time. Rows that are alike make shares leap, and
        /// a proposal then leads from one side of the leap to the other.
        /// </summary>
        public double Within(double bias, MissingGap gap, double proposal)
        {
            if (gap.Generated < gap.Real) _low = bias;
            else _high = bias;
            if (_low >= _high) Forget(); // what else is missing has changed meanwhile
            if (!double.IsFinite(_low) || !double.IsFinite(_high)) return proposal;
            _halves = !_halves || proposal <= _low || proposal >= _high;
            return _halves ? (_low + _high) / 2 : proposal;
        }
    }

    /// <summary>Rows of classes that are drawn once, and chosen again with each bias.</summary>
    private sealed class Draws : IDisposable
    {
        private readonly TableBody _body;
        private readonly long[] _classes;
        private readonly CancellationToken _stop;
        private readonly List<TableBody.DrawnRows>[] _drawn; // [class] its parts

        public Draws(Generator generator, TableBody body, long[] classes, ulong seed, Device device, CancellationToken stop)
        {
            (_body, _classes, _stop) = (body, classes, stop);
            _drawn = [.. classes.Select(_ => new List<TableBody.DrawnRows>())];
            int latent = generator.LatentSize;
            long fit = MostNumbers / Math.Max(body.Codec.Width, 1L);
            int rows = (int)Math.Clamp(Math.Min(MostRows / Parts, fit / Parts) / classes.Length, 2, MostRowsOfClass / Parts);
            for (int place = 0; place < Parts * classes.Length; place++)
            {
                stop.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                using IDisposable noGradient = no_grad();
                float[] noise = new float[rows * latent];
                GaussianNoise.Fill(seed, (ulong)place * (ulong)rows, latent, noise);
                Tensor input = tensor(noise, [rows, latent], device: device);
                long[] label = [.. Enumerable.Repeat(classes[place % classes.Length], rows)];
                if (generator.Label is { } labels) input = labels.call(input, tensor(label, device: device));
                _drawn[place % classes.Length].Add(body.Draw(input).Kept());
            }
        }

        /// <summary>[class][columns][rows] leads over the missing slot in the first parts of each class.</summary>
        public Dictionary<long, float[][]> Leads(int parts) => _classes.Index().ToDictionary(c => c.Item, c =>
        {
            int columns = MissingBias.ColumnsOf(_body.Codec).Count();
            float[] rows = [.. _drawn[c.Index].Take(parts).SelectMany(Leads)];
            return Enumerable.Range(0, columns).Select(j => Enumerable.Range(0, rows.Length / columns).Select(i => rows[i * columns + j]).ToArray()).ToArray();
        });

        private float[] Leads(TableBody.DrawnRows drawn)
        {
            _stop.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            return _body.LeadsOverMissing(drawn).cpu().contiguous().data<float>().ToArray();
        }

        public void Dispose()
        {
            foreach (TableBody.DrawnRows drawn in _drawn.SelectMany(d => d)) drawn.Dispose();
        }
    }
}

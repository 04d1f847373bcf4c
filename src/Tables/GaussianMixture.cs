namespace GanPipeline.Tables;

/// <summary>
/// A mixture of Gaussians in one dimension, fitted by variational Bayes with a Dirichlet-process prior on the weights (Blei and Jordan 2006; Bishop 2006,
/// section 10.2): components that the data does not need lose their weight by themselves. The same model, priors and updates as scikit-learn's
/// BayesianGaussianMixture.
/// </summary>
/// <param name="Weights">[K] mixing weights, which sum to 1.</param>
/// <param name="Means">[K] means.</param>
/// <param name="Deviations">[K] standard deviations.</param>
internal sealed record GaussianMixture(double[] Weights, double[] Means, double[] Deviations)
{
    private const double Concentration = 0.001, MeanPrecision = 1, Freedom = 1, Floor = 1e-6, Tolerance = 1e-5;

    /// <summary>Fits a mixture. The result depends on the values alone: it starts from groups of equally many values, refined by k-means.</summary>
    /// <param name="values">Finite numbers, at least one.</param>
    /// <param name="components">Components at most.</param>
    /// <param name="iterations">Updates at most.</param>
    public static GaussianMixture Fit(ReadOnlySpan<double> values, int components = 10, int iterations = 200)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        components = Math.Min(components, sorted.Distinct().Count());
        // All updates are made on standardised values, so that the floor under the variances means the same for every column.
        double shift = sorted.Average(), scale = Math.Sqrt(sorted.Average(x => (x - shift) * (x - shift)));
        if (scale == 0) return new([1], [shift], [0]);
        double[] x = Array.ConvertAll(sorted, v => (v - shift) / scale);
        var state = new State(x, components);
        double[] before = [];
        for (int i = 0; i < iterations; i++)
        {
            state.Maximize();
            double[] now = [.. state.Weights, .. state.Means];
            if (before.Length > 0 && now.Zip(before, (a, b) => Math.Abs(a - b)).Max() < Tolerance) break;
            before = now;
            state.Expect();
        }
        return new(state.Weights, Array.ConvertAll(state.Means, m => m * scale + shift), Array.ConvertAll(state.Variances, v => Math.Sqrt(v) * scale));
    }

    /// <summary>The same mixture without components of less weight than <paramref name="least"/>; the others' weights are scaled to sum to 1.</summary>
    public GaussianMixture Pruned(double least)
    {
        int[] kept = [.. Enumerable.Range(0, Weights.Length).Where(k => Weights[k] >= least)];
        double total = kept.Sum(k => Weights[k]);
        return new([.. kept.Select(k => Weights[k] / total)], [.. kept.Select(k => Means[k])], [.. kept.Select(k => Deviations[k])]);
    }

    /// <summary>The component that a value most likely comes from.</summary>
    public int Component(double value)
    {
        (int best, double most) = (0, double.NegativeInfinity);
        for (int k = 0; k < Weights.Length; k++)
        {
            double deviation = Math.Max(Deviations[k], 1e-12), z = (value - Means[k]) / deviation;
            double score = Math.Log(Weights[k]) - Math.Log(deviation) - z * z / 2;
            if (score > most) (best, most) = (k, score);
        }
        return best;
    }

    /// <summary>ψ(x), the logarithmic derivative of the gamma function, for x above 0: recurrence, then the asymptotic series.</summary>
    internal static double Digamma(double x)
    {
        double result = 0;
        for (; x < 10; x++) result -= 1 / x;
        double f = 1 / (x * x);
        return result + Math.Log(x) - 0.5 / x - f * (1.0 / 12 - f * (1.0 / 120 - f * (1.0 / 252 - f * (1.0 / 240 - f * (1.0 / 132)))));
    }

    private sealed class State
    {
        private readonly double[] _x, _count, _precision, _freedom, _shape1, _shape2;
        private readonly double[] _responsibility; // [N, K]
        private readonly int _components;
        private readonly double _priorMean, _priorVariance;

        public State(double[] sorted, int components)
        {
            (_x, _components) = (sorted, components);
            _priorMean = sorted.Average();
            _priorVariance = sorted.Length > 1 ? sorted.Sum(v => (v - _priorMean) * (v - _priorMean)) / (sorted.Length - 1) : 1;
            (_count, _precision, _freedom, _shape1, _shape2) =
                (new double[components], new double[components], new double[components], new double[components], new double[components]);
            (Means, Variances, Weights) = (new double[components], new double[components], new double[components]);
            _responsibility = new double[sorted.Length * components];
            int[] group = KMeans();
            for (int i = 0; i < sorted.Length; i++) _responsibility[i * components + group[i]] = 1;
        }

        public double[] Means { get; }

        public double[] Variances { get; }

        public double[] Weights { get; }

        public void Maximize()
        {
            for (int k = 0; k < _components; k++)
            {
                double count = 0, sum = 0, squares = 0;
                for (int i = 0; i < _x.Length; i++)
                {
                    double r = _responsibility[i * _components + k];
                    count += r;
                    sum += r * _x[i];
                }
                count = Math.Max(count, 1e-15); // a component without values keeps its prior
                double mean = sum / count;
                for (int i = 0; i < _x.Length; i++) squares += _responsibility[i * _components + k] * (_x[i] - mean) * (_x[i] - mean);
                double variance = squares / count + Floor;
                _count[k] = count;
                _precision[k] = MeanPrecision + count;
                _freedom[k] = Freedom + count;
                Means[k] = (MeanPrecision * _priorMean + count * mean) / _precision[k];
                Variances[k] = (_priorVariance + count * variance
                    + count * MeanPrecision / _precision[k] * (mean - _priorMean) * (mean - _priorMean)) / _freedom[k];
            }
            double after = 0, rest = 1;
            for (int k = _components - 1; k >= 0; k--)
            {
                (_shape1[k], _shape2[k]) = (1 + _count[k], Concentration + after);
                after += _count[k];
            }
            for (int k = 0; k < _components; k++)
            {
                Weights[k] = rest * _shape1[k] / (_shape1[k] + _shape2[k]);
                rest *= _shape2[k] / (_shape1[k] + _shape2[k]);
            }
            double total = Weights.Sum();
            for (int k = 0; k < _components; k++) Weights[k] /= total;
        }

        public void Expect()
        {
            Span<double> constant = stackalloc double[_components];
            double stick = 0;
            for (int k = 0; k < _components; k++)
            {
                double both = Digamma(_shape1[k] + _shape2[k]);
                double logWeight = Digamma(_shape1[k]) - both + stick;
                stick += Digamma(_shape2[k]) - both;
                double logLambda = Math.Log(2) + Digamma(_freedom[k] / 2);
                constant[k] = logWeight - 0.5 * Math.Log(2 * Math.PI * Variances[k]) - 0.5 * Math.Log(_freedom[k]) + 0.5 * (logLambda - 1 / _precision[k]);
            }
            Span<double> score = stackalloc double[_components];
            for (int i = 0; i < _x.Length; i++)
            {
                double most = double.NegativeInfinity, total = 0;
                for (int k = 0; k < _components; k++)
                {
                    double d = _x[i] - Means[k];
                    score[k] = constant[k] - d * d / (2 * Variances[k]);
                    most = Math.Max(most, score[k]);
                }
                for (int k = 0; k < _components; k++) total += score[k] = Math.Exp(score[k] - most);
                for (int k = 0; k < _components; k++) _responsibility[i * _components + k] = score[k] / total;
            }
        }

        /// <summary>Lloyd's algorithm on sorted values, from groups of equally many distinct ones.</summary>
        private int[] KMeans()
        {
            double[] distinct = [.. _x.Distinct()];
            double[] centers = [.. Enumerable.Range(0, _components).Select(k => distinct[(int)((k + 0.5) * distinct.Length / _components)])];
            int[] group = new int[_x.Length];
            for (int round = 0; round < 50; round++)
            {
                bool changed = round == 0;
                for (int i = 0, k = 0; i < _x.Length; i++)
                {
                    while (k + 1 < _components && Math.Abs(_x[i] - centers[k + 1]) < Math.Abs(_x[i] - centers[k])) k++;
                    changed |= group[i] != k;
                    group[i] = k;
                }
                if (!changed) break;
                for (int k = 0; k < _components; k++)
                {
                    double[] members = [.. _x.Where((_, i) => group[i] == k)];
                    if (members.Length > 0) centers[k] = members.Average();
                }
            }
            return group;
        }
    }
}

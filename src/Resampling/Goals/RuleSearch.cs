namespace GanPipeline.Resampling.Goals;

/// <summary>
/// Finds the decision rule that is best for a goal. For two classes all cuts between different probabilities are tried, and the rule lies in the middle (on
/// the scale of log odds) of a stretch of cuts that are all best; of several stretches in the one nearest to the plain rule, which stays where none is better.
/// For more classes it is p / share^a by the best a of a grid (Menon et al. 2021, "Long-tail learning via logit adjustment", section 4.1, there called τ), or
/// factors that are improved from there one after the other, each by all of its cuts, where that is better than the grid by more than its standard error on
/// parts of the rows that the factors were not fitted to.
/// </summary>
internal sealed class RuleSearch
{
    private const int Parts = 5, MostRounds = 10;
    private const double Same = 1e-12; // scores of other orders of the same additions

    private static readonly double[] Exponents = [.. Enumerable.Range(0, 31).Select(i => i / 20.0)]; // 0 to 1.5; beyond 1 the rare are favoured

    private readonly DecisionGoal _goal;
    private readonly long[] _actual;
    private readonly float[] _probabilities;
    private readonly int[] _counts;

    /// <summary>A search on rows; see <see cref="DecisionRule.Tuned"/>.</summary>
    public RuleSearch(DecisionGoal goal, long[] actual, float[] probabilities, int[] counts)
    {
        if (actual.Length == 0 || probabilities.Length != (long)actual.Length * counts.Length)
            throw new ArgumentException($"there are {probabilities.Length} probabilities of {counts.Length} classes for {actual.Length} rows.");
        (_goal, _actual, _probabilities, _counts) = (goal, actual, probabilities, counts);
    }

    /// <summary>The best rule.</summary>
    public DecisionRule Best()
    {
        if (_counts.Length < 2) return DecisionRule.Even(_counts.Length);
        if (_counts.Length == 2) return Searched(DecisionRule.Even(2), 1, ScoreOf(DecisionRule.Even(2))).Rule;
        DecisionRule shares = ByShares();
        return GainsByCoordinates() ? ByCoordinates(shares) : shares;
    }

    private double ScoreOf(DecisionRule rule) => _goal.Score(_actual, _probabilities, rule.Decide(_probabilities));

    private DecisionRule ByShares()
    {
        (DecisionRule best, double most) = (DecisionRule.Even(_counts.Length), double.NegativeInfinity);
        foreach (double exponent in Exponents)
        {
            DecisionRule rule = exponent == 0 ? best
                : new DecisionRule(Array.ConvertAll(_counts, count => Math.Pow(Math.Max(1, count), -exponent))).Normalised();
            double score = ScoreOf(rule);
            if (score > most + Same) (best, most) = (rule, score);
        }
        return best;
    }

    private DecisionRule ByCoordinates(DecisionRule start)
    {
        (DecisionRule rule, double score) = (start, ScoreOf(start));
        for (int round = 0; round < MostRounds; round++)
        {
            double before = score;
            for (int c = 0; c < _counts.Length; c++)
                if (_actual.Contains(c)) (rule, score) = Searched(rule, c, score); // a class without a row here would never be decided for
            if (score <= before + Same) break;
        }
        return rule.Normalised();
    }

    /// <summary>Whether factors for each class are better than the grid on rows that neither was fitted to, by more than chance explains.</summary>
    private bool GainsByCoordinates()
    {
        int[] next = new int[_counts.Length], part = [.. _actual.Select(label => next[label]++ % Parts)];
        if (next.Max() < Parts) return false; // some part would be empty
        double[] gains = new double[Parts];
        for (int p = 0; p < Parts; p++)
        {
            RuleSearch fitted = Part(row => part[row] != p), scored = Part(row => part[row] == p);
            DecisionRule shares = fitted.ByShares();
            gains[p] = scored.ScoreOf(fitted.ByCoordinates(shares)) - scored.ScoreOf(shares);
        }
        double mean = gains.Average();
        return mean > Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / (Parts - 1) / Parts);
    }

    private RuleSearch Part(Func<int, bool> wanted)
    {
        int[] rows = [.. Enumerable.Range(0, _actual.Length).Where(wanted)];
        return new RuleSearch(_goal, Array.ConvertAll(rows, row => _actual[row]), RowsOf.Pick(_probabilities, _counts.Length, rows), _counts);
    }

    /// <summary>
    /// The best factor of one class, the others' as they are: each row goes over to the class at some factor, and all cuts between those are tried.
    /// </summary>
    private (DecisionRule Rule, double Score) Searched(DecisionRule rule, int of, double score)
    {
        (double[] turns, int[] order, Decisions decisions, long[] rivals) = Turns(rule, of);
        double best = score, from = 0;
        (double Factor, double Distance)? chosen = null;
        bool open = false; // whether the cuts from 'from' on are all as good as the best
        double own = Math.Log(rule.Factors[of]);
        for (int i = 0, first = 0; i <= order.Length; i++)
        {
            // Behind row i - 1, the class is decided for the rows before it; cuts lie where the next row turns later.
            double turn = i < order.Length ? turns[i] : double.PositiveInfinity, last = i == 0 ? 0 : turns[i - 1];
            if (i < order.Length && (turn == last && i > 0)) continue;
            for (; first < i; first++) decisions.Move(_actual[order[first]], rivals[order[first]], of);
            if (!(turn > last)) continue;
            double here = _goal.Score(decisions);
            if (open && here < best - Same) Close(last);
            if (here > best + Same) (best, chosen, open, from) = (here, null, true, last);
            else if (!open && best > score + Same && here >= best - Same) (open, from) = (true, last);
        }
        if (open) Close(double.PositiveInfinity);
        return chosen is { } found
            ? (new DecisionRule([.. rule.Factors.Select((factor, c) => c == of ? found.Factor : factor)]).Normalised(), best) : (rule, score);

        void Close(double to)
        {
            open = false;
            double factor = Middle(from, to), distance = Math.Abs(Math.Log(factor) - own);
            if (chosen is not { } other || distance < other.Distance) chosen = (factor, distance);
        }
    }

    private static double Middle(double from, double to) => (from, to) switch
    {
        (0, double.PositiveInfinity) => 1,
        (0, _) => to / 2,
        (_, double.PositiveInfinity) => from * 2,
        _ => Math.Sqrt(from) * Math.Sqrt(to), // their product may be beyond the range
    };

    /// <summary>
    /// The factors at which each row turns to a class, ascending; the rows in that order; the decisions without the class; and the class of each row then.
    /// </summary>
    private (double[] Turns, int[] Order, Decisions Without, long[] Rivals) Turns(DecisionRule rule, int of)
    {
        int classes = _counts.Length;
        long[] rivals = new DecisionRule([.. rule.Factors.Select((factor, c) => c == of ? 0 : factor)]).Decide(_probabilities);
        double[] turns = new double[_actual.Length];
        int[] order = [.. Enumerable.Range(0, turns.Length)];
        for (int row = 0; row < turns.Length; row++)
        {
            double rival = _probabilities[row * classes + rivals[row]] * rule.Factors[rivals[row]], own = _probabilities[row * classes + of];
            turns[row] = rivals[row] == of ? 0 : own > 0 ? rival / own : double.PositiveInfinity;
        }
        Array.Sort(turns, order);
        return (turns, order, Decisions.Of(_actual, rivals, classes), rivals);
    }
}

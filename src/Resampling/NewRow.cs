namespace GanPipeline.Resampling;

/// <summary>How a new row is made of rows of its class: whoever holds the columns follows it, of whatever type they are.</summary>
/// <param name="Donor">Place of the row that it starts from, and that gives it what is neither a number nor a category.</param>
/// <param name="Towards">Places of the rows that its numbers lie towards; none where it is the donor once more.</param>
/// <param name="Weights">What each of these counts: the numbers are a weighted sum of rows, the donor's weight being what is left to 1.</param>
/// <param name="Voters">
/// Places of the rows whose most frequent category it has, the nearest to the donor first; at least one. One alone gives all its categories as they stand
/// together.
/// </param>
internal readonly record struct NewRow(int Donor, IReadOnlyList<int> Towards, IReadOnlyList<float> Weights, IReadOnlyList<int> Voters)
{
    /// <summary>A row once more, whole.</summary>
    public static NewRow Again(int row) => new(row, [], [], [row]);

    /// <summary>A row on the line from one to another.</summary>
    /// <param name="donor">Where the line begins.</param>
    /// <param name="neighbour">Where it ends.</param>
    /// <param name="gap">How far along, from 0 (the donor's numbers) to 1 (the neighbour's).</param>
    /// <param name="voters">As <see cref="Voters"/>.</param>
    public static NewRow Between(int donor, int neighbour, float gap, IReadOnlyList<int> voters) => new(donor, [neighbour], [gap], voters);

    /// <summary>Whether it is its donor once more, to the bit.</summary>
    public bool IsRepeat => Towards.Count == 0 && Voters is [var only] && only == Donor;

    /// <summary>The numbers of the new row; no row lacks one.</summary>
    /// <param name="numbersOf">The numbers of a row.</param>
    /// <param name="target">What they are written to.</param>
    public void Numbers(RowNumbers numbersOf, Span<float> target)
    {
        ReadOnlySpan<float> donor = numbersOf(Donor);
        donor.CopyTo(target);
        for (int i = 0; i < Towards.Count; i++)
        {
            ReadOnlySpan<float> other = numbersOf(Towards[i]);
            float weight = Weights[i];
            for (int j = 0; j < target.Length; j++) target[j] += weight * (other[j] - donor[j]);
        }
    }

    /// <summary>
    /// A number of the new row. A row that lacks it (NaN) counts as the mean of those that have it; where none of them has, it is that of the first voter that
    /// has one, since the voters say whether it is missing. NaN where none has it at all.
    /// </summary>
    /// <param name="numberOf">The number of a row.</param>
    public double Number(Func<int, double> numberOf)
    {
        double donor = numberOf(Donor), sum = donor;
        if (!double.IsNaN(donor)) for (int i = 0; i < Towards.Count; i++) sum += Weights[i] * (numberOf(Towards[i]) - donor);
        return double.IsNaN(sum) ? OfPresent(numberOf) : sum;
    }

    /// <summary>A category of the new row: the one that most voters have; of several, the one whose first voter is nearest to the donor.</summary>
    /// <param name="categoryOf">The category of a row.</param>
    public T Category<T>(Func<int, T> categoryOf)
    {
        (T Best, int Votes) winner = (categoryOf(Voters[0]), 0);
        for (int i = 0; i < Voters.Count; i++)
        {
            T candidate = categoryOf(Voters[i]);
            int votes = 0;
            for (int j = 0; j < Voters.Count; j++) votes += EqualityComparer<T>.Default.Equals(categoryOf(Voters[j]), candidate) ? 1 : 0;
            if (votes > winner.Votes) winner = (candidate, votes);
        }
        return winner.Best;
    }

    private double OfPresent(Func<int, double> numberOf)
    {
        double[] present = [.. Towards.Prepend(Donor).Select(numberOf).Where(number => !double.IsNaN(number))];
        if (present.Length == 0) return Voters.Select(numberOf).FirstOrDefault(number => !double.IsNaN(number), double.NaN);
        double mean = present.Average(), donor = numberOf(Donor), sum = 0, rest = 1;
        for (int i = 0; i < Towards.Count; i++)
        {
            double number = numberOf(Towards[i]);
            rest -= Weights[i];
            if (!double.IsNaN(number)) sum += Weights[i] * (number - mean);
        }
        return mean + sum + (double.IsNaN(donor) ? 0 : rest * (donor - mean));
    }
}

/// <summary>The numbers of a row.</summary>
internal delegate ReadOnlySpan<float> RowNumbers(int row);

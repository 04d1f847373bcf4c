namespace GanPipeline.Resampling;

/// <summary>How a new row is made of rows of its class.</summary>
/// <param name="Donor">Place of the row that it starts from, and that gives it what is neither a number nor a category.</param>
/// <param name="Neighbour">Place of the row that its numbers lie towards.</param>
/// <param name="Gap">How far, from 0 (the donor's numbers) to below 1 (the neighbour's).</param>
/// <param name="Voters">Places of the rows whose most frequent category it has, the nearest to the donor first; at least one.</param>
internal readonly record struct NewRow(int Donor, int Neighbour, float Gap, IReadOnlyList<int> Voters)
{
    /// <summary>A number of the new row, of the donor's and the neighbour's.</summary>
    public float Number(float donor, float neighbour) => donor + Gap * (neighbour - donor);

    /// <summary>A number of the new row; where the donor or the neighbour lacks it (NaN), the other's.</summary>
    public double Number(double donor, double neighbour) =>
        double.IsNaN(donor) ? neighbour : double.IsNaN(neighbour) ? donor : donor + Gap * (neighbour - donor);

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
}

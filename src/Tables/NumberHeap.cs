namespace GanPipeline.Tables;

/// <summary>Numbers that are more frequent than those between them: whole amounts among cents, ages that end in 0 or 5, prices that end in .99.</summary>
/// <param name="Grid">Which they are, in units of the last decimal.</param>
/// <param name="Share">How many of <see cref="Shares"/> rows are rounded to them.</param>
internal readonly record struct NumberHeap(NumberGrid Grid, int Share)
{
    /// <summary>What shares are counted in.</summary>
    public const int Shares = 64;

    // So many times from one step to the next all shares come in turn; no small multiple of it is near a whole number.
    private const double Turns = 11.618033988749895;

    /// <summary>
    /// Where in the turns of the shares a number is: its fraction, from 0 to 1, is as good as a random number of it, and the file of a generator computes
    /// the same.
    /// </summary>
    /// <param name="steps">The number before it is rounded, in steps of the column's grid.</param>
    public static double Turn(double steps) => steps * Turns;

    /// <summary>By what a number in steps is multiplied for its turn.</summary>
    internal static double Multiplier => Turns;

    /// <summary>The place of a turn among the shares; <see cref="Shares"/>, which is nobody's, where its fraction is rounded to 1.</summary>
    public static int Place(double turn) => (int)((turn - Math.Floor(turn)) * Shares);
}

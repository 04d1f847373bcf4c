using GanPipeline.MlNet;

/// <summary>
/// ROSE, the smoothed bootstrap (Menardi and Torelli 2014): a new row is a real one of the class with Gaussian noise on its numbers, as wide as a kernel
/// estimate of the class's density has it. Its categories are the real row's. It draws rows of a column of vectors as of columns of a table.
/// </summary>
internal sealed class Rose : RowResampler
{
    public override string Name => "ROSE";

    protected override RowGenerator Fit(ClassRows rows) => new Kernel(rows);

    private sealed class Kernel : RowGenerator
    {
        private readonly ClassRows _rows;
        private readonly double[] _widths;

        internal Kernel(ClassRows rows)
        {
            int columns = rows.NumberCount;
            double silverman = Math.Pow(4.0 / ((columns + 2) * rows.Count), 1.0 / (columns + 4));
            (_rows, _widths) = (rows, [.. Enumerable.Range(0, columns).Select(column => silverman * Deviation(rows, column))]);
        }

        public override void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories)
        {
            Random random = Stream(seed, index);
            int real = random.Next(_rows.Count);
            for (int column = 0; column < numbers.Length; column++)
                numbers[column] = _rows.Number(real, column) + (_widths[column] * Normal(random));
            for (int column = 0; column < categories.Length; column++)
                categories[column] = _rows.Category(real, column);
        }

        /// <summary>The row that it starts from also gives the columns that are not generated.</summary>
        public override int Donor(ulong seed, long index, int rows) => Stream(seed, index).Next(rows);

        /// <summary>The same numbers for the same row of the same seed, and others for others.</summary>
        private static Random Stream(ulong seed, long index) => new(unchecked((int)((seed + ((ulong)index * 0x9E3779B97F4A7C15)) >> 32)));

        private static double Normal(Random random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        private static double Deviation(ClassRows rows, int column)
        {
            double[] present = [.. Enumerable.Range(0, rows.Count).Select(row => rows.Number(row, column)).Where(number => !double.IsNaN(number))];
            double mean = present.DefaultIfEmpty(0).Average();
            return Math.Sqrt(present.Select(number => (number - mean) * (number - mean)).DefaultIfEmpty(0).Average());
        }
    }
}

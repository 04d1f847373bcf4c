using GanPipeline.Tables;

namespace GanPipeline.Resampling.Tests;

public sealed class PlainColumnsTests
{
    /// <summary>Two modes, missing values, categories and a column that is the sum of two others: the classifier sees the numbers of the table.</summary>
    [Fact]
    public void A_classifier_sees_the_numbers_of_the_table()
    {
        var random = new Random(4);
        (int A, int? B, string C)[] rows = [.. Enumerable.Range(0, 300)
            .Select(i => ((i % 3 == 0 ? 1000 : 0) + random.Next(100), i % 7 == 0 ? null : (int?)random.Next(500), $"v{i % 4}"))];
        string csv = "a,b,c,twice,class\n" + string.Concat(rows.Select((r, i) => $"{r.A},{r.B},{r.C},{2 * r.A + 1},{(i % 5 == 0 ? "x" : "y")}\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, "class");
        TableCodec codec = TableCodec.Fit(table, schema);
        Assert.Equal("twice", Assert.Single(codec.Derived).Name);
        var encoded = new LabelledRows(codec.Encode(table, schema.File), codec.Width, schema.Labels(table), schema.ClassNames);
        var seen = new Seeing();
        using IFittedClassifier fitted = PlainColumns.Of(seen, codec).Fit(encoded, null, 1, default);
        Assert.Equal(8, seen.Columns); // a; b and whether it is missing; four categories; twice
        for (int row = 0; row < rows.Length; row++)
        {
            float[] values = seen.Values[(row * 8)..(row * 8 + 8)];
            Assert.Equal((rows[row].A, 2 * rows[row].A + 1, rows[row].B is null ? 1 : 0), (values[0], values[7], values[2]));
            if (rows[row].B is { } b) Assert.Equal(b, values[1]);
            Assert.Equal(1, values[3..7].Sum());
        }
        Assert.Equal(seen.Values, fitted.Probabilities(encoded.Values));
        Assert.Same(seen, PlainColumns.Of(seen, null));
    }

    private sealed class Seeing : IClassifierTrainer
    {
        public string Name => "seeing";

        public float[] Values { get; private set; } = [];

        public int Columns { get; private set; }

        public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
        {
            (Values, Columns) = (rows.Values, rows.Columns);
            return new Echo();
        }

        private sealed class Echo : IFittedClassifier
        {
            public float[] Probabilities(ReadOnlyMemory<float> rows) => rows.ToArray();

            public void Dispose()
            {
            }
        }
    }
}

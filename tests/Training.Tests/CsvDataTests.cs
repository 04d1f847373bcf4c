using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class CsvDataTests
{
    [Fact]
    public void Rows_become_standardised_points_with_classes()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, "x,kind,\"y, cm\",same\r\n"
            + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i % 4 == 0 ? "\"b, c\"" : "a")},{-1000 - i * 0.5},7\r\n")));
        var options = new CsvDataOptions { Label = "kind", Test = 0.25 };
        using Dataset train = options.Load(path, DataSplit.Train, 1), test = options.Load(path, DataSplit.Test, 2);
        Assert.Equal(200, train.Count + test.Count);
        Assert.InRange(test.Count, 30, 70);
        Assert.Equal([train.Count, 3], train.Samples.shape);
        Assert.Equal(["a", "b, c"], train.ClassNames);
        Assert.Equal(train.Format.Units!.Shift, test.Format.Units!.Shift); // of the training rows, whatever part is read
        float[] rows = train.Samples.data<float>().ToArray();
        long[] labels = train.Labels!.data<long>().ToArray();
        for (int i = 0; i < labels.Length; i++)
        {
            Assert.Equal(rows[3 * i] % 4 == 0 ? 1 : 0, labels[i]);
            Assert.Equal(-1000 - rows[3 * i] * 0.5, rows[3 * i + 1]);
        }
        Assert.Empty(test.Samples.select(1, 0).contiguous().data<float>().ToArray().Intersect(rows.Chunk(3).Select(r => r[0])));
        using (NewDisposeScope())
        {
            Tensor batch = train.Batch(arange(train.Count));
            Assert.All(batch.mean([0]).data<float>().ToArray(), m => Assert.Equal(0, m, 1e-3f));
            Assert.Equal([1, 1, 0], batch.std(0, unbiased: false).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
        }
        Assert.Equal(7, train.Format.Units.Shift[2]);
    }

    [Fact]
    public void Without_a_class_column_all_columns_are_coordinates()
    {
        using var folder = new TemporaryFolder();
        using Dataset data = new CsvDataOptions { Test = 0 }.Load(Write(folder, "a,b\n1,2\n3,4e0\n"), DataSplit.Train, 1);
        Assert.Null(data.Labels);
        Assert.Equal([1f, 2, 3, 4], data.Samples.data<float>().ToArray());
        Assert.Equal("points", data.Format.Kind);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("x,kind\n", "a header but no rows")]
    [InlineData("1,2\n3,4\n", "its first line holds numbers only")]
    [InlineData("x,kind\n1,a\n2\n", "line 3: 1 fields, but the header has 2")]
    [InlineData("x,kind\n1,a\n2,b,3\n", "line 3: 3 fields, but the header has 2")]
    [InlineData("x,kind\n1,a\n,b\n", "line 3, column 'x': '' is not a finite number")]
    [InlineData("x,kind\n1,a\nNaN,b\n", "line 3, column 'x': 'NaN' is not a finite number")]
    [InlineData("x,kind\n1,a\n1e99,b\n", "line 3, column 'x': '1e99' is not a finite number")]
    [InlineData("x,kind\n1,a\n\"2,b\n", "line")]
    [InlineData("x,y\n1,2\n", "no column 'kind'")]
    [InlineData("kind\na\n", "no column of numbers")]
    [InlineData("x,kind\n1000000,a\n1000001,b\n1000000,a\n", "too little for single precision")]
    public void A_file_that_is_wrong_gets_a_sentence(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, text);
        string message = Assert.Throws<UserErrorException>(() => new CsvDataOptions { Label = "kind", Test = 0 }.Load(path, DataSplit.Train, 1)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_part_or_a_class_that_would_be_empty_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, "x,kind\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{(i == 49 ? "rare" : "usual")}\n")));
        Assert.Contains("none of its 50 rows fell to the test part; raise 'data.test'",
            Assert.Throws<UserErrorException>(() => new CsvDataOptions { Label = "kind", Test = 0 }.Load(path, DataSplit.Test, 1)).Message);
        double share = Enumerable.Range(1, 99).Select(p => p / 100.0).First(p => SeedStream.Derive(0, "test part", 49) < p * ulong.MaxValue);
        Assert.Contains("all rows of class 'rare' fell to the test part",
            Assert.Throws<UserErrorException>(() => new CsvDataOptions { Label = "kind", Test = share }.Load(path, DataSplit.Train, 1)).Message);
        Assert.Contains("--data FILE", Assert.Throws<UserErrorException>(() => new CsvDataOptions().Load(null, DataSplit.Train, 1)).Message);
        Assert.Contains("no such file", Assert.Throws<UserErrorException>(() => new CsvDataOptions().Load(folder["none.csv"], DataSplit.Train, 1)).Message);
        Assert.Contains("unknown key 'labels'", Assert.Throws<UserErrorException>(() => Preset.Parse("system: s\ndata: { kind: csv, labels: a }\n", "p.yaml"))
            .Message);
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder["points.csv"], text);
        return folder["points.csv"];
    }
}

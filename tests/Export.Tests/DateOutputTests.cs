using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Tables.Tests;

namespace GanPipeline.Export.Tests;

/// <summary>The graph of a generator writes the dates that the library writes, letter for letter, whatever their form and however many they are.</summary>
public class DateOutputTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    /// <summary>Some dates missing, some far from all others; codes at random, and those of the first and the last date.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Dates_are_written_as_the_library_writes_them(int seed)
    {
        var (texts, format, _) = RandomDates.Of(seed);
        var random = new Random(seed);
        var more = (seed % 4) switch
        {
            1 => Enumerable.Repeat("", 5),
            2 => Enumerable.Repeat(At(new DateTime(9999, 12, 31)), 20).Concat(Enumerable.Repeat(At(new DateTime(1, 1, 1)), 6)),
            3 => Enumerable.Repeat("", 5).Concat(Enumerable.Repeat(At(new DateTime(9999, 12, 31)), 20)),
            _ => [],
        };
        var codec = Codec([.. texts, .. more], $"columns: {{ x: {{ type: date, format: \"{format}\"{(seed % 5 == 0 ? ", encoding: quantile" : "")} }} }}");
        var column = codec.Columns[0];
        Assert.Equal(seed % 4 == 2 ? 2 : seed % 4 == 3 ? 1 : 0, column.Dates!.Apart.Count);
        var rows = Enumerable.Range(0, 300).Select(i => codec.Parts.Select(part => i < part.Slots ? (i, (float)random.NextDouble() * 2 - 1)
            : i < 200 ? (random.Next(Math.Max(1, part.Slots)), (float)random.NextDouble() * 2.2f - 1.1f) : default).ToArray()).ToList();
        for (var i = 200; i < rows.Count; i++)
        {
            rows[i] = Encoded(codec, i == 200 ? 0 : i == 201 ? column.Dates.Count - 1 : random.NextInt64(column.Dates.Count));
        }

        var expected = rows.Select(row => Array.ConvertAll([.. codec.Parts.Zip(row)], part => part.First.Decode(part.Second.Item1, part.Second.Item2)))
            .Select(parts => double.IsNaN(parts[0]) ? "" : column.Dates.Text((long)(parts.Length == 1 ? parts[0] : column.Dates.Joined(parts[0], parts[1]))));
        Assert.Equal(expected, Texts(codec, rows, TableOutputs.Opset(codec, new ExportOptions())));

        string At(DateTime date) => new DateFormat(format).Text(date);
    }

    /// <summary>Half of a century in milliseconds: more steps than float32 has numbers, and than a file could hold texts of.</summary>
    [Fact]
    public void The_first_and_the_last_of_many_dates_are_exact()
    {
        var codec = Codec(["1950-03-01T00:00:00.001Z", "2000-02-29T23:59:59.998Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"], "");
        var column = codec.Columns[0];
        Assert.Equal((1_577_923_199_998, TimeSpan.TicksPerMillisecond), (column.Dates!.Count, column.Dates.StepTicks));
        var ends = new[] { Encoded(codec, 0), Encoded(codec, column.Dates.Count - 1) };
        Assert.Equal(["1950-03-01T00:00:00.001Z", "2000-02-29T23:59:59.998Z"], Texts(codec, ends, 20));
    }

    [Fact]
    public void Only_a_table_whose_texts_are_put_together_needs_newer_operators()
    {
        var seconds = Codec(["2024-01-01 00:00:00", "2024-06-01 00:00:01", "2024-12-31 23:59:59"], "");
        var days = Codec(["1600-01-01", "1600-01-02", "2024-12-31"], "");
        Assert.Equal(20, TableOutputs.Opset(seconds, new ExportOptions()));
        Assert.Equal(21, TableOutputs.Opset(seconds, new ExportOptions { Opset = 21 }));
        Assert.Equal(17, TableOutputs.Opset(days, new ExportOptions()));
        Assert.Equal(13, TableOutputs.Opset(days, new ExportOptions { Opset = 13 }));
        Assert.Equal("column 'x' has 31622400 different times, whose texts are put together by an operator that ONNX has from opset 20 on, and opset 17 was "
            + "asked for; leave the option out, or the column",
            Assert.Throws<UserErrorException>(() => TableOutputs.Opset(seconds, new ExportOptions { Opset = 17 })).Message);
    }

    private static TableCodec Codec(IReadOnlyList<string> texts, string yaml)
    {
        var csv = "x,class\n" + string.Concat(texts.Select((text, i) => $"\"{text}\",{(i % 2 == 0 ? "a" : "b")}\n"));
        var table = TableReader.Read(new StringReader(csv), "t.csv", "");
        return TableCodec.Fit(table, TableSchema.Infer(table, "class", SchemaFile.Parse(yaml, "s.yaml"))) with { Label = null, Header = ["x"] };
    }

    private static (int Slot, float Scalar)[] Encoded(TableCodec codec, long date) => [.. codec.Parts.Select(part => part.Encode(part.PartOf(date)))];

    private static string[] Texts(TableCodec codec, IReadOnlyList<(int Slot, float Scalar)[]> rows, int opset)
    {
        var graph = new GraphBuilder("dates", opset);
        var encoded = graph.FloatInput("encoded", codec.Width);
        TableOutputs.Add(encoded, null, [], codec, [new("x", "x", IsText: true)], graph);
        var data = new float[rows.Count * codec.Width];
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var ((part, scalar, slot), value) in codec.Layout().Zip(rows[i]))
            {
                data[i * codec.Width + scalar] = value.Scalar;
                if (part.Slots > 0)
                {
                    data[i * codec.Width + slot + value.Slot] = 1;
                }
            }
        }

        using var folder = new TemporaryFolder();
        using var run = new OnnxRun(folder.Make("g.onnx", graph.ToModel([])));
        return (string[])run.Run(["x"], rows.Count, ("encoded", data))[0];
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using Google.Protobuf;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

/// <summary>The comparison of a file with its network, on files in which one constant is a little wrong: by a hundredth, or by one step.</summary>
public class TableParityTests
{
    private const int Batch = 200;
    private const double Limit = 1e-4; // above it no file is written
    private const double Turned = double.PositiveInfinity; // each constant becomes the one after it

    private static readonly ExportOptions Options = new();

    /// <summary>Every kind of number and date, each as one column of a table.</summary>
    private static readonly Dictionary<string, Func<Random, string>> Kinds = new()
    {
        ["decimals"] = random => Text(Math.Round(random.NextDouble() * 100, 2)),
        ["steps"] = random => Text(random.Next(400) * 0.25 + 0.05),
        ["significant"] = random => Text(double.Parse(Math.Exp(random.NextDouble() * 9 - 5).ToString("G4", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture)),
        ["single"] = random => ((float)random.NextDouble()).ToString("R", CultureInfo.InvariantCulture),
        ["double"] = random => Text(1e9 + random.NextDouble()),
        ["seconds"] = random => Text(1_735_689_600L + random.Next(4000)),
        ["int64"] = random => (1_735_689_600_123_456_789L + random.NextInt64(100_000)).ToString(CultureInfo.InvariantCulture),
        ["chosen"] = random => Text(random.Next(5) * 10),
        ["chosen_int64"] = random => (1_735_689_600_123_456_789L + random.Next(4)).ToString(CultureInfo.InvariantCulture),
        ["listed"] = random => Text(Math.Pow(random.Next(30), 3) / 8 + 1),
        ["listed_int64"] = random => (1_735_689_600_123_456_789L + (long)Math.Pow(random.Next(30), 3) * 11).ToString(CultureInfo.InvariantCulture),
        ["listed_days"] = random => new DateTime(1999, 1, 1).AddDays(Math.Pow(random.Next(30), 2)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["listed_times"] = random => new DateTime(2024, 1, 1).AddDays(random.Next(90)).AddMinutes(Math.Pow(random.Next(1, 37), 2))
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ["days"] = random => new DateTime(1999, 1, 1).AddDays(random.Next(900)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["times"] = random => new DateTime(2024, 1, 1).AddSeconds(random.Next(20_000_000)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
    };

    [Theory]
    [InlineData("decimals", "center|centers", 0.01)]
    [InlineData("decimals", "half_width|half_widths", 0.01)]
    [InlineData("steps", "center|centers", 0.01)]
    [InlineData("steps", "half_width|half_widths", 0.01)]
    [InlineData("steps", "grid_start", 0)]
    [InlineData("steps", "grid_step", 0)]
    [InlineData("significant", "center|centers", 0.01)]
    [InlineData("significant", "half_width|half_widths", 0.01)]
    [InlineData("single", "center|centers", 0.01)]
    [InlineData("double", "center|centers", 0.01)]
    [InlineData("double", "half_width|half_widths", 0.01)]
    [InlineData("seconds", "center|centers", 0.01)]
    [InlineData("seconds", "half_width|half_widths", 0.01)]
    [InlineData("int64", "center|centers", 0.01)]
    [InlineData("int64", "half_width|half_widths", 0.01)]
    [InlineData("int64", "start", 1_000)]
    [InlineData("int64", "step_length", 0)]
    [InlineData("chosen", "numbers", 0)]
    [InlineData("chosen_int64", "numbers", 0)]
    [InlineData("listed", "center|centers", 0.01)]
    [InlineData("listed", "half_width|half_widths", 0.01)]
    [InlineData("listed", "values", 1e-5)]
    [InlineData("listed", "values", Turned)]
    [InlineData("listed", "borders", 0.2)]
    [InlineData("listed", "last_borders", 0.2)]
    [InlineData("listed", "values", Turned, "columns: { x: { encoding: quantile } }")]
    [InlineData("listed_int64", "values", 0)]
    [InlineData("listed_int64", "values", Turned)]
    [InlineData("listed_int64", "start", 0)]
    [InlineData("listed_days", "values", 0)]
    [InlineData("listed_days", "values", Turned)]
    [InlineData("listed_days", "borders", 0.2)]
    [InlineData("listed_times", @"time\.values", 0)]
    [InlineData("listed_times", @"time\.values", Turned)]
    [InlineData("days", "center|centers", 0.01)]
    [InlineData("days", "half_width|half_widths", 0.01)]
    [InlineData("times", "center|centers", 0.01)]
    [InlineData("times", @"time\.(center|centers)", 0.01)]
    [InlineData("times", "times_a_day", 0)]
    [InlineData("times", "before", 0)]
    [InlineData("times", @"ticks\.by", 10_000_000)]
    [InlineData("decimals", "quantiles", 0.01, "columns: { x: { encoding: quantile } }")]
    public void A_file_whose_constants_are_a_little_off_is_none(string kind, string constants, double by, string schema = "")
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        string[] texts = [.. Enumerable.Range(0, 300).Select(_ => Kinds[kind](random))];
        using var generator = Build("x,label\n" + string.Concat(texts.Select((text, i) => $"{text},{(i % 3 == 0 ? "b" : "a")}\n")), schema);
        Fails(generator, folder["g.onnx"], $@"0\.x\.({constants})", by);
    }

    [Theory]
    [InlineData("total", "weight_0")]
    [InlineData("total", "weight_1")]
    [InlineData("fahrenheit", "weight_0")]
    [InlineData("fahrenheit", "constant")]
    [InlineData("level", "numbers")]
    public void Nor_is_one_whose_equations_are_a_little_off(string column, string constants)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        string csv = "price,fee,total,celsius,fahrenheit,kind,level,label\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
        {
            decimal price = random.Next(100, 9_999) / 100m, fee = random.Next(1, 999) / 10m, celsius = random.Next(-300, 400) / 10m;
            return string.Join(',', Text(price), Text(fee), Text(price + fee), Text(celsius), Text(1.8m * celsius + 32), $"k{i % 4}",
                i % 4 * 10, i % 3 == 0 ? "b" : "a") + "\n";
        }));
        using var generator = Build(csv, "");
        Assert.Contains(column, generator.Format.Table!.Derived.Select(c => c.Name));
        Fails(generator, folder["g.onnx"], $@"computed\.\d+\.{column}\.({constants})", 0);
    }

    /// <summary>As it is the file is the network's; with the constants changed it is not.</summary>
    private static void Fails(Generator generator, string path, string constants, double by)
    {
        generator.eval();
        TableCodec codec = generator.Format.Table!;
        var parity = new TableParity(generator, codec, TableOutputs.Columns(codec, Options), 5, Options);
        var model = ModelProto.Parser.ParseFrom(GeneratorExporter.Build(generator, Options).ToModel([]));
        Assert.InRange(Compare(), 0, Limit);
        TensorProto[] changed = [.. model.Graph.Initializer.Where(tensor => Regex.IsMatch(tensor.Name, $@"^column\.({constants})$"))];
        Assert.True(changed.Length > 0, string.Join(", ", model.Graph.Initializer.Select(tensor => tensor.Name)));
        ColumnCode code = constants.Contains("(time\\.", StringComparison.Ordinal) ? codec.Columns[0].Time! : codec.Columns[0];
        double spread = (code.Max - code.Min) / 4;
        foreach (var tensor in changed)
        {
            byte[] bytes = tensor.RawData.ToByteArray();
            bool scaled = tensor.Name.Contains("half_width", StringComparison.Ordinal) || tensor.Name.Contains(".computed.", StringComparison.Ordinal);
            if (tensor.DataType == (int)TensorProto.Types.DataType.Int64)
            {
                foreach (ref long number in MemoryMarshal.Cast<byte, long>(bytes.AsSpan())) number += Math.Max(1, (long)by);
            }
            else
            {
                Assert.Equal((int)TensorProto.Types.DataType.Double, tensor.DataType);
                var step = by > 0 ? by * spread : 1;
                if (double.IsInfinity(by))
                {
                    bytes = [.. bytes[sizeof(double)..], .. bytes[..sizeof(double)]];
                    step = 0;
                }

                foreach (ref double number in MemoryMarshal.Cast<byte, double>(bytes.AsSpan())) number = scaled ? number * 1.01 : number + step;
            }

            tensor.RawData = ByteString.CopyFrom(bytes);
        }

        double difference = Compare();
        Assert.True(difference > Limit, $"{difference} with other {string.Join(", ", changed.Select(tensor => tensor.Name))}");

        double Compare()
        {
            File.WriteAllBytes(path, model.ToByteArray());
            using var run = new OnnxRun(path);
            return parity.Compare(run, Batch).Difference;
        }
    }

    private static Generator Build(string csv, string schema)
    {
        manual_seed(3);
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        using Dataset data = new TableDataOptions { Anchors = 1 }.Load(table, TableSchema.Infer(table, "label", SchemaFile.Parse(schema, "s.yaml")));
        return new TableGeneratorOptions { Hidden = [24] }.Build(new RunOptions { Latent = 6 }.GeneratorContext(data.ClassNames, data.Format, CPU));
    }

    private static string Text(IFormattable number) => number.ToString(number is decimal ? "0.####" : null, CultureInfo.InvariantCulture);
}

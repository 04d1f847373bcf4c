using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace GanPipeline.TableFiles.Tests;

public class ParquetTests
{
    [Fact]
    public void Values_of_every_kind_are_texts_with_nothing_lost_and_come_back_as_the_same_types()
    {
        using var folder = new TemporaryFolder();
        string path = folder["t.parquet"], again = folder["again.parquet"];
        Write(path,
            (new DataField("whole", typeof(long), true), (g, f) => g.WriteAsync<long>(f, new long?[] { long.MaxValue, null, -1 })),
            (new DataField("small", typeof(sbyte), false), (g, f) => g.WriteAsync<sbyte>(f, new sbyte[] { -128, 0, 127 })),
            (new DataField("unsigned", typeof(ulong), false), (g, f) => g.WriteAsync<ulong>(f, new[] { ulong.MaxValue, 0UL, 1UL })),
            (new DataField("number", typeof(double), true), (g, f) => g.WriteAsync<double>(f, new double?[] { 0.1 + 0.2, null, -1e-300 })),
            (new DataField("single", typeof(float), true), (g, f) => g.WriteAsync<float>(f, new float?[] { 0.1f, null, -0.8595526f })),
            (new DecimalDataField("money", 20, 2, isNullable: true), (g, f) => g.WriteAsync<decimal>(f, new decimal?[] { 1.5m, null, 123456789012345678.99m })),
            (new DataField("flag", typeof(bool), true), (g, f) => g.WriteAsync<bool>(f, new bool?[] { true, null, false })),
            (new DataField("text", typeof(string), true), (g, f) => g.WriteAsync(f, new[] { "a,\"b\"", null, "Ümlaut\n" }!)),
            (new DateTimeDataField("day", DateTimeFormat.Date, isNullable: true), (g, f) => g.WriteAsync<DateTime>(f, new DateTime?[] { Day(1900, 1, 1), null,
                Day(9999, 12, 31) })),
            (new DateTimeDataField("time", DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Micros, true),
                (g, f) => g.WriteAsync<DateTime>(f, new DateTime?[] { Day(1969, 12, 31).AddTicks(10), null, Day(2024, 2, 29).AddSeconds(1) })),
            (new DateTimeDataField("midnight", DateTimeFormat.Timestamp, false, DateTimeTimeUnit.Nanos, true),
                (g, f) => g.WriteAsync<DateTime>(f, new DateTime?[] { Day(1969, 12, 31), null, Day(2024, 2, 29) })),
            (new DateTimeDataField("milli", DateTimeFormat.Timestamp, false, DateTimeTimeUnit.Millis, true),
                (g, f) => g.WriteAsync<DateTime>(f, new DateTime?[] { Day(1969, 12, 31).AddHours(1), null, Day(2024, 2, 29) })),
            (new TimeDataField("clock", TimeUnitPrecision.Micros, true), (g, f) => g.WriteAsync<long>(f, new long?[] { 3_723_000_000, null, 500_000 })));
        string[][] wanted =
        [
            ["9223372036854775807", "", "-1"], ["-128", "0", "127"], ["18446744073709551615", "0", "1"], ["0.30000000000000004", "", "-1E-300"],
            ["0.1", "", "-0.8595526"], ["1.50", "", "123456789012345678.99"], ["true", "", "false"], ["a,\"b\"", "", "Ümlaut\n"],
            ["1900-01-01", "", "9999-12-31"], ["1969-12-31 00:00:00.000001", "", "2024-02-29 00:00:01.000000"], ["1969-12-31", "", "2024-02-29"],
            ["1969-12-31 01:00:00", "", "2024-02-29 00:00:00"], ["01:02:03.000", "", "00:00:00.500"],
        ];
        Table table = TableFile.Read(path);
        Assert.Equal(wanted, table.Columns.Select(c => Enumerable.Range(0, table.Rows).Select(row => c[row])));
        Assert.Equal([1, 2, 3], table.Lines);

        Copy(path, again);
        Assert.Equal(wanted, TableFile.Read(again).Columns.Select(c => Enumerable.Range(0, 3).Select(row => c[row])));
        Assert.Equal(Types(path), Types(again));
    }

    [Fact]
    public void Nanoseconds_are_read_to_the_last()
    {
        // What Parquet.Net writes ends at ten millionths of a second: a file of whole numbers, made one of times by its footer.
        var times = new ParquetTimes(new ParquetColumn("t", ParquetKind.Timestamp) { Digits = 9 });
        Assert.True(times.TryAdd("1969-12-31 23:59:59.9999999"));
        Assert.False(times.TryAdd("1969-12-31 23:59:59.99999999"));
        Assert.Equal(9, times.DigitsNeeded());
        Assert.Equal("1969-12-31 23:59:59.999999900", times.Text(0));
    }

    [Fact]
    public void Missing_texts_and_empty_ones_stay_what_they_are_in_a_copy()
    {
        using var folder = new TemporaryFolder();
        Write(folder["t.parquet"], (new DataField("text", typeof(string), true), (g, f) => g.WriteAsync(f, new[] { "", null, "a" }!)),
            (new DataField("n", typeof(int), true), (g, f) => g.WriteAsync<int>(f, new int?[] { 1, null, 3 })));
        Copy(folder["t.parquet"], folder["again.parquet"]);
        using ITableRows rows = TableFile.Open(folder["again.parquet"]);
        Assert.Equal<IEnumerable<string?>>(["", null, "a"], [.. Enumerable.Range(0, 3).Select(_ => rows.Read() ? rows[0] : "none")]);
    }

    [Fact]
    public void Columns_that_no_table_has_are_refused_by_name_unless_they_are_dropped()
    {
        using var folder = new TemporaryFolder();
        string path = folder["t.parquet"];
        Write(path, (new DataField("x", typeof(double), false), (g, f) => g.WriteAsync<double>(f, new[] { 1.0, 2.5 })),
            (new DataField("bytes", typeof(byte[]), true), (g, f) => g.WriteAsync(f, new byte[][] { [1], [2] })),
            (new DataField("tags", typeof(IEnumerable<int>)), (g, f) => g.WriteAsync<int>(f, new[] { 1, 2, 3 }, new[] { 0, 1, 0 })));
        Table table = TableFile.Read(path);
        Assert.Equal($"{path}, column 'bytes': it holds bytes, which no table here has; leave it out (--drop bytes).",
            Error(() => TableSchema.Infer(table, null)));
        var file = SchemaFile.Parse("columns: { bytes: { type: drop } }", "s.yaml");
        Assert.Equal($"{path}, column 'tags': it is a list, which no table here has; leave it out (--drop tags).",
            Error(() => TableSchema.Infer(table.Pick([1]), null, file)));
        file = SchemaFile.Parse("columns: { bytes: { type: drop }, tags: { type: drop } }", "s.yaml");
        Assert.Equal(["x"], TableSchema.Infer(table, null, file).Columns.Select(c => c.Name));
        Assert.Equal("column 'bytes': it holds bytes, which cannot be written again; remove the column from the file first.",
            Error(() => Copy(path, folder["again.parquet"])));
    }

    [Fact]
    public void A_table_of_many_groups_is_read_a_group_at_a_time()
    {
        using var folder = new TemporaryFolder();
        const int Rows = 200_000;
        using (FileStream stream = File.Create(folder["t.parquet"]))
        using (ITableSink sink = new ParquetForm([new("n", ParquetKind.Int64), new("class", ParquetKind.Text)]).Begin(stream, ["n", "class"]))
        {
            for (int i = 0; i < Rows; i++) sink.Write([i.ToString(CultureInfo.InvariantCulture), i % 10 == 0 ? "rare" : "common"]);
            sink.Complete();
        }
        ColumnScan scan = TableFile.Scan(folder["t.parquet"], header => 1);
        Assert.Equal([("rare", 20_000L, 1L), ("common", 180_000L, 2L)], scan.Values);
        using ITableRows rows = TableFile.Open(folder["t.parquet"]);
        int read = 0;
        for (; rows.Read(); read++) if (rows[0] != read.ToString(CultureInfo.InvariantCulture)) break;
        Assert.Equal(Rows, read);
    }

    [Fact]
    public void A_file_that_is_damaged_or_cut_off_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Write(folder["t.parquet"], (new DataField("x", typeof(double), true), (g, f) => g.WriteAsync<double>(f, Enumerable.Range(0, 3000).Select(i =>
            (double?)i / 7).ToArray())),
            (new DataField("s", typeof(string), true), (g, f) => g.WriteAsync(f, Enumerable.Range(0, 3000).Select(i => $"{i % 7}").ToArray())));
        byte[] whole = File.ReadAllBytes(folder["t.parquet"]);
        foreach (int length in new[] { whole.Length - 1, whole.Length / 2, 11, 4 })
            Assert.Contains("it is no Parquet file, or was cut off", Error(() => TableFile.Read(folder.Make("cut.parquet", whole[..length]))),
                StringComparison.Ordinal);
        Assert.Contains("it is no Parquet file", Error(() => TableFile.Read(folder.Make("text.parquet", "x,y\n1,2\n"u8.ToArray()))), StringComparison.Ordinal);
        byte[] footer = [.. whole];
        footer[^5] = 0x7F;
        Assert.Contains("its footer claims", Error(() => TableFile.Read(folder.Make("footer.parquet", footer))), StringComparison.Ordinal);
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = 0; k < 3; k++) damaged[4 + random.Next(damaged.Length - 8)] = (byte)random.Next(256);
            string path = folder.Make("damaged.parquet", damaged);
            try { TableFile.Read(path); } // a value more or less nobody can see
            catch (UserErrorException e) { Assert.StartsWith(path, e.Message, StringComparison.Ordinal); }
        }
    }

    [Fact]
    public void Texts_get_the_types_that_lose_nothing_of_them()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("t.csv", System.Text.Encoding.UTF8.GetBytes(
            "id;price;zip;flag;mixed;long;empty\n1;1,5;02134;true;1;123456789012345678901;\n-2;;10115;false;x;12345678901234567890;\n"));
        using ITableRows rows = TableFile.Open(path);
        ParquetForm form = ParquetTypes.Of(rows, _ => null);
        Assert.Equal([ParquetKind.Int64, ParquetKind.Double, ParquetKind.Text, ParquetKind.Boolean, ParquetKind.Text, ParquetKind.Text, ParquetKind.Text],
            form.Columns.Select(c => c.Kind));
        using (ITableRows source = TableFile.Open(path))
        using (FileStream stream = File.Create(folder["t.parquet"]))
        using (ITableSink sink = form.Begin(stream, source.Header))
        {
            while (source.Read()) sink.Write([.. source.Header.Select((_, i) => source[i])]);
            sink.Complete();
        }
        Table table = TableFile.Read(folder["t.parquet"]);
        Assert.Equal(["1", "1.5", "02134", "true", "1", "123456789012345678901", ""], table.Columns.Select(c => c[0]));
    }

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    private static string[] Types(string path) => [.. ((ParquetForm)TableFile.FormOf(path)).Columns.Select(c => c.ToString())];

    private static void Copy(string from, string to)
    {
        using ITableRows rows = TableFile.Open(from);
        using FileStream stream = File.Create(to);
        using ITableSink sink = TableFile.FormOf(from).Begin(stream, rows.Header);
        while (rows.Read()) sink.Write([.. rows.Header.Select((_, i) => rows[i])]);
        sink.Complete();
    }

    private static void Write(string path, params (DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write)[] columns)
    {
        using FileStream stream = File.Create(path);
        ParquetWriter writer = ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => c.Field)), stream).GetAwaiter().GetResult();
        using (ParquetRowGroupWriter group = writer.CreateRowGroup())
            foreach ((DataField field, Func<ParquetRowGroupWriter, DataField, Task> write) in columns) write(group, field).GetAwaiter().GetResult();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static string Error(Action work) => Assert.Throws<UserErrorException>(work).Message;
}

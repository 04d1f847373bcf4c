using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>Dates are read in the form that they have, counted in the steps that they need, and written as they were.</summary>
public class DateTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [InlineData("yyyy-MM-dd", "2024-01-31|2023-12-01")]
    [InlineData("yyyy-MM-ddTHH:mm", "2024-01-31T07:05|2023-12-01T23:59")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-01-31 07:05:01|2023-12-01 23:59:59")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fff'Z'", "2024-06-23T00:08:46.000Z|2024-05-31T05:45:12.000Z")]
    [InlineData("yyyy-MM-dd HH:mm:ss.f", "2024-06-23 00:08:46.1|2024-05-31 05:45:12.9")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fffffff", "2024-06-23 00:08:46.1234567|2024-05-31 05:45:12.0000001")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fffffff00", "2024-06-23 00:08:46.123456700|2024-05-31 05:45:12.000000000")]
    [InlineData("yyyy-MM-dd HH:mm:ss,fff", "2024-06-23 00:08:46,123|2024-05-31 05:45:12,001")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", "2024-06-23T00:08:46.12Z|2024-05-31T05:45:12Z|2024-05-31T05:45:12.000001Z")]
    [InlineData("yyyy-MM-ddTHH:mm:ss+02:00", "2024-06-23T00:08:46+02:00|2024-05-31T05:45:12+02:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ss-0500", "2024-06-23T00:08:46-0500|2024-05-31T05:45:12-0500")]
    [InlineData("yyyy-MM-dd HH:mm:ss 'UTC'", "2024-06-23 00:08:46 UTC|2024-05-31 05:45:12 UTC")]
    [InlineData("yyyyMMddTHHmmss'Z'", "20240623T000846Z|20240531T054512Z")]
    [InlineData("dd-MMM-yyyy", "03-Feb-2024|26-May-2024")]
    [InlineData("dd-MMM-yyyy", "03-FEB-2024|26-MAY-2024", nameof(LetterCase.Upper))]
    [InlineData("dd MMM yyyy", "03 Feb 2024|26 May 2024")]
    [InlineData("MMM d, yyyy", "Feb 3, 2024|May 26, 2024")]
    [InlineData("MMMM d, yyyy h:mm tt", "February 3, 2024 5:07 PM|May 26, 2024 12:00 AM")]
    [InlineData("dd.MM.yyyy", "03.02.2024|26.05.2024")]
    [InlineData("d.M.yyyy", "3.2.2024|26.5.2024")]
    [InlineData("d.M.yyyy H:mm", "3.2.2024 7:05|26.5.2024 17:00")]
    [InlineData("dd.MM.yyyy HH:mm:ss", "03.02.2024 07:05:09|26.05.2024 17:00:00")]
    [InlineData("MM/dd/yyyy", "01/31/2024|12/01/2023")]
    [InlineData("dd/MM/yyyy", "31/01/2024|01/12/2023")]
    [InlineData("M/d/yyyy h:mm:ss tt", "1/31/2024 5:07:01 PM|12/1/2023 11:59:59 AM")]
    [InlineData("M/d/yyyy h:mm tt", "1/31/2024 5:07 pm|12/1/2023 11:59 am", nameof(LetterCase.Lower))]
    [InlineData("yyyyMMdd", "20240131|20231201|19991231")]
    [InlineData("HH:mm", "23:35|06:52")]
    [InlineData("H:mm", "23:35|6:52")]
    [InlineData("HH:mm:ss", "23:35:00|06:52:59")]
    [InlineData("h:mm tt", "11:35 PM|6:52 AM")]
    public void A_format_is_recognised_and_writes_the_texts_again(string pattern, string texts, string letters = nameof(LetterCase.Usual))
    {
        ColumnSchema schema = Text.Infer(texts.Split('|'));
        Assert.Equal((ColumnType.Date, new DateFormat(pattern, Enum.Parse<LetterCase>(letters))), (schema.Type, schema.Format));
        Assert.All(texts.Split('|'), text => Assert.Equal(text, schema.Format!.Text(Dates.Parse(text, schema.Format))));
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2024-06-23T00:08:46+02:00|2024-05-31T05:45:12+02:00", "yyyy-MM-ddTHH:mm:ss+02:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2024-06-23T00:08:46Z|2024-05-31T05:45:12Z", "yyyy-MM-ddTHH:mm:ss'Z'")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2024-06-23T00:08:46|2024-05-31T05:45:12", "yyyy-MM-ddTHH:mm:ss")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "2024-06-23T00:08:46Z|2024-05-31T05:45:12Z", "yyyy-MM-ddTHH:mm:ss'Z'")]
    [InlineData("yyyy-MM-dd HH:mm zz", "2024-06-23 00:08 -05|2024-05-31 05:45 -05", "yyyy-MM-dd HH:mm -05")]
    [InlineData("s", "2024-06-23T00:08:46|2024-05-31T05:45:12", "yyyy'-'MM'-'dd'T'HH':'mm':'ss")]
    [InlineData("dd.MM.yy", "23.06.24|31.05.99", "dd.MM.yy")]
    [InlineData("dd.MM", "29.02|31.05", "dd.MM")]
    [InlineData("'week of' dd MMM yyyy", "week of 05 Feb 2024|week of 12 Feb 2024", "'week of' dd MMM yyyy")]
    public void A_declared_format_keeps_offsets_as_they_are(string declared, string texts, string pattern)
    {
        ColumnSchema schema = Text.Infer(texts.Split('|'), $"columns: {{ x: {{ type: date, format: \"{declared}\" }} }}");
        Assert.Equal(pattern, schema.Format!.Pattern);
        Assert.All(texts.Split('|'), text => Assert.Equal(text, schema.Format.Text(Dates.Parse(text, schema.Format))));
    }

    [Theory]
    [InlineData("2024-06-23T00:08:46+02:00|2024-05-31T05:45:12Z", "", "t.csv line 3, column 'x': '2024-05-31T05:45:12Z' has another offset from UTC than " +
        "'2024-06-23T00:08:46+02:00' of line 2; write all times with one offset (all in UTC, say), or leave the column out (--drop x).")]
    [InlineData("2024-06-23 00:08|2024-05-31 05:45Z", "", "t.csv line 3, column 'x': '2024-05-31 05:45Z' has another offset from UTC than '2024-06-23 00:08' " +
        "of line 2; write all times with one offset (all in UTC, say), or leave the column out (--drop x).")]
    [InlineData("2024-06-23T00:08:46+02:00|2024-05-31T05:45:12+01:00", "yyyy-MM-ddTHH:mm:sszzz", "t.csv line 3, column 'x': '2024-05-31T05:45:12+01:00' has " +
        "another offset from UTC than '2024-06-23T00:08:46+02:00' of line 2; write all times with one offset (all in UTC, say), or leave the column out " +
        "(--drop x).")]
    [InlineData("1/2/2023|13/2/2023|01/02/2023", "", "t.csv line 4, column 'x': '01/02/2023' would be written '1/2/2023' in the format d/M/yyyy, which most " +
        "rows have; write all dates alike.")]
    [InlineData("03/14/24|12/31/23", "", "t.csv line 2, column 'x': '03/14/24' looks like a date whose year has two digits; say 'columns: { x: { type: date, " +
        "format: MM/dd/yy } }' in the schema file if 49 means 2049 and 50 means 1950, or write years in full.")]
    [InlineData("2024-06-23 00:08:46.123456789|2024-05-31 05:45:12.000000001", "", "t.csv line 2, column 'x': '2024-06-23 00:08:46.123456789' looks like a " +
        "time with 9 digits after the seconds, and 7 can be told apart; round the times.")]
    [InlineData("1.2.2024|13.2.2024", "dd.MM.yyyy", "t.csv line 2, column 'x': '1.2.2024' is no date in the format dd.MM.yyyy, which the schema says.")]
    [InlineData("01.02.2024|13.02.2024", "d.M.yyyy", "t.csv line 2, column 'x': '01.02.2024' would be written '1.2.2024' in the format d.M.yyyy, which the " +
        "schema says.")]
    [InlineData("01.02.2024|13.02.2024", "'abc", "the schema file says that column 'x' has dates of the format ''abc', which is no .NET format of dates; " +
        "write it like dd.MM.yyyy or yyyy-MM-dd HH:mm:ss.")]
    public void What_is_nearly_a_column_of_dates_is_named(string texts, string declared, string sentence) => Assert.Equal(sentence,
        Assert.Throws<UserErrorException>(() => Text.Infer(texts.Split('|'), declared.Length == 0 ? ""
            : $"columns: {{ x: {{ type: date, format: \"{declared}\" }} }}")).Message);

    /// <summary>Eight digits that are not all dates, or of one month, are numbers.</summary>
    [Theory]
    [InlineData("20240131 20240132 20231201")]
    [InlineData("20240131 20240130 20240129")]
    [InlineData("17760704 20231201 20240131")]
    [InlineData("12:61 13:05 14:00")]
    [InlineData("1-2-3 4-5-6 1-2-3")]
    public void Numbers_and_codes_are_no_dates(string texts) => Assert.NotEqual(ColumnType.Date, Text.Infer(texts.Split(' ')).Type);

    [Fact]
    public void Dates_that_are_written_as_numbers_are_said()
    {
        Table table = Text.Column(["20240131", "20231201", "20240131", "20231201"]);
        Assert.Equal(["column 'x' holds dates written as numbers (yyyyMMdd); if they are none, say 'columns: { x: { type: integer } }' in the schema file"],
            Text.Schema(table).Notes);
        Assert.Equal(ColumnType.Integer, Text.Schema(table, "columns: { x: { type: integer } }").Columns[0].Type);
    }

    [Theory]
    [InlineData("2024-01-01 08:00:00|2024-01-01 08:15:00|2024-03-05 09:45:00", 15 * TimeSpan.TicksPerMinute)]
    [InlineData("2024-01-01|2024-01-08|2024-02-05", 7 * TimeSpan.TicksPerDay)]
    [InlineData("2024-01-01 00:00:00.001|2024-01-01 00:00:00.004|2030-01-01 00:00:00.000", TimeSpan.TicksPerMillisecond)]
    [InlineData("2024-01-01 00:00:00.0000001|2024-01-01 00:00:00.0000004|2030-01-01 00:00:00.0000000", 1)]
    [InlineData("1600-02-29|1600-03-01|1943-07-01|2024-02-29", TimeSpan.TicksPerDay)]
    [InlineData("1900-01-01|1900-06-01|1940-01-02|1999-12-31", TimeSpan.TicksPerDay)]
    public void Steps_are_what_the_dates_have_in_common(string texts, long ticks)
    {
        DateScale scale = Scale(texts.Split('|'));
        Assert.Equal((ticks, 0), (scale.StepTicks, scale.Apart.Count));
        Assert.All(texts.Split('|'), text => Assert.Equal(text, scale.Text((long)scale.Number(text)!.Value)));
    }

    /// <summary>Each number of a step is a date that is read as that number, within the dates of the data; the parts of its text make the text.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Texts_and_numbers_of_dates_are_one_to_one(int seed)
    {
        (string[] texts, string format, long unit) = RandomDates.Of(seed);
        DateScale scale = Scale(texts, $"columns: {{ x: {{ type: date, format: \"{format}\" }} }}");
        Assert.Equal(0, scale.StepTicks % unit);
        var random = new Random(seed);
        DateTexts parts = DateTexts.Of(scale);
        foreach (long number in Enumerable.Range(0, 200).Select(_ => random.NextInt64(scale.Count)).Concat([0, scale.Count - 1]))
        {
            string text = scale.Text(number);
            Assert.Equal(number, scale.Number(text));
            Assert.InRange(scale.Date(number), texts.Min(t => Dates.Parse(t, scale.Format)), texts.Max(t => Dates.Parse(t, scale.Format)));
            Assert.Equal(text, parts.Whole ? parts.Text(number) : parts.Text((scale.Date(number) - scale.Start.Date).Ticks));
        }
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "9999-12-31")]
    [InlineData("yyyy-MM-dd", "0001-01-01")]
    [InlineData("yyyy-MM-dd", "2999-01-01")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "9999-12-31 23:59:59")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "1900-01-01 00:00:00")]
    public void A_date_far_from_all_others_is_proposed_as_missing_and_kept_as_a_value_of_its_own(string format, string sentinel)
    {
        var random = new Random(1);
        string[] dates = [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? sentinel
            : new DateTime(2020, 1, 1).AddSeconds(random.Next(100_000_000)).ToString(format, CultureInfo.InvariantCulture))];
        Table table = Text.Column(dates);
        TableSchema schema = Text.Schema(table);
        string note = Assert.Single(schema.Notes);
        Assert.StartsWith($"column 'x' has {sentinel} in 67 of 200 rows, far from its other dates (20", note, StringComparison.Ordinal);
        Assert.Contains($"--missing {sentinel} or 'missing: [\"\", \"{sentinel}\"]'", note, StringComparison.Ordinal);
        TableCodec codec = TableCodec.Fit(table, schema);
        ColumnCode code = codec.Columns[0];
        code.Check();
        Assert.True(code.Dates!.Count < 110_000_000);
        (int slot, float scalar) = code.Encode(code.PartOf(code.Dates.Number(sentinel)!.Value));
        Assert.Equal(0, code.HalfWidths[slot]);
        for (int k = 0; k < code.Centers.Count; k++)
            foreach (float at in new[] { -1f, -0.3f, 0, 0.9f, 1 })
            {
                string text = code.Dates.Text((long)code.Dates.Joined(code.Decode(k, at), code.Time?.Decode(0, at) ?? 0));
                Assert.True(k == slot ? text == sentinel : text.StartsWith("202", StringComparison.Ordinal), text);
            }
        Assert.DoesNotContain(Text.Schema(table, $"missing: [\"\", \"{sentinel}\"]").Notes, n => n.Contains("far from", StringComparison.Ordinal));
    }

    /// <summary>Dates of birth of eighty years, some on the first of January 1970, are as they are.</summary>
    [Fact]
    public void Dates_among_the_others_are_none_that_stand_apart()
    {
        var random = new Random(2);
        DateScale scale = Scale([.. Enumerable.Range(0, 300).Select(i => new DateTime(1930, 1, 1).AddDays(random.Next(29_000)).ToString("yyyy-MM-dd",
            CultureInfo.InvariantCulture)), "1970-01-01", "1970-01-01"]);
        Assert.Empty(scale.Apart);
    }

    [Fact]
    public void Dates_that_a_file_cannot_hold_are_refused_with_the_furthest()
    {
        var e = Assert.Throws<UserErrorException>(() => Scale(["2020-01-01", "2021-06-05", "9024-01-05", "2022-03-03"]));
        Assert.Equal("t.csv line 4, column 'x': '9024-01-05' is 7001 years from '2022-03-03', the middle one of its dates; if it stands for a missing date, " +
            "say 'missing: [\"\", \"9024-01-05\"]' in the schema file, or correct it; else leave the column out (--drop x).", e.Message);
    }

    [Fact]
    public void A_text_of_another_form_is_said_with_its_line()
    {
        Table table = Text.Column(["2024-01-01", "2024-02-03", "2024-03-09", "2024-01-05"]);
        TableSchema schema = Text.Schema(table);
        var e = Assert.Throws<UserErrorException>(() => TableCodec.Fit(table, schema).Encode(Text.Column(["2024-01-05", "5.1.2024"]), schema.File));
        Assert.Equal("t.csv line 3, column 'x': '5.1.2024' is no date in the format yyyy-MM-dd, which the generator's table has.", e.Message);
    }

    [Fact]
    public void The_format_of_most_values_is_found()
    {
        TableColumn column = Text.Column(["2024-01-01", "open", "2024-02-03", "3.2.2024", "2024-03-09", "2024-03-10"]).Columns[0];
        (DateFormat format, int[] others) = Dates.Nearest(column, [.. Enumerable.Range(0, 6)])!.Value;
        Assert.Equal("yyyy-MM-dd", format.Pattern);
        Assert.Equal([1, 3], others);
        Assert.Null(Dates.Nearest(Text.Column(["a", "b", "2024-01-01"]).Columns[0], [0, 1, 2]));
    }

    private static DateScale Scale(IEnumerable<string> texts, string yaml = "")
    {
        Table table = Text.Table("x,y,class\n" + string.Concat(texts.Select((t, i) => $"\"{t}\",{i},{(i % 2 == 0 ? "a" : "b")}\n")));
        return TableCodec.Fit(table, Text.Schema(table, yaml.Length == 0 ? "columns: { y: { type: drop } }" : yaml.Replace(" } }", " }, y: { type: drop } }",
            StringComparison.Ordinal))).Columns[0].Dates!;
    }
}

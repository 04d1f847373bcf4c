using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class TableSchemaTests
{
    [Theory]
    [InlineData(nameof(ColumnType.Numeric), "1.5 2 -300 4")]
    [InlineData(nameof(ColumnType.Integer), "1 2 -3 7 7")]
    [InlineData(nameof(ColumnType.Boolean), "0 1 1 0")]
    [InlineData(nameof(ColumnType.Boolean), "True False True")]
    [InlineData(nameof(ColumnType.Boolean), "yes no yes")]
    [InlineData(nameof(ColumnType.Categorical), "2 3 4 5more")]
    [InlineData(nameof(ColumnType.Categorical), "red green red")]
    [InlineData(nameof(ColumnType.Date), "2024-01-31 2023-12-01")]
    [InlineData(nameof(ColumnType.Date), "31.1.2024 1.12.2023")]
    [InlineData(nameof(ColumnType.Constant), "7 7 7")]
    public void A_columns_type_is_found(string type, string values) => Assert.Equal(Enum.Parse<ColumnType>(type), Text.Infer(values.Split(' ')).Type);

    /// <summary>"5" and "05" are two names; where they are said to be numbers, they are one.</summary>
    [Fact]
    public void Numbers_are_their_values_where_they_are_said_to_be_numbers()
    {
        const string Number = "columns: { x: { type: numeric } }";
        Assert.Equal(ColumnType.Constant, Text.Infer(["5", "05", "5.0", " 5", "+5", "5e0"], Number).Type);
        Assert.Equal(ColumnType.Constant, Text.Infer(["0", "-0", "0.0"], Number).Type);
        Assert.Equal(ColumnType.Categorical, Text.Infer(["5", "05"]).Type);
        Assert.Equal(ColumnType.Boolean, Text.Infer(["0", "1"]).Type);
        Assert.Equal(["5", "05"], Code(["5", "05", "5"]).Categories);
        ColumnCode few = Code(["-0", "05", "5", "0", "7.0", "7"], "columns: { x: { type: numeric, encoding: one_hot } }");
        Assert.Equal([0.0, 5, 7], Enumerable.Range(0, few.Categories.Count).Select(few.NumberOf));
        Assert.False(double.IsNegative(few.NumberOf(0)));
        Assert.Equal((1, 1, 0), (few.SlotOf("5"), few.SlotOf("005"), few.SlotOf("0.0")));
        // A value that every other row has is a mode of its own, in whatever ways it is written.
        ColumnCode many = Code(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"{i / 2}.5" : i % 4 == 1 ? "1e3" : "1000"), Number);
        Assert.Equal([1000.0], many.Centers.Where((_, k) => many.HalfWidths[k] == 0));
        ColumnCode filled = Code(["7", "", "07"], "{ keep_missing: false, columns: { x: { type: numeric } } }");
        Assert.Equal((CodeKind.Constant, 7.0), (filled.Kind, filled.NumberOf(0)));

        static ColumnCode Code(IEnumerable<string> values, string yaml = "") =>
            TableCodec.Fit(WithNumbers(values), Text.Schema(WithNumbers(values), yaml)).Columns[0];
        static Table WithNumbers(IEnumerable<string> values) => Text.Table("x,y,class\n" + string.Concat(values.Select((v, i) =>
            $"{v},{i * i}.5,{(i % 2 == 0 ? "a" : "b")}\n")));
    }

    [Theory]
    [InlineData("1 2e30 3", "t.csv line 3, column 'x': '2e30' is beyond 1E+30, the largest number that a generator gives; give the column in a larger unit " +
        "or as logarithms, or leave it out (type: drop).")]
    [InlineData("1 2 -1e999 3", "t.csv line 4, column 'x': '-1e999' is beyond 1E+30, the largest number that a generator gives; give the column in a larger " +
        "unit or as logarithms, or leave it out (type: drop).")]
    [InlineData("1e-320 2e-320 3e-320", "t.csv, column 'x': its numbers are only 2E-320 apart, and a generator needs a range of at least 1E-30; give them in " +
        "a smaller unit, or leave the column out (type: drop).")]
    public void Numbers_beyond_float32_are_refused(string values, string sentence) =>
        Assert.Equal(sentence, Error(() => Text.Infer(values.Split(' '))));

    [Fact]
    public void A_range_beyond_float32_is_refused() => Assert.StartsWith("the schema file says that column 'x' holds numbers from -1E+31 to 1",
        Error(() => Text.Infer(["0", "1"], "columns: { x: { min: -1e31, max: 1 } }")), StringComparison.Ordinal);

    [Fact]
    public void Numbers_remember_how_they_are_written() => Assert.Equal(["decimals=2", "decimals=2 zeros=one exponent=python",
        "decimals=2 zeros=padded prefix=%24"],
        new string[][] { ["1.25", "2.5", "3"], ["1.0", "2.25", "13.0", "100.5"], ["$1.25", "$2.50", "$13.00"] }.Select(texts =>
            NumberStyleText.Of(Text.Infer(texts).Style!)));

    /// <summary>Text that would not come back the same is no number: it is kept as it is.</summary>
    [Fact]
    public void Numbers_that_are_not_written_alike_are_names()
    {
        Assert.Equal(ColumnType.Categorical, Text.Infer(["02134", "10001", "90210"]).Type);
        Assert.Equal(ColumnType.Categorical, Text.Infer(["1.5", "1.50"]).Type);
        Assert.Equal(ColumnType.Numeric, Text.Infer(["1.5", "1.50", "2"], "columns: { x: { type: numeric } }").Type); // but where they are said to be numbers
        Assert.Equal(ColumnType.Constant, Text.Infer(["007", "007"]).Type);
        string[] decimals = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? $"{i}.50" : $"{i}.5")];
        Assert.StartsWith("t.csv line 2, column 'x': '0.50' is not written as the column's other numbers are (among them '1.5')", Error(() =>
            Text.Infer(decimals)),
            StringComparison.Ordinal);
        Assert.Equal("float64", NumberStyleText.Of(Text.Infer(decimals, "columns: { x: { type: numeric } }").Style!));
    }

    [Fact]
    public void Whole_numbers_of_too_many_steps_are_refused_before_training() => Assert.StartsWith("t.csv, column 'x': its whole numbers, from 1 to " +
        "9007199254740993, are more than 2^53 steps apart", Error(() => Text.Infer(["1", "2", "9007199254740993"])), StringComparison.Ordinal);

    [Fact]
    public void A_whole_number_beyond_int64_is_refused_before_training() => Assert.StartsWith("t.csv, column 'x': '9223372036854775808' is beyond 2^63",
        Error(() => Text.Infer([.. Enumerable.Range(0, 40).Select(i => $"{i * 37 % 41}"), "9223372036854775808", "1.0"])), StringComparison.Ordinal);

    [Fact]
    public void Few_different_numbers_are_each_a_value_of_its_own()
    {
        Assert.Equal(NumberEncoding.OneHot, Text.Infer([.. Enumerable.Range(0, 30).Select(i => Text.Number(i % 4 / 4.0))]).Encoding);
        Assert.Equal(NumberEncoding.Mixture, Text.Infer([.. Enumerable.Range(0, 9).Select(i => Text.Number(i / 4.0))]).Encoding); // none is there twice
    }

    [Theory]
    [InlineData("1.5 1,5 2.5", "t.csv line 3, column 'x': '1,5' has a decimal comma where other rows have decimal points; write decimal points.")]
    [InlineData("1,5 2,5", "t.csv line 2, column 'x': '1,5' has a decimal comma; say 'columns: { x: { decimal: \",\" } }' in the schema file, or write " +
        "decimal points; or, if these are names and no numbers, 'columns: { x: { type: categorical } }'; or leave the column out by --drop x.")]
    [InlineData("1 NaN 2", "t.csv line 3, column 'x': 'NaN' is no finite number (1 such cell); leave the field empty, or say --missing NaN if it means that " +
        "the value is missing (in a schema file 'missing: [\"\", \"NaN\"]'); or, if these are names and no numbers, 'columns: { x: { type: categorical } }'; " +
        "or leave the column out by --drop x.")]
    [InlineData("1 2 inf", "t.csv line 4, column 'x': 'inf' is no finite number (1 such cell); leave the field empty, or say --missing inf if it means that " +
        "the value is missing (in a schema file 'missing: [\"\", \"inf\"]'); or, if these are names and no numbers, 'columns: { x: { type: categorical } }'; " +
        "or leave the column out by --drop x.")]
    [InlineData("2024-01-31 31.12.2023 2024-02-01", "t.csv line 3, column 'x': '31.12.2023' is no date in the format yyyy-MM-dd, which most rows have; write " +
        "all dates alike.")]
    [InlineData("01/02/2024 03/04/2024", "t.csv line 2, column 'x': '01/02/2024' can be read as MM/dd/yyyy and as dd/MM/yyyy; say 'columns: { x: { type: " +
        "date, format: MM/dd/yyyy } }' in the schema file.")]
    public void Odd_values_are_said_with_line_and_column(string values, string sentence) => Assert.Equal(sentence, Error(() => Text.Infer(values.Split(' '))));

    [Fact]
    public void What_the_schema_says_must_fit_the_data()
    {
        Assert.Equal("t.csv line 3, column 'x': 'b' is no finite number, but the schema says numeric; correct the one or the other.",
            Error(() => Text.Infer(["1", "b"], "columns: { x: { type: numeric } }")));
        Assert.Equal("t.csv line 3, column 'x': '1.5' is no whole number, but the schema says integer; correct the one or the other.",
            Error(() => Text.Infer(["1", "1.5"], "columns: { x: { type: integer } }")));
        Assert.Equal("t.csv: the schema speaks of a column 'z', which the header does not have; it has x, class.",
            Error(() => Text.Schema(Text.Column(["1", "2"]), "columns: { z: { type: integer } }")));
    }

    [Theory]
    [InlineData("other: 1", "s.yaml line 1: unknown key 'other'; there are missing, keep_missing, dependences, max_width, decimal, thousands, columns.")]
    [InlineData("columns: { x: { type: number } }", "s.yaml line 1: 'number' must be one of numeric, integer, boolean, categorical, date, drop.")]
    [InlineData("columns: [x]", "s.yaml line 1: a mapping (key: value lines) is needed here.")]
    [InlineData("? [a, b]\n: 1", "s.yaml line 1: a key must be plain text of at most 1024 characters.")]
    [InlineData("columns: &a { x: *a }", "s.yaml line 1: not readable as YAML ('&' and '*' are not read here: write the value itself, and text that begins " +
        "with one of them in quotes).")]
    [InlineData("max_width: 0", "s.yaml line 1: '0' must be a whole number from 1 to 1000000.")]
    public void A_schema_file_that_says_nonsense_is_refused(string yaml, string sentence) =>
        Assert.Equal(sentence, Error(() => SchemaFile.Parse(yaml, "s.yaml")));

    [Theory]
    [InlineData("x,y\n1,a\n2,b\n", "t.csv: no column 'class'; it has x, y. Name the class column with --label.")]
    [InlineData("x,class\n1,\n2,\n", "t.csv: the label 'class' is missing in all 2 rows; name another class column with --label.")]
    [InlineData("x,class\n1,a\n2,\n", "t.csv line 3, column 'class': the label is missing; fill it or remove the row (no row is dropped silently).")]
    [InlineData("x,class\n1,a\n2,a\n", "t.csv: the label 'class' is 'a' in all rows; a class column needs at least two classes.")]
    [InlineData("x,class\n1,a\n1,b\n", "t.csv: no column beside the label varies; there is nothing to train on.")]
    public void A_label_that_cannot_be_used_is_said(string csv, string sentence) => Assert.Equal(sentence, Error(() => Text.Schema(Text.Table(csv))));

    [Fact]
    public void What_is_handled_is_said()
    {
        TableSchema schema = Text.Schema(Text.Table("x,none,same,class\n1,,7,a\n2,,7,a\n,,7,b\n"));
        Assert.Equal(
        [
            "class 'b' has one row (line 4): it is kept, and what is generated for it can hardly differ from it",
            "column 'x' lacks a value in 1 of 3 rows: generated rows lack it as often",
            "column 'none' has no value in any row: generated rows have none either",
            "column 'same' is '7' in all rows: generated rows have it too, and nothing is trained on it",
        ], schema.Notes);
        Assert.Equal(["a", "b"], schema.ClassNames);
    }

    [Fact]
    public void A_label_may_be_numbers_dates_or_truth_values_and_too_many_are_refused()
    {
        Assert.Equal(["1.5", "2"], Text.Schema(Text.Table("x,class\n1,1.5\n2,2\n")).ClassNames);
        Assert.Equal(["2024-01-01", "true"], Text.Schema(Text.Table("x,class\n1,2024-01-01\n2,true\n")).ClassNames);
        Table many = Text.Table("x,class\n" + string.Concat(Enumerable.Range(0, 2002).Select(i => $"{i % 7},c{i / 2}\n")));
        Assert.Equal("t.csv: the label 'class' has 1001 different values, and 1000 classes are allowed; it seems to be no class: name another column with " +
            "--label.", Error(() => Text.Schema(many)));
    }

    [Fact]
    public void A_category_of_a_million_levels_is_refused_with_its_size()
    {
        Table table = Text.Column(Enumerable.Range(0, 1_000_000).Select(i => $"city{i}"));
        TableSchema schema = Text.Schema(table, "columns: { x: { type: categorical } }");
        Assert.Equal("t.csv: encoded rows would be 1000000 numbers wide (3814697 MiB for 1000000 rows), and 4096 are allowed; " +
            "column 'x' alone takes 1000000: join its rare values, leave it out (type: drop), or raise max_width in the schema file.",
                Error(() => TableCodec.Fit(table, schema)));
    }

    private static string Error(Action act) => Assert.Throws<UserErrorException>(act).Message;

    /// <summary>What differential privacy needs: two tables give one code where the schema says what a column may hold.</summary>
    [Theory]
    [InlineData("{ min: 0, max: 10 }", "1.5 2 3.25", "9 9 9")]
    [InlineData("{ min: 0, max: 10, type: integer, optional: true }", "1 2 3 4", "7 7")]
    [InlineData("{ values: [low, middle, high] }", "low low", "high middle high")]
    public void A_column_of_which_the_schema_declares_all_takes_nothing_from_the_rows(string declared, string one, string other)
    {
        string yaml = $"columns: {{ x: {declared} }}";
        ColumnCode[] codes = [.. new[] { one, other }.Select(values => Text.Column(values.Split(' ')))
            .Select(table => TableCodec.Fit(table, Text.Schema(table, yaml)).Columns[0])];
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(codes[0]), System.Text.Json.JsonSerializer.Serialize(codes[1]));
        Table table = Text.Column(one.Split(' '));
        TableSchema schema = Text.Schema(table, yaml);
        Assert.True(schema.File.IsPublic("x"));
        float[] rows = TableCodec.Fit(table, schema).Encode(table, schema.File);
        if (declared.Contains("min", StringComparison.Ordinal))
        {
            float[] first = rows[..(rows.Length / table.Rows)];
            Assert.Equal(double.Parse(one.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), codes[0]
                .Decode(Array.IndexOf(first, 1f, 1) - 1, first[0]), 1e-6);
        }
    }

    [Theory]
    [InlineData("{ min: 0, max: 2 }", "t.csv line 4, column 'x': '3' is no number from 0 to 2, which the schema file says; correct the one or the other.")]
    [InlineData("{ values: [1, 2] }", "t.csv line 4, column 'x': '3' is none of the values that the schema file names; correct the one or the other.")]
    [InlineData("{ min: 0 }", "s.yaml line 1: min and max go together, and min must be below max.")]
    [InlineData("{ values: [1, 2], min: 0, max: 1 }", "s.yaml line 1: a column has values or a range (min and max), not both.")]
    [InlineData("{ decimals: 2 }", "s.yaml line 1: decimals go with min and max, and optional with those or with values.")]
    [InlineData("{ min: 0, max: 1, type: date }", "s.yaml line 1: min and max are of numbers; leave the type out, or make it numeric or integer.")]
    public void Rows_that_are_not_what_the_schema_declares_are_refused(string declared, string sentence) =>
        Assert.Equal(sentence, Error(() => Text.Infer(["1", "2", "3"], $"columns: {{ x: {declared} }}")));

    [Fact]
    public void Classes_can_be_said_too()
    {
        Table table = Text.Column(["1", "2", "3", "3"]);
        Assert.Equal(["b", "c", "a"], Text.Schema(table, "columns: { class: { values: [b, c, a] } }").ClassNames);
        Assert.Equal("t.csv line 2, column 'class': 'a' is none of the classes that the schema file names; correct the one or the other.",
            Error(() => Text.Schema(table, "columns: { class: { values: [b, c] } }")));
    }
}

using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>A few cells that are not of their column's type: named, with their line and what to do, and never guessed at.</summary>
public class OddCellTests
{
    private const string Remedies = "say 'columns: { x: { type: categorical } }' in the schema file if all of them are names, or leave the column out by " +
        "--drop x.";

    [Theory]
    [InlineData("3O", "'3O' is no number (1 such cell), as 199 of the 200 cells are; correct it, say --missing 3O if it stands for a missing value (in a " +
        "schema file 'missing: [\"\", \"3O\"]'), ")]
    [InlineData("A1", "'A1' is no number (1 such cell), as 199 of the 200 cells are; correct it, ")]
    [InlineData("90+", "'90+' is no number (1 such cell), ")]
    [InlineData("10-20", "'10-20' is no number (1 such cell), ")]
    [InlineData("don't know", "'don't know' is no number (1 such cell), as 199 of the 200 cells are; correct it, say --missing \"don't know\" if ")]
    [InlineData("$x", "'$x' is no number (1 such cell), as 199 of the 200 cells are; correct it, say --missing \"\\$x\" if ")]
    public void A_typo_among_numbers_is_named(string odd, string sentence)
    {
        foreach (Func<int, string> number in new Func<int, string>[] { i => $"{i * 37 % 90 + 1}", i => Text.Number(i * 37 % 90 + i / 1000.0 + 0.25) })
        {
            string said = Refused(Enumerable.Range(0, 200).Select(i => i == 120 ? odd : number(i)));
            Assert.StartsWith("t.csv line 122, column 'x': " + sentence, said, StringComparison.Ordinal);
            Assert.EndsWith(Remedies, said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(" ", "' ' is a cell of blanks and no number (5 such cells); leave the field empty, or say --missing \" \" if it means that the value is " +
        "missing (in a schema file 'missing: [\"\", \" \"]'); or, ")]
    [InlineData("NULL", "'NULL' is no finite number (5 such cells); leave the field empty, or say --missing NULL if ")]
    [InlineData("#DIV/0!", "'#DIV/0!' is no finite number (5 such cells); leave the field empty, or say --missing \"#DIV/0!\" if ")]
    [InlineData("#REF!", "'#REF!' is no finite number (5 such cells); ")]
    [InlineData("-", "'-' is no finite number (5 such cells); leave the field empty, or say --missing \"-\" if ")]
    [InlineData("n/a", "'n/a' is no finite number (5 such cells); ")]
    public void Cells_that_say_that_there_is_no_number_are_named_whatever_their_share(string gap, string sentence)
    {
        foreach (int distinct in new[] { 3, 80 }) // of few numbers and of many
        {
            string said = Refused(Enumerable.Range(0, 60).Select(i => i % 12 == 7 ? gap : $"{i * 7 % distinct}"));
            Assert.StartsWith("t.csv line 9, column 'x': " + sentence, said, StringComparison.Ordinal);
        }
        Assert.Contains("(30 such cells)", Refused(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? gap : $"{i}")), StringComparison.Ordinal);
    }

    /// <summary>The remedies that the sentences name are remedies.</summary>
    [Fact]
    public void What_the_sentence_says_helps()
    {
        string[] ages = [.. Enumerable.Range(0, 200).Select(i => i == 120 ? "3O" : i % 50 == 3 ? " " : $"{i * 37 % 90}")];
        Assert.StartsWith("t.csv line 5, column 'x': ' ' is a cell of blanks and no number (5 such cells, with '3O'), as 195 of the 200 cells are; ",
            Refused(ages),
            StringComparison.Ordinal);
        ColumnSchema missing = Text.Infer(ages, "missing: [\"\", \" \", \"3O\"]");
        Assert.Equal((ColumnType.Integer, 5), (missing.Type, missing.Missing));
        Assert.Equal(ColumnType.Categorical, Text.Infer(ages, "columns: { x: { type: categorical } }").Type);
        Assert.Equal(ColumnType.Drop, Text.Infer(ages, "columns: { x: { type: drop } }").Type);
    }

    [Theory]
    [InlineData(0.3, "unknown")]
    [InlineData(0.6, "unknown")]
    [InlineData(0.3, "other", "none of these", "?")]
    public void A_few_words_among_many_different_numbers_are_named_however_often_they_are_there(double share, params string[] words)
    {
        string said = Refused(Enumerable.Range(0, 200).Select(i => i * 7 % 200 < share * 200 ? words[i % words.Length] : $"{i % 60 * 3}"));
        Assert.Contains($"'{words[0]}' is no number ({(int)(share * 200)} such cells", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_among_numbers_are_named_where_they_are_few_and_are_categories_where_they_are_many()
    {
        Assert.Contains("'V3' is no number (10 such cells, with 'V23')", Refused(Codes(20)), StringComparison.Ordinal);
        Assert.Equal(ColumnType.Categorical, Text.Infer(Codes(3)).Type);

        static IEnumerable<string> Codes(int oneIn) => Enumerable.Range(0, 200).Select(i => i % oneIn == 3 % oneIn ? $"V{i % 40}" : $"{250 + i % 40}");
    }

    /// <summary>Categories that are numbers but for one are categories: there are few of them, and the odd one is no slip.</summary>
    [Theory]
    [InlineData("1,2,3,other")]
    [InlineData("2,3,4,5more")]
    [InlineData("0,1,2,3+")]
    [InlineData("yes,no,unknown")]
    [InlineData("10,20,30,x,y,z,40")]
    public void Categories_of_which_some_are_numbers_stay_categories(string values)
    {
        string[] categories = values.Split(',');
        Assert.Equal(ColumnType.Categorical, Text.Infer(Enumerable.Range(0, 200).Select(i => categories[i % categories.Length])).Type);
        Assert.Equal(ColumnType.Categorical, Text.Infer(Enumerable.Range(0, 12).Select(i => categories[i % categories.Length])).Type);
    }

    [Theory]
    [InlineData("0,1", "O", "no number")]
    [InlineData("1,2,3,4,5", "S", "no number")]
    [InlineData("yes,no", "Yes please", "no 'yes' or 'no'")]
    [InlineData("True,False", "maybe", "no 'true' or 'false'")]
    public void A_slip_among_a_few_values_is_named(string values, string slip, string sentence)
    {
        string[] usual = values.Split(',');
        Assert.Contains($"line 52, column 'x': '{slip}' is {sentence} (1 such cell), as 199 of the 200 cells are; ",
            Refused(Enumerable.Range(0, 200).Select(i => i == 50 ? slip : usual[i % usual.Length])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("0000-00-00")]
    [InlineData("2024-02-31")]
    [InlineData("unknown")]
    [InlineData("45321")]
    [InlineData(" ")]
    public void A_cell_that_is_no_date_among_dates_is_named(string odd)
    {
        string said = Refused(Enumerable.Range(0, 200).Select(i => i == 17 ? odd
            : new DateTime(2024, 1, 1).AddDays(i * 7 % 200).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.StartsWith($"t.csv line 19, column 'x': '{odd}' is {(odd == " " ? "a cell of blanks and " : "")}no date (1 such cell), as 199 of the 200 " +
            $"cells are; ",
            said, StringComparison.Ordinal);
    }

    /// <summary>One number that is written otherwise does not make texts of all.</summary>
    [Theory]
    [InlineData("007", "7", "0")]
    [InlineData("0003.25", "3.25", "0.00")]
    [InlineData("$1.5", "$1.50", "$0.00")]
    public void A_number_that_is_written_otherwise_is_named(string odd, string written, string format)
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => i == 120 ? odd
            : (i * 37 % 180 + (format.Length > 1 ? i % 4 * 0.25m : 0)).ToString(format, CultureInfo.InvariantCulture))];
        string said = Refused(texts);
        Assert.StartsWith($"t.csv line 122, column 'x': '{odd}' is not written as the column's other numbers are (1 such cell), and generated numbers would " +
            $"be told apart by that; write it as {written}, or say 'columns: {{ x: {{ type: numeric }} }}' in the schema file to have the shortest texts " +
            "generated; or, if these are names and no numbers, 'columns: { x: { type: categorical } }'; or leave the column out by --drop x.", said,
            StringComparison.Ordinal);
        Assert.Equal(ColumnType.Categorical, Text.Infer(texts, "columns: { x: { type: categorical } }").Type);
        if (odd[0] != '$') Assert.Equal(ColumnType.Numeric, Text.Infer(texts, "columns: { x: { type: numeric } }").Type);
        texts[120] = written;
        Assert.Equal(format == "0" ? ColumnType.Integer : ColumnType.Numeric, Text.Infer(texts).Type);
    }

    /// <summary>What only differs in zeros at the end, a sign or an exponent is the number that it is; generated rows write it as the others.</summary>
    [Theory]
    [InlineData("1.50", "1.5", "0.##")]
    [InlineData("1.5", "1.50", "0.00")]
    [InlineData("12", "12.00", "0.00")]
    [InlineData("+3.5", "3.5", "0.##")]
    [InlineData("1.20e1", "12", "0.##")]
    public void A_number_with_other_zeros_sign_or_exponent_is_that_number_with_a_note(string odd, string written, string format)
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => i == 120 ? odd
            : (i * 37 % 180 + i % 4 * 0.25m).ToString(format, CultureInfo.InvariantCulture))];
        Table table = TableReader.Read(new StringReader("x,y\n" + string.Concat(texts.Select((text, i) => $"{text},{i % 7 / 2.0:F1}\n"))), "t.csv", "");
        TableSchema schema = TableSchema.Infer(table, null);
        Assert.Equal(ColumnType.Numeric, schema.Columns[0].Type);
        Assert.Contains($"column 'x': '{odd}' (line 122) is not written as its other numbers are: generated rows have {written} for it", schema.Notes);
        Assert.True(schema.Columns[0].Style!.TryParse(odd, out double number));
        Assert.Equal(written, schema.Columns[0].Style!.Format(number));
    }

    /// <summary>Postcodes and numbers of parts, of one width or with many zeros, are names.</summary>
    [Fact]
    public void Codes_with_zeros_in_front_stay_texts()
    {
        Assert.Equal(ColumnType.Categorical, Text.Infer(Enumerable.Range(0, 200).Select(i => i % 40 == 0 ? "02134" : $"{10001 + i % 30 * 97}")).Type);
        Assert.Equal(ColumnType.Categorical, Text.Infer(Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? $"00{i % 7}" : $"{i % 30}")).Type);
    }

    /// <summary>Three digits behind each comma: thousands, or decimals; nothing but the user can say which.</summary>
    [Theory]
    [InlineData("'9,885' may be 9885, with a comma between thousands, or 9.885, with a decimal comma, as there are three digits behind each comma; say " +
        "'columns: { x: { thousands: \",\" } }' or 'columns: { x: { decimal: \",\" } }' in the schema file;", "9,885 5,001 921")]
    [InlineData("'1,234,567' has a comma between thousands; say 'columns: { x: { thousands: \",\" } }' in the schema file, or write the numbers without;",
        "1,234,567 9,885")]
    [InlineData("'1,234.50' has a comma between thousands; say 'columns: { x: { thousands: \",\" } }'", "1,234.50 9.25")]
    [InlineData("'9,885' has a comma between thousands; say 'columns: { x: { thousands: \",\" } }'", "9,885 5.5")]
    [InlineData("'1.234,56' has a decimal comma; say 'columns: { x: { decimal: \",\", thousands: \".\" } }' in the schema file, or write decimal points;",
        "1.234,56 9,5")]
    [InlineData("'0,885' has a decimal comma; say 'columns: { x: { decimal: \",\" } }'", "0,885 5,001")]
    [InlineData("'1.234.567' has a point between thousands; say 'columns: { x: { thousands: \".\" } }'", "1.234.567 2.345.678")]
    [InlineData("'1_234' has a '_' between thousands; say 'columns: { x: { thousands: \"_\" } }'", "1_234 5")]
    [InlineData("'1\u00A0234' has a '\u00A0' (U+00A0) between thousands; say 'columns: { x: { thousands: \"\\u00A0\" } }'", "1\u00A0234 5")]
    [InlineData("'2,5' has a decimal comma where other rows have decimal points; write decimal points.", "1.5 2,5")]
    public void Separators_are_named_by_all_that_they_may_mean(string sentence, string values) =>
        Assert.Contains(sentence, Refused(values.Split(' ')), StringComparison.Ordinal);

    [Theory]
    [InlineData("%", "'0%' is written with '%' behind the number (20 such cells, with '15%', '30%', '45%' and 16 other texts), and 80 of the 100 cells are " +
        "written without anything around the number; write all alike; or, ")]
    [InlineData(" \u20AC", "'0 \u20AC' is written with ' \u20AC' behind the number (20 such cells, ")]
    public void Numbers_with_a_mark_in_some_cells_only_are_named(string mark, string sentence) =>
        Assert.Contains("line 2, column 'x': " + sentence, Refused(Enumerable.Range(0, 100).Select(i => i % 5 == 0 ? $"{3 * i}{mark}" : $"{3 * i}")),
            StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_lack_a_mark_which_most_have_are_named() =>
        Assert.Contains("line 5, column 'x': '9' is written without anything around the number (1 such cell), and 99 of the 100 cells are written with '$' " +
            "before the number; ", Refused(Enumerable.Range(0, 100).Select(i => i == 3 ? "9" : $"${3 * i}")), StringComparison.Ordinal);

    [Fact]
    public void Two_minus_signs_in_one_column_are_named() =>
        Assert.Contains("line 5, column 'x': '\u22123' is written with the minus sign U+2212 (1 such cell), and 33 of the 100 cells are written with the " +
            "minus sign U+002D; write all alike; or, ", Refused(Enumerable.Range(0, 100).Select(i => i == 3 ? "\u22123" : i % 3 == 0 ? $"-{i + 1}" : $"{i}")),
                StringComparison.Ordinal);

    /// <summary>What names the rows is no feature, and its odd cells are nobody's trouble.</summary>
    [Fact]
    public void An_odd_cell_in_an_id_is_not_asked_about() =>
        Assert.Equal(ColumnType.Id, Text.Infer(Enumerable.Range(0, 100).Select(i => i == 40 ? "A17" : $"{1000 + i}")).Type);

    [Theory]
    [InlineData("Total", "t.csv line 42, column 'name': 'Total' stands here and in no other row, so the row seems to hold the totals of the others and is no " +
        "row of the data; remove the line.")]
    [InlineData("Summe:", "t.csv line 42, column 'name': 'Summe:' stands here and in no other row, ")]
    [InlineData("GRAND TOTAL", "t.csv line 42, column 'name': 'GRAND TOTAL' stands here and in no other row, ")]
    [InlineData("", "t.csv line 42, column 'v': '820' is the sum of the rows above, so the row seems to hold the totals of the others and is no row of the " +
        "data; remove the line.")]
    [InlineData("all", "t.csv line 42, column 'v': '820' is the sum of the rows above, ")]
    public void A_row_of_totals_is_named(string word, string sentence)
    {
        string rows = "name,v,class\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(char)('a' + i % 4)},{i + 1},{(i % 2 == 0 ? "p" : "q")}\n"));
        Assert.StartsWith(sentence, Assert.Throws<UserErrorException>(() => Text.Schema(Text.Table($"{rows}{word},820,\n"))).Message, StringComparison.Ordinal);
    }

    /// <summary>A category "total" and a large number are no totals.</summary>
    [Fact]
    public void A_last_row_like_others_is_no_row_of_totals()
    {
        string rows = "name,v,class\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{(i % 4 == 0 ? "total" : "part")},{i + 1},{(i % 2 == 0 ? "p" : "q")}\n"));
        Assert.Equal(2, Text.Schema(Text.Table($"{rows}total,821,p\n")).Columns.Count);
        Assert.Equal(2, Text.Schema(Text.Table($"{rows}part,820,p\n")).Columns.Count);
    }

    [Theory]
    [InlineData("decimal: x", "s.yaml line 1: decimal is a point or a comma, in quotes: decimal: \",\".")]
    [InlineData("thousands: ab", "s.yaml line 1: thousands is one character, in quotes: a comma, a point, an apostrophe, an underscore or a space.")]
    [InlineData("{ decimal: \",\", thousands: \",\" }", "s.yaml line 1: decimal and thousands must be two different characters.")]
    [InlineData("columns: { x: { decimal: \",\", type: categorical } }", "s.yaml line 1: decimal and thousands are of numbers; leave them out, or make the " +
        "type numeric or integer.")]
    public void A_separator_that_is_none_is_refused(string yaml, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<UserErrorException>(() => SchemaFile.Parse(yaml, "s.yaml")).Message);

    [Fact]
    public void A_columns_separators_come_before_the_files_and_these_before_the_dialects()
    {
        Table table = Text.Column(["1", "2"]);
        Assert.Equal(NumberHints.Invariant, Hints(""));
        Assert.Equal(new NumberHints(',', null), Hints("decimal: \",\""));
        Assert.Equal(new NumberHints('.', ','), Hints("thousands: \",\""));
        Assert.Equal(new NumberHints(',', '.'), Hints("thousands: \".\""));
        Assert.Equal(new NumberHints('.', ','), Hints("decimal: \",\"\ncolumns: { x: { thousands: \",\" } }"));
        Assert.Equal(new NumberHints(',', '\''), Hints("{ decimal: \",\", thousands: \"'\" }"));

        NumberHints Hints(string yaml) => SchemaFile.Parse(yaml, "s.yaml").Hints(table, "x");
    }

    private static string Refused(IEnumerable<string> values) => Assert.Throws<UserErrorException>(() => Text.Infer(values)).Message;
}

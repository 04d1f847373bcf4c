using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>The class column: whether its values are classes, which of them are one by mistake, and which are rare.</summary>
public class ClassColumnTests
{
    [Theory]
    [InlineData("'common' (6 rows) and 'common ' (4 rows)", "common", "common ")]
    [InlineData("'Rare' (6 rows) and 'rare' (4 rows)", "Rare", "rare")]
    [InlineData("'very high' (6 rows) and 'very  high' (4 rows)", "very high", "very  high")]
    [InlineData("'a b' (6 rows) and 'a\u00A0b' (4 rows)", "a b", "a\u00A0b")]
    [InlineData("'\u00E9' (6 rows) and 'e\u0301' in another form of Unicode (4 rows)", "\u00E9", "e\u0301")]
    [InlineData("'a' (6 rows) and 'a\u200B' (4 rows)", "a", "a\u200B")]
    [InlineData("'1' (6 rows) and '1.0' (4 rows)", "1", "1.0")]
    public void Classes_that_differ_by_what_is_hardly_seen_are_said_and_stay_apart(string both, string one, string other)
    {
        TableSchema schema = Schema([.. Enumerable.Repeat(one, 6), .. Enumerable.Repeat(other, 4), .. Enumerable.Repeat("third", 20)]);
        Assert.Equal([one, other, "third"], schema.ClassNames);
        Assert.Equal($"classes that differ only by upper and lower case, blanks or the way in which a character or a number is written: {both}; they are " +
            "different classes here, so write them alike in the table if they are one", Assert.Single(schema.Notes, note => note.Contains("differ only",
                StringComparison.Ordinal)));
    }

    [Fact]
    public void Classes_that_differ_by_letters_are_not_said() => Assert.Empty(Schema(Thrice("a", "b", "\u00E9", "e", "ab", "-1", "1", "1.5x")).Notes);

    [Theory]
    [InlineData("each its own", 200, 200)]
    [InlineData("two each", 200, 100)]
    [InlineData("ten each", 200, 20)]
    [InlineData("three values", 30, 3)]
    public void A_label_of_decimal_numbers_is_a_number_to_predict(string _, int rows, int distinct)
    {
        string[] labels = [.. Enumerable.Range(0, rows).Select(i => Text.Number(i % distinct * 0.25 + 0.25))];
        string said = Refused(labels);
        Assert.Equal($"t.csv: the label 'class' looks like a number to predict, not a class: {distinct} different numbers in {rows} rows (0.25, 0.5, 0.75, " +
            $"...); " +
            "name another column with --label, or train on all columns alike by --label \"\", or put the numbers into a few groups; if each of them is a " +
                "class, say 'columns: { class: { type: categorical } }' in the schema file.", said);
        Assert.Equal(distinct, Schema(labels, "columns: { class: { type: categorical } }").ClassNames.Count);
    }

    [Theory]
    [InlineData(true, 200, 200)]
    [InlineData(true, 200, 60)]
    [InlineData(true, 200, 150)]
    [InlineData(false, 200, 20)]
    [InlineData(false, 300, 30)]
    [InlineData(false, 30, 10)]
    [InlineData(false, 10, 10)]
    public void Whole_numbers_are_classes_where_each_has_rows(bool refused, int rows, int distinct)
    {
        string[] labels = [.. Enumerable.Range(0, rows).Select(i => $"{i % distinct * 3}")];
        if (refused) Assert.Contains("looks like a number to predict, not a class", Refused(labels), StringComparison.Ordinal);
        else Assert.Equal(distinct, Schema(labels).ClassNames.Count);
    }

    [Fact]
    public void A_gap_among_numbers_to_predict_makes_no_classes_of_them() => Assert.Contains("looks like a number to predict",
        Refused([.. Enumerable.Range(0, 100).Select(i => i == 7 ? "?" : Text.Number(i / 8.0))]), StringComparison.Ordinal);

    [Theory]
    [InlineData("name")]
    [InlineData("day")]
    public void A_label_that_names_the_rows_is_refused(string kind)
    {
        string[] labels = [.. Enumerable.Range(0, 60).Select(i => kind == "name" ? $"person {i}"
            : new DateTime(2024, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        Assert.StartsWith("t.csv: the label 'class' has 60 different values in 60 rows, so it seems to name the rows and not their classes; name another " +
            "column",
            Refused(labels), StringComparison.Ordinal);
        Assert.Equal(60, Schema(labels, "columns: { class: { type: categorical } }").ClassNames.Count);
    }

    [Fact]
    public void Classes_that_read_like_missing_values_are_said() => Assert.Contains("the classes '?' (3 rows), ' ' (3 rows) read like a missing value: say " +
        "--missing \"?\" --missing \" \" if that is what it means", Schema(Thrice("a", "?", "b", " ")).Notes);

    /// <summary>One sentence of each kind, however many classes there are.</summary>
    [Fact]
    public void Rare_classes_are_said_in_one_sentence()
    {
        TableSchema schema = Schema([.. Enumerable.Repeat("usual", 500), .. Enumerable.Range(0, 150).Select(i => $"once {i}"),
            .. Enumerable.Range(0, 80).SelectMany(i => Enumerable.Repeat($"few {i}", 2 + i % 8))]);
        Assert.Equal(
        [
            "150 classes have one row each, 'once 0' (line 502), 'once 1' (line 503), 'once 2' (line 504), 'once 3' (line 505), 'once 4' (line 506) and " +
                "145 more: they are kept, and what is generated for them can hardly differ from them",
            "80 classes have fewer than 10 rows, 'few 0' (2 rows), 'few 1' (3 rows), 'few 2' (4 rows), 'few 3' (5 rows), 'few 4' (6 rows) and 75 more: " +
                "what is generated for them stays close to these rows, and what is measured of so few says little",
        ], schema.Notes);
    }

    [Theory]
    [InlineData("Class", "; did you mean 'class'? It has x, class. Name the class column with --label.")]
    [InlineData(" CLASS", "; did you mean 'class'? It has x, class. Name the class column with --label.")]
    [InlineData("clas", "; did you mean 'class'? It has x, class. Name the class column with --label.")]
    [InlineData("species", "; it has x, class. Name the class column with --label.")]
    public void A_label_that_is_no_column_is_answered_with_the_nearest_and_with_all(string label, string sentence) =>
        Assert.Equal($"t.csv: no column '{label}'{sentence}",
            Assert.Throws<UserErrorException>(() => TableSchema.Infer(Text.Column(["1", "2"]), label)).Message);

    [Fact]
    public void All_columns_are_listed_up_to_some_hundreds()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"measurement_{i}")];
        string all = Assert.Throws<UserErrorException>(() =>
            TableSchema.Infer(Text.Table($"{string.Join(',', names)}\n{string.Join(',', names.Select((_, i) => i))}\n"), "Klasse")).Message;
        Assert.Contains($"it has {string.Join(", ", names)}. Name the class column", all, StringComparison.Ordinal);
        string[] more = [.. Enumerable.Range(0, 2000).Select(i => $"measurement_{i}"), "klasse_1"];
        string some = Assert.Throws<UserErrorException>(() =>
            TableSchema.Infer(Text.Table($"{string.Join(',', more)}\n{string.Join(',', more.Select((_, i) => i))}\n"), "Klasse1")).Message;
        Assert.Contains("; did you mean 'klasse_1'? It has 2001 columns, among them klasse_1, ", some, StringComparison.Ordinal);
        Assert.True(some.Length < 500, some);
    }

    private static string[] Thrice(params string[] classes) => [.. Enumerable.Range(0, 3 * classes.Length).Select(i => classes[i % classes.Length])];

    private static TableSchema Schema(string[] labels, string yaml = "") =>
        Text.Schema(Text.Table("x,class\n" + string.Concat(labels.Select((label, i) => $"{i % 13}.5,{label}\n"))), yaml);

    private static string Refused(string[] labels) => Assert.Throws<UserErrorException>(() => Schema(labels)).Message;
}

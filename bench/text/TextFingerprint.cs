using GanPipeline.Evaluation.Classifiers;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Tables;

namespace GanPipeline.Bench;

/// <summary>
/// How well boosted trees tell generated rows from real ones by how their numbers are written: length, decimals, zeros at the end, last digits, exponents,
/// blanks, signs. Which numbers they are is not seen.
/// </summary>
internal sealed class TextFingerprint
{
    private const int Features = 8;

    private const int Few = 20;

    private readonly string[] _names;
    private readonly string[][][] _sides;
    private readonly int[] _last; // how many last digits of a column are looked at

    /// <summary>Prepares it.</summary>
    /// <param name="real">The real rows.</param>
    /// <param name="made">The generated ones; of the larger side the first rows are taken.</param>
    /// <param name="label">The class column, which is left out.</param>
    public TextFingerprint(Table real, Table made, string label)
    {
        int rows = Math.Min(real.Rows, made.Rows);
        // In the order of the generated table, which has no columns that were dropped; names are texts, of which no two are written alike.
        TableColumn[] numbers = [.. made.Columns.Where(column => column.Name != label
            && column.Values.Any(text => text.AsSpan().IndexOfAnyInRange('0', '9') >= 0))];
        _names = [.. numbers.Select(column => column.Name)];
        _sides = [Texts(real), Texts(made)];
        _last = [.. _names.Select(name => LastDigits(real.Columns.First(c => c.Name == name)))];

        string[][] Texts(Table table)
        {
            int[] places = [.. Enumerable.Range(0, table.Rows)];
            new RandomStream(SeedStream.Derive(1, table == real ? "real" : "made")).Shuffle(places.AsSpan());
            places = places[..rows];
            return [.. _names.Select(name => table.Columns.First(c => c.Name == name)).Select(c => places.Select(row => c.Values[c.Codes[row]]).ToArray())];
        }
    }

    /// <summary>The columns whose texts it looks at.</summary>
    public IReadOnlyList<string> Columns => _names;

    /// <summary>The area under the ROC curve of all columns together: 0.5 where the sides cannot be told apart.</summary>
    public double Area() => Area([.. Enumerable.Range(0, _names.Length)]);

    /// <summary>That of one column alone.</summary>
    public double Area(string column) => Area([Array.IndexOf(_names, column)]);

    /// <summary>Each half of the rows is judged by trees that were trained on the other.</summary>
    private double Area(int[] columns)
    {
        float[][][] rows = [.. _sides.Select(side => Enumerable.Range(0, side[0].Length)
            .Select(row => columns.SelectMany(column => Of(side[column][row], _last[column])).ToArray()).ToArray())];
        return Enumerable.Range(0, 2).Average(half =>
        {
            var (train, labels) = Half(1 - half);
            var table = new LabelledRows(train, columns.Length * Features, labels, ["real", "made"]);
            using IFittedClassifier trees = BoostedTrees.Default.Fit(table, null, 1, default);
            (float[] judged, long[] sides) = Half(half);
            float[] probabilities = trees.Probabilities(judged);
            double[] Made(long side) => [.. sides.Index().Where(s => s.Item == side).Select(s => (double)probabilities[2 * s.Index + 1])];
            return RankScore.Of(Made(1), Made(0));
        });

        (float[] Values, long[] Labels) Half(int half)
        {
            (float[] Row, long Side)[] those = [.. rows.SelectMany((side, i) => side.Where((_, row) => row % 2 == half).Select(row => (row, (long)i)))];
            return ([.. those.SelectMany(row => row.Row)], [.. those.Select(row => row.Side)]);
        }
    }

    /// <summary>Half of a number's digits, two at most: more would be the number itself. None of words, and of numbers of which there are few.</summary>
    private static int LastDigits(TableColumn column)
    {
        int[] digits = [.. column.Values.Where(text => text.Length > 0)
            .Select(text => text.SkipWhile(c => c is '0' or '.' or '-' or ' ').Count(char.IsAsciiDigit)).Order()];
        return digits.Length <= Few || column.Values.Any(text => text.Any(char.IsAsciiLetter) && !text.Contains('e', StringComparison.Ordinal)) ? 0
            : Math.Min(2, digits[digits.Length / 2] / 2);
    }

    private static float[] Of(string text, int last)
    {
        int letter = text.AsSpan().IndexOfAny('e', 'E');
        string mantissa = letter > 0 && char.IsAsciiDigit(text[letter - 1]) ? text[..letter] : text;
        int point = mantissa.IndexOf('.', StringComparison.Ordinal), decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        string digits = string.Concat(mantissa.Where(char.IsAsciiDigit));
        return [text.Length, decimals, digits.Length - digits.TrimEnd('0').Length, Last(1), Last(2), First(),
            mantissa.Length < text.Length ? text.Length - letter : 0, text.Count(c => c != '.' && !char.IsAsciiDigit(c))];

        float Last(int count) => last < count || digits.Length < count ? -1 : int.Parse(digits[^count..], System.Globalization.CultureInfo.InvariantCulture);

        // Of a digit only whether it is 0: which it is, is a matter of the number.
        float First() => text.Length == 0 ? -1 : text[0] == '0' ? 0 : char.IsAsciiDigit(text[0]) ? 1 : text[0];
    }
}

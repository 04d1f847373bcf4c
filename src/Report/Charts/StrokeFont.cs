namespace GanPipeline.Report.Charts;

/// <summary>
/// Letters made of lines, as a plotter draws them. A letter is at most 4 units wide; capitals reach from 0 (top) to 6 (baseline), small ones from 2, and what
/// hangs down reaches 8. Each stroke is a row of points, two digits (x, y) a point. A sign that is not here is drawn as a box.
/// </summary>
internal static class StrokeFont
{
    /// <summary>Units from one line's size to the next: what a font size means.</summary>
    public const double Height = 8;
    private const double Gap = 1.7, Space = 2.6, Baseline = 6;
    private const string Box = "0030360600";

    private static readonly Dictionary<char, (double X, double Y)[][]> Glyphs = new Dictionary<char, string>
    {
        ['0'] = "103041453616050110",
        ['1'] = "112026 1636",
        ['2'] = "01103041420646",
        ['3'] = "01103041423323 334445361605",
        ['4'] = "36300444",
        ['5'] = "400002324345361605",
        ['6'] = "413010010516364544331304",
        ['7'] = "004016",
        ['8'] = "103041423313020110 1304051636454433",
        ['9'] = "051636454130100102133342",
        ['A'] = "062046 1434",
        ['B'] = "00063645443303 0030414233",
        ['C'] = "4130100105163645",
        ['D'] = "00062644422000",
        ['E'] = "40000646 0333",
        ['F'] = "400006 0333",
        ['G'] = "41301001051636454323",
        ['H'] = "0006 4046 0343",
        ['I'] = "0020 0626 1016",
        ['J'] = "4045361605",
        ['K'] = "0006 400346",
        ['L'] = "000646",
        ['M'] = "0600234046",
        ['N'] = "06004640",
        ['O'] = "103041453616050110",
        ['P'] = "06003041423303",
        ['Q'] = "103041453616050110 2446",
        ['R'] = "06003041423303 2346",
        ['S'] = "413010010213334445361605",
        ['T'] = "0040 2026",
        ['U'] = "000516364540",
        ['V'] = "002640",
        ['W'] = "0016233640",
        ['X'] = "0046 4006",
        ['Y'] = "002340 2326",
        ['Z'] = "00400646",
        ['a'] = "3322120305162635 3236",
        ['b'] = "0006 0312223335261605",
        ['c'] = "321203051636",
        ['d'] = "3036 3322120305162635",
        ['e'] = "043433221203051636",
        ['f'] = "201116 0222",
        ['g'] = "32372808 3322120305162635",
        ['h'] = "0006 0312223336",
        ['i'] = "0206 0000",
        ['j'] = "121708 1010",
        ['k'] = "0006 320436",
        ['l'] = "000516",
        ['m'] = "0206 03122326 23324346",
        ['n'] = "0206 0312223336",
        ['o'] = "122233352616050312",
        ['p'] = "0208 0312223335261605",
        ['q'] = "3238 3322120305162635",
        ['r'] = "0206 031222",
        ['s'] = "3212031424352606",
        ['t'] = "101526 0222",
        ['u'] = "0205162635 3236",
        ['v'] = "022642",
        ['w'] = "0216243642",
        ['x'] = "0236 3206",
        ['y'] = "0226 4218",
        ['z'] = "02320636",
        ['.'] = "0606",
        [','] = "1607",
        ['-'] = "0333",
        ['+'] = "0444 2226",
        ['='] = "0343 0545",
        ['%'] = "0010110100 3545463635 4006",
        ['/'] = "3006",
        ['('] = "10020416",
        [')'] = "00121406",
        [':'] = "0303 0606",
        [';'] = "0303 0607",
        ['_'] = "0747",
        ['\''] = "0001",
        ['"'] = "0001 1011",
        ['!'] = "0004 0606",
        ['?'] = "01103041422324 2626",
        ['<'] = "310435",
        ['>'] = "013405",
        ['|'] = "0008",
        ['['] = "10000616",
        [']'] = "00101606",
        ['*'] = "2125 0244 4204",
        ['é'] = "043433221203051636 1120",
    }.ToDictionary(g => g.Key, g => Parse(g.Value));

    private static readonly (double X, double Y)[][] Unknown = Parse(Box);

    /// <summary>Width of a text in units.</summary>
    public static double Width(string text) => Math.Max(0, Known(text).Sum(Advance) - Gap);

    /// <summary>The strokes of a text that begins at x = 0 and whose baseline is y = 0.</summary>
    public static IEnumerable<(double X, double Y)[]> Strokes(string text)
    {
        double x = 0;
        foreach (char letter in Known(text))
        {
            double left = x;
            if (letter != ' ')
                foreach ((double X, double Y)[] stroke in Glyph(letter)) yield return [.. stroke.Select(p => (left + p.X, p.Y - Baseline))];
            x += Advance(letter);
        }
    }

    private static string Known(string text) => text.Replace('\u2013', '-').Replace('\u2212', '-').Replace('\u00D7', 'x');

    private static (double X, double Y)[][] Glyph(char letter) => Glyphs.GetValueOrDefault(letter, Unknown);

    private static double Advance(char letter) => letter == ' ' ? Space : Glyph(letter).Max(s => s.Max(p => p.X)) + Gap;

    private static (double X, double Y)[][] Parse(string strokes) =>
        [.. strokes.Split(' ').Select(s => Enumerable.Range(0, s.Length / 2).Select(i => ((double)(s[2 * i] - '0'), (double)(s[2 * i + 1] - '0'))).ToArray())];
}

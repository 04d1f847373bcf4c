using System.Globalization;
using System.Text.RegularExpressions;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>Seeds and values to try, as people write them on a command line.</summary>
internal static partial class SweepSyntax
{
    private const int MostSeeds = 10_000;

    /// <summary>Reads <c>key=value,value</c>.</summary>
    public static (string Key, IReadOnlyList<string> Values) Varied(string text)
    {
        int equals = text.IndexOf('=');
        string[] values = equals < 0 ? [] : Commas().Split(text[(equals + 1)..]);
        return equals > 0 && values.All(v => v.Length > 0) ? (text[..equals], values)
            : throw UserErrorException.Usage($"--vary {text}: write key=value,value, for example --vary batch=64,128.");
    }

    /// <summary>Reads <c>1,2,3</c> and <c>1-5</c>.</summary>
    public static ulong[] Seeds(string text)
    {
        var seeds = new List<ulong>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
                || !ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong last) || last < first || last - first >= MostSeeds)
                throw UserErrorException.Usage($"--seeds {text}: write numbers and ranges, for example 1,2,3 or 1-5.");
            for (ulong seed = first; seed <= last; seed++) seeds.Add(seed);
        }
        return [.. seeds];
    }

    /// <summary>Commas that are not within brackets: a value may be a list.</summary>
    [GeneratedRegex(@",(?![^\[{]*[\]}])")]
    private static partial Regex Commas();
}

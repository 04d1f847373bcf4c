using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>Numbers of classes as people write them on a command line: <c>NAME=N,NAME=N</c>.</summary>
internal static class ClassSyntax
{
    /// <summary>Reads the samples of each class.</summary>
    public static IReadOnlyList<(string Class, ulong Count)> Counts(string? text) => Pairs<ulong>("--counts", text,
        number => ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong n) && n > 0 ? n : null, "whole numbers above 0");

    /// <summary>Reads the shares of each class.</summary>
    public static IReadOnlyList<(string Class, double Share)> Ratio(string? text) => Pairs<double>("--ratio", text,
        number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double r) && r > 0 ? r : null, "numbers above 0");

    private static IReadOnlyList<(string, T)> Pairs<T>(string option, string? text, Func<string, T?> parse, string rule) where T : struct =>
        text is null ? [] : [.. text.Split(',').Select(pair => pair.LastIndexOf('=') is >= 1 and var at
            ? (pair[..at], parse(pair[(at + 1)..]) ?? throw UserErrorException.Usage($"{option} {text}: '{pair}' does not end in one of the {rule}."))
            : throw UserErrorException.Usage($"{option} {text}: write NAME=NUMBER,NAME=NUMBER, with {rule}."))];
}

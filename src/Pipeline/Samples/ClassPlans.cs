using System.Globalization;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>From what the command line says about classes to a plan.</summary>
internal static class ClassPlans
{
    private const ulong Most = 1_000_000_000_000;
    private const ulong Default = 100;

    public static ClassPlan For(ClassChoice choice, GeneratorInfo info)
    {
        int ways = (choice.Names.Count > 0 ? 1 : 0) + (choice.Counts is null ? 0 : 1) + (choice.Ratio is null ? 0 : 1) + (choice.ListFile is null ? 0 : 1);
        if (ways > 1) throw UserErrorException.Usage("--class, --counts, --ratio and --class-list: each says which classes are made; give one of them.");
        if (choice.Count is { } given && (choice.Counts ?? choice.ListFile) is not null)
            throw UserErrorException.Usage($"--count {given}: the number of samples follows from --counts or --class-list; leave --count out.");
        ulong count = choice.Count is < 1 or > (long)Most ? throw UserErrorException.Usage($"--count {choice.Count}: it must be between 1 and {Most}.")
            : (ulong?)choice.Count ?? Default;
        ClassPlan plan = choice switch
        {
            { Counts: { } counts } => ClassPlan.Counts(Pairs<ulong>("--counts", counts, info,
            text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong n) && n is >= 1 and <= Most ? n : null,
            "whole numbers above 0")),
            { Ratio: { } ratio } => ClassPlan.Ratio(Pairs<double>("--ratio", ratio, info,
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double r) && r is > 0 and < 1e9 ? r : null, "numbers above 0"),
            count),
            { ListFile: { } file } => ClassPlan.List(List(file, info)),
            { Names.Count: > 0 } => ClassPlan.Turns([.. choice.Names.Select(name => Index("--class", name, info))], count),
            _ => ClassPlan.Turns([.. Enumerable.Range(0, info.ClassNames.Count).Select(i => (long)i)], count),
        };
        return plan;
    }

    private static List<(long, T)> Pairs<T>(string option, string text, GeneratorInfo info, Func<string, T?> parse, string rule) where T : struct
    {
        var pairs = new List<(long, T)>();
        foreach (string pair in text.Split(','))
        {
            int at = pair.LastIndexOf('=');
            T value = at < 1 ? throw UserErrorException.Usage($"{option} {text}: write NAME=NUMBER,NAME=NUMBER, with {rule}.") : parse(pair[(at + 1)..])
                ?? throw UserErrorException.Usage($"{option} {text}: '{pair}' does not end in one of the {rule}.");
            long index = Index(option, pair[..at], info);
            if (pairs.Any(p => p.Item1 == index)) throw UserErrorException.Usage($"{option} {text}: class '{pair[..at]}' comes twice; give it once.");
            pairs.Add((index, value));
        }
        return pairs;
    }

    private static long[] List(string file, GeneratorInfo info)
    {
        try
        {
            using var lines = new StreamReader(InputFile.Open(file, "--class-list names a text file with one class a line."));
            var labels = new List<long>();
            while (lines.ReadLine() is { } line)
                if (line.Length > 0) labels.Add(Index($"--class-list {file}", line, info));
            return labels.Count > 0 ? [.. labels] : throw UserErrorException.Usage($"--class-list {file}: it is empty; write one class a line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"--class-list {file}: cannot be read: {e.Message.TrimEnd('.')}; name a text file with one class a line.", e);
        }
    }

    private static long Index(string option, string name, GeneratorInfo info) => ClassMatch.Place(name, info.ClassNames) is >= 0 and var index ? index
        : throw UserErrorException.Usage(info.ClassNames.Count == 0
        ? $"{option} {name}: the generator has no classes; leave {option.Split(' ')[0]} out."
        : $"{option} {name}: the generator does not know this class; it knows {string.Join(", ", info.ClassNames)}.");
}

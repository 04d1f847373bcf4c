using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>From what the options say about classes to a plan.</summary>
internal static class ClassPlans
{
    /// <summary>The most samples that can be asked for.</summary>
    public const ulong Most = 1_000_000_000_000;

    private const ulong Default = 100;

    public static ClassPlan For(GenerateOptions options, GeneratorInfo info)
    {
        bool[] given = [options.Classes.Count > 0, options.Counts.Count > 0, options.Ratio.Count > 0, options.ClassList is not null];
        if (given.Count(g => g) > 1)
            throw UserErrorException.Usage("--class, --counts, --ratio and --class-list: each tells which classes are generated; give one of them.");
        if (options.Count is { } number && (options.Counts.Count > 0 || options.ClassList is not null))
            throw UserErrorException.Usage($"--count {number}: the number of samples follows from --counts or --class-list; leave --count out.");
        ulong count = options.Count is < 1 or > (long)Most ? throw UserErrorException.Usage($"--count {options.Count}: it must be between 1 and {Most}.")
            : (ulong?)options.Count ?? Default;
        if (options.Counts.Count > 0) return ClassPlan.Counts(Indexed("--counts", options.Counts, n => n is >= 1 and <= Most, "whole numbers above 0", info));
        if (options.Ratio.Count > 0) return ClassPlan.Ratio(Indexed("--ratio", options.Ratio, r => r is > 0 and < 1e9, "numbers above 0", info), count);
        if (options.ClassList is { } file) return ClassPlan.List(List(file, info));
        return ClassPlan.Turns(options.Classes.Count > 0 ? [.. options.Classes.Select(name => Index("--class", name, info))]
            : [.. Enumerable.Range(0, info.ClassNames.Count).Select(i => (long)i)], count);
    }

    private static List<(long, T)> Indexed<T>(string option, IReadOnlyList<(string Class, T Value)> given, Func<T, bool> isFit, string rule, GeneratorInfo info)
    {
        var pairs = new List<(long, T)>();
        foreach ((string name, T value) in given)
        {
            if (!isFit(value)) throw UserErrorException.Usage(FormattableString.Invariant($"{option} {name}={value}: {rule} are needed."));
            long index = Index(option, name, info);
            if (pairs.Any(p => p.Item1 == index)) throw UserErrorException.Usage($"{option} {name}: class '{name}' comes twice; give it once.");
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
        : $"{option} {name}: the generator does not know this class; it knows {Nearest.List(name, info.ClassNames)}");
}

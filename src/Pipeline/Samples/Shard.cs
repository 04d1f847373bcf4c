using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>One of several equal parts of the samples: the parts of all machines, one after the other, are what one machine would write.</summary>
internal sealed record Shard(int Index, int Count)
{
    public bool IsWhole => Count == 1;

    /// <summary>
    /// From <paramref name="text"/>: <c>i/n</c> (i from 0), <c>slurm</c> or <c>kubernetes</c> (what the environment of an array or of an indexed job says), or
    /// null for everything.
    /// </summary>
    public static Shard From(string? text, Func<string, string?> environment) => text switch
    {
        null => new Shard(0, 1),
        "slurm" => FromSlurm(environment),
        "kubernetes" => Checked(Variable(environment, "JOB_COMPLETION_INDEX", null), Variable(environment, "JOB_COMPLETIONS", null), "JOB_COMPLETION_INDEX"),
        _ when text.Split('/') is [var i, var n] && Number(i) is { } index && Number(n) is { } count && index < count => new Shard(index, count),
        _ => throw UserErrorException.Usage($"--shard {text}: write i/n with i from 0 to n - 1, for example 0/4, or slurm or kubernetes."),
    };

    /// <summary>Task numbers may start anywhere and go up in steps.</summary>
    private static Shard FromSlurm(Func<string, string?> environment)
    {
        int task = Variable(environment, "SLURM_ARRAY_TASK_ID", null), first = Variable(environment, "SLURM_ARRAY_TASK_MIN", 0);
        int step = Math.Max(1, Variable(environment, "SLURM_ARRAY_TASK_STEP", 1));
        return Checked((task - first) / step, Variable(environment, "SLURM_ARRAY_TASK_COUNT", null), "SLURM_ARRAY_TASK_ID");
    }

    /// <summary>The first of this part's samples out of <paramref name="total"/>; the next part's first is this one's end.</summary>
    public ulong First(ulong total) => (ulong)((UInt128)total * (uint)Index / (uint)Count);

    public ulong End(ulong total) => (this with { Index = Index + 1 }).First(total);

    /// <summary>The name of this part's file: in alphabetical order the parts are in their order.</summary>
    public string Name(string path)
    {
        if (IsWhole) return path;
        string last = (Count - 1).ToString(CultureInfo.InvariantCulture);
        return $"{path}.{Index.ToString(CultureInfo.InvariantCulture).PadLeft(last.Length, '0')}-of-{Count}";
    }

    private static Shard Checked(int index, int count, string variable) => index >= 0 && index < count
        ? new Shard(index, count)
        : throw new UserErrorException($"{variable}: says part {index} of {count}; give --shard i/n instead.");

    private static int Variable(Func<string, string?> environment, string name, int? otherwise) => environment(name) is { } text ? Parse(name, text)
        : otherwise ?? throw new UserErrorException($"{name}: is not set, so it is not known which part to generate; set it, or give --shard i/n.");

    private static int Parse(string name, string text) => Number(text)
        ?? throw new UserErrorException($"{name}: '{text}' is no whole number; give --shard i/n.");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

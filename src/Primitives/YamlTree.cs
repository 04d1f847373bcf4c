namespace GanPipeline.Primitives;

/// <summary>Where YAML came from.</summary>
/// <param name="Name">The file, or what else messages name it by.</param>
/// <param name="HasLines">False for a text whose line numbers would tell the user nothing, such as an option's value.</param>
internal sealed record YamlSource(string Name, bool HasLines = true)
{
    /// <summary>Whose mistake a wrong value is.</summary>
    public ErrorKind Kind { get; init; } = ErrorKind.Input;

    public UserErrorException Error(long line, string what, Exception? inner = null) =>
        new($"{Name}{(HasLines ? $" line {line}" : "")}: {what}.", inner) { Kind = Kind };
}

/// <summary>A value in a YAML text that <see cref="YamlReader"/> read.</summary>
internal abstract class YamlValue(YamlSource source, long line)
{
    /// <summary>The line on which it begins, from 1.</summary>
    public long Line => line;

    public YamlSource Source => source;

    /// <summary>An error that names the place of this value.</summary>
    public UserErrorException Error(string what) => source.Error(line, what);
}

/// <summary>A scalar, as text: what it means is the reader's business.</summary>
internal sealed class YamlText(string value, YamlSource source, long line) : YamlValue(source, line)
{
    private const int LongestExcerpt = 80;

    public string Value => value;

    /// <summary>The text as messages quote it: its beginning, where it is long.</summary>
    public string Excerpt => value.Length <= LongestExcerpt ? value : value[..LongestExcerpt] + "...";
}

/// <summary>A list.</summary>
internal sealed class YamlList(IReadOnlyList<YamlValue> items, YamlSource source, long line) : YamlValue(source, line)
{
    public IReadOnlyList<YamlValue> Items => items;
}

/// <summary>A mapping with its keys in the order of the text; each is there once.</summary>
internal sealed class YamlMap(YamlSource source, long line) : YamlValue(source, line)
{
    private readonly OrderedDictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries => _entries.Values;

    public YamlValue? this[string key] => _entries.TryGetValue(key, out YamlEntry? entry) ? entry.Value : null;

    /// <summary>Adds the entry, or puts it in the place of the one that has its key.</summary>
    public void Set(YamlEntry entry) => _entries[entry.Key.Value] = entry;

    /// <summary>Removes a key and returns its value; null where it is not there.</summary>
    public YamlValue? Take(string key) => _entries.Remove(key, out YamlEntry? entry) ? entry.Value : null;
}

/// <summary>A key of a mapping and its value.</summary>
internal sealed record YamlEntry(YamlText Key, YamlValue Value);

namespace GanPipeline.Report.Runs;

/// <summary>Reads options.yaml as flat <c>key.path</c> and value pairs.</summary>
internal static class OptionsFile
{
    private const int MostEntries = 10_000, LongestPath = 1000;

    /// <exception cref="UserErrorException">It is missing, or no mapping in YAML.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        const string Remedy = "name a folder that 'gan train' or 'gan run' made.";
        if (!File.Exists(path)) throw new UserErrorException($"{Path.GetDirectoryName(path)}: it holds no run (options.yaml is not there); {Remedy}");
        var entries = new List<KeyValuePair<string, string>>();
        if (YamlReader.ReadFile(path, Remedy) is { } root) Flatten(root as YamlMap ?? throw Damaged(root), "", entries);
        return entries;
    }

    private static void Flatten(YamlValue value, string path, List<KeyValuePair<string, string>> entries)
    {
        // Each entry repeats the keys above it, so that long keys could make more text than memory holds.
        if (entries.Count == MostEntries || path.Length > LongestPath) throw Damaged(value);
        switch (value)
        {
            case YamlText text:
                entries.Add(new(path, text.Value));
                break;
            case YamlList list when list.Items.All(item => item is YamlText):
                entries.Add(new(path, $"[{string.Join(", ", list.Items.Select(item => ((YamlText)item).Value))}]"));
                break;
            case YamlList list:
                foreach ((int i, YamlValue item) in list.Items.Index()) Flatten(item, FormattableString.Invariant($"{path}[{i}]"), entries);
                break;
            case YamlMap map:
                foreach ((YamlText key, YamlValue inner) in map.Entries) Flatten(inner, path.Length == 0 ? key.Value : $"{path}.{key.Value}", entries);
                break;
        }
    }

    private static UserErrorException Damaged(YamlValue value) => value.Error("these are no options of a run; the file is damaged");
}

using GanPipeline.Primitives;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GanPipeline.Report.Runs;

/// <summary>
/// Reads options.yaml as flat <c>key.path</c> and value pairs. It walks the parser's events, so that no file, however deep, can exhaust the stack.
/// </summary>
internal static class OptionsFile
{
    private const int MostBytes = 1 << 20, MostDepth = 32, MostEntries = 10_000;

    /// <exception cref="UserErrorException">It is missing, or no mapping in YAML.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{System.IO.Path.GetDirectoryName(path)}: it holds no run (options.yaml is not there); " +
                "name a folder that 'gan train' or 'gan run' made.");
        }
        if (new FileInfo(path).Length > MostBytes)
            throw new UserErrorException($"{path}: more than 1 MiB are no options; name a folder that 'gan train' or 'gan run' made.");
        try { return Flatten(new Parser(new StringReader(File.ReadAllText(path))), path); }
        catch (YamlException e) { throw new UserErrorException($"{path} line {e.Start.Line}: not readable as YAML; the file is damaged.", e); }
    }

    private static List<KeyValuePair<string, string>> Flatten(Parser parser, string path)
    {
        var entries = new List<KeyValuePair<string, string>>();
        var levels = new Stack<Level>();
        while (parser.MoveNext())
        {
            Level? level = levels.Count > 0 ? levels.Peek() : null;
            switch (parser.Current)
            {
                case Scalar scalar when level is { IsMapping: true, Key: null }:
                    level.Key = scalar.Value;
                    break;
                case Scalar scalar when level is { IsMapping: false }:
                    level.Items.Add(scalar.Value);
                    break;
                case Scalar scalar when level is not null:
                    entries.Add(new(level.Take(), scalar.Value));
                    break;
                case MappingStart or SequenceStart:
                    if (levels.Count == MostDepth || (level is { IsMapping: true, Key: null }) || (level is null && parser.Current is SequenceStart))
                        throw Damaged(path, parser);
                    levels.Push(new Level(level is null ? "" : level.Take(), parser.Current is MappingStart));
                    break;
                case MappingEnd or SequenceEnd:
                    Level done = levels.Pop();
                    if (!done.IsMapping && (done.Items.Count > 0 || done.Next == 0)) entries.Add(new(done.Path, $"[{string.Join(", ", done.Items)}]"));
                    break;
                case AnchorAlias or Scalar:
                    throw Damaged(path, parser);
            }
            if (entries.Count > MostEntries) throw Damaged(path, parser);
        }
        return entries;
    }

    private static UserErrorException Damaged(string path, Parser parser) =>
        new($"{path} line {parser.Current!.Start.Line}: these are no options of a run; the file is damaged.");

    private sealed class Level(string path, bool isMapping)
    {
        public string Path => path;

        public bool IsMapping => isMapping;

        public string? Key { get; set; }

        public int Next { get; private set; }

        public List<string> Items { get; } = [];

        /// <summary>The whole path of what comes next.</summary>
        public string Take()
        {
            if (!isMapping) return FormattableString.Invariant($"{path}[{Next++}]");
            string key = path.Length == 0 ? Key! : $"{path}.{Key}";
            Key = null;
            return key;
        }
    }
}

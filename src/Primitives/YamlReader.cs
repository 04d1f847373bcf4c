using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GanPipeline.Primitives;

/// <summary>
/// Reads YAML that nobody vouches for: presets, schemas, options of runs and of checkpoints. It takes what such a text needs, mappings, lists and scalars, from
/// the parser's events, and refuses the rest with a sentence that names the line: aliases (a small text of them can stand for more than memory holds, or for
/// itself), tags, keys that are no text or are there twice, depth beyond <see cref="MostDepth"/> and length beyond <see cref="MostCharacters"/>.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Mappings and lists inside one another; the deepest preset has five.</summary>
    public const int MostDepth = 32;

    /// <summary>Length of a text.</summary>
    public const int MostCharacters = 1 << 20;

    /// <summary>Length of a key.</summary>
    public const int LongestKey = 1024;

    private readonly YamlSource _source;
    private readonly Parser _parser;
    private readonly int _lines;
    private long _line = 1;

    private YamlReader(string text, YamlSource source)
    {
        (_source, _parser, _lines) = (source, new Parser(new StringReader(text)), 1 + text.AsSpan().TrimEnd('\n').Count('\n'));
        if (text.Length > MostCharacters)
            throw new UserErrorException($"{source.Name}: {text.Length} characters are too many for YAML here (at most {MostCharacters}); shorten it.");
    }

    /// <summary>Reads a file; null where it holds nothing.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is no YAML of the kind that is read here.</exception>
    public static YamlValue? ReadFile(string path, string remedy) =>
        Read(InputFile.ReadText(path, remedy, 4 * MostCharacters), new YamlSource(path));

    /// <summary>Reads a text; null where it holds nothing but comments.</summary>
    /// <exception cref="UserErrorException">It is no YAML of the kind that is read here.</exception>
    public static YamlValue? Read(string text, YamlSource source) => new YamlReader(text, source).Document();

    private YamlValue? Document()
    {
        YamlValue? root = null;
        while (Next() is not StreamEnd)
        {
            if (_parser.Current is DocumentStart && root is not null) throw Unreadable("a second document begins here; one is read");
            if (_parser.Current is NodeEvent) root = Value(depth: 0);
        }
        return root;
    }

    /// <summary>The value that begins with the current event.</summary>
    private YamlValue Value(int depth)
    {
        long line = _line;
        switch (_parser.Current)
        {
            case AnchorAlias or NodeEvent { Anchor.IsEmpty: false }:
                throw Unreadable("'&' and '*' are not read here: write the value itself, and text that begins with one of them in quotes");
            case NodeEvent { Tag.IsEmpty: false }:
                throw Unreadable("'!' is not read here: leave the tag out, and write text that begins with it in quotes");
            case Scalar scalar:
                return new YamlText(scalar.Value, _source, line);
            case SequenceStart or MappingStart when depth == MostDepth:
                throw Unreadable($"more than {MostDepth} mappings and lists are inside one another");
            case SequenceStart:
                var items = new List<YamlValue>();
                while (Next() is not SequenceEnd) items.Add(Value(depth + 1));
                return new YamlList(items, _source, line);
            default:
                return Map(depth, line);
        }
    }

    private YamlMap Map(int depth, long line)
    {
        var map = new YamlMap(_source, line);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            // Whatever stands here as a key is looked through first, so that an alias or a tag gets its own sentence.
            YamlText key = Value(depth + 1) is YamlText { Value.Length: <= LongestKey } text ? text
                : throw _source.Error(_line, $"a key must be plain text of at most {LongestKey} characters");
            if (!lines.TryAdd(key.Value, key.Line)) throw Unreadable($"the key '{key.Excerpt}' is there twice, first on line {lines[key.Value]}");
            Next();
            map.Set(new YamlEntry(key, Value(depth + 1)));
        }
        return map;
    }

    private ParsingEvent Next()
    {
        try
        {
            _parser.MoveNext();
            _line = Known(_parser.Current!.Start.Line);
            return _parser.Current;
        }
        catch (YamlException e)
        {
            _line = Known(e.Start.Line);
            throw Unreadable(e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Unreadable("look for a bracket or quote that is not closed, from here on", e); // what the parser throws on some texts that are no YAML
        }
    }

    /// <summary>A line of the text: the parser counts the end as one of its own, and some errors have none.</summary>
    private long Known(long line) => Math.Clamp(line, 1, _lines);

    private UserErrorException Unreadable(string why, Exception? inner = null) => _source.Error(_line, $"not readable as YAML ({why})", inner);
}

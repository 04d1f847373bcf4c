using System.Collections;
using System.Globalization;
using System.Reflection;
using GanPipeline.Primitives;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace GanPipeline.Training.Config;

/// <summary>
/// Sets an options object from YAML and writes one as YAML. It is ours, and not the YAML library's own binder, because of its messages: each names the file,
/// the line, the whole key and the nearest key that exists.
/// </summary>
internal static class YamlBinder
{
    public static RunOptions Bind(YamlMap root)
    {
        var options = new RunOptions();
        Bind(root, options, "");
        return options;
    }

    private static void Bind(YamlMap map, object target, string path)
    {
        Dictionary<string, PropertyInfo> properties = Properties(target.GetType());
        string? kindKey = KindKey(target.GetType());
        foreach ((YamlText keyText, YamlValue value) in map.Entries)
        {
            string key = keyText.Value;
            if (key == kindKey) continue;
            if (!properties.TryGetValue(key, out PropertyInfo? property))
            {
                string where = path.Length == 0 ? "" : $" in '{path}'";
                throw keyText.Error($"unknown key '{keyText.Excerpt}'{where}{Nearest.Hint(key, properties.Keys.Append(kindKey ?? ""))}");
            }
            property.SetValue(target, Value(value, property.PropertyType, path.Length == 0 ? key : $"{path}.{key}"));
        }
    }

    public static YamlMappingNode Describe(object options)
    {
        var node = new YamlMappingNode();
        if (KindKey(options.GetType()) is { } key) node.Add(key, Kinds.NameOf(options));
        foreach ((string name, PropertyInfo property) in Properties(options.GetType())) node.Add(name, DescribeValue(property.GetValue(options)!));
        return node;
    }

    private static object Value(YamlValue value, Type type, string path)
    {
        if (Kinds.All.FirstOrDefault(k => k.Family == type) is { } kinds) return OfKind(value, kinds, path);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            if (value is not YamlList items) throw value.Error($"'{path}' must be a list, for example [a, b]");
            var list = (IList)Activator.CreateInstance(type)!;
            foreach ((int i, YamlValue item) in items.Items.Index()) list.Add(Value(item, type.GetGenericArguments()[0], $"{path}[{i}]"));
            return list;
        }
        if (type.IsClass && type != typeof(string))
        {
            if (value is not YamlMap map) throw value.Error($"'{path}' must be {Wanted(type)}");
            object nested = Activator.CreateInstance(type)!;
            Bind(map, nested, path);
            return nested;
        }
        if (value is not YamlText text) throw value.Error($"'{path}' must be {Wanted(type)}");
        return Scalar(text.Value, type) ?? throw value.Error($"'{path}' must be {Wanted(type)}; it is '{text.Excerpt}'");
    }

    private static object OfKind(YamlValue value, Kinds kinds, string path)
    {
        YamlValue? named = (value as YamlMap)?[kinds.Key];
        if (value is not YamlMap map || named is not YamlText kind)
            throw (named ?? value).Error($"'{path}' must name its '{kinds.Key}': one of {string.Join(", ", kinds.Types.Keys)}");
        if (!kinds.Types.TryGetValue(kind.Value, out Type? chosen))
            throw kind.Error($"'{path}.{kinds.Key}' is '{kind.Excerpt}', which does not exist{Nearest.Hint(kind.Value, kinds.Types.Keys)}; " +
                $"there are {string.Join(", ", kinds.Types.Keys)}");
        object options = Activator.CreateInstance(chosen)!;
        Bind(map, options, path);
        return options;
    }

    private static object? Scalar(string text, Type type)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int i) ? i : null;
        if (type == typeof(ulong)) return ulong.TryParse(text, NumberStyles.None, invariant, out ulong u) ? u : null;
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, invariant, out double d) && double.IsFinite(d) ? d : null;
        if (type.IsEnum) return Enum.GetNames(type).FirstOrDefault(n => Snake(n) == text) is { } name ? Enum.Parse(type, name) : null;
        throw new InvalidOperationException($"An option of type {type} cannot be read from a preset.");
    }

    private static string Wanted(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(ulong) => "a whole number of at least 0",
        _ when type == typeof(double) => "a finite number",
        _ when type.IsEnum => "one of " + string.Join(", ", Enum.GetNames(type).Select(Snake)),
        _ when type == typeof(string) => "text",
        _ => "a mapping (key: value lines)",
    };

    private static YamlNode DescribeValue(object value) => value switch
    {
        string s => new YamlScalarNode(s),
        bool b => b ? "true" : "false",
        Enum e => Snake(e.ToString()),
        IFormattable n => n.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => new YamlSequenceNode(list.Cast<object>().Select(DescribeValue)),
        _ => Describe(value),
    };

    private static Dictionary<string, PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.SetMethod is { IsPublic: true }).ToDictionary(p => Snake(p.Name), StringComparer.Ordinal);

    private static string? KindKey(Type type) => Kinds.All.FirstOrDefault(k => type.IsAssignableTo(k.Family))?.Key;

    private static string Snake(string name) => UnderscoredNamingConvention.Instance.Apply(name);
}

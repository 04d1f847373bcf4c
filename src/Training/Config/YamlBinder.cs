using System.Collections;
using System.Globalization;
using System.Reflection;
using GanPipeline.Primitives;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace GanPipeline.Training.Config;

/// <summary>Where YAML came from: a file, or a text whose line numbers would tell the user nothing.</summary>
internal readonly record struct YamlSource(string Name, bool HasLines)
{
    public UserErrorException Error(YamlNode node, string what) => new($"{Name}{(HasLines ? $" line {node.Start.Line}" : "")}: {what}.");
}

/// <summary>
/// Sets an options object from YAML and writes one as YAML. It is ours, and not the YAML library's own binder, because of its messages: each names the file,
/// the line, the whole key and the nearest key that exists.
/// </summary>
internal static class YamlBinder
{
    public static RunOptions Bind(YamlMappingNode root, YamlSource source)
    {
        var options = new RunOptions();
        Bind(root, options, source, "");
        return options;
    }

    private static void Bind(YamlMappingNode node, object target, YamlSource source, string path)
    {
        Dictionary<string, PropertyInfo> properties = Properties(target.GetType());
        string? kindKey = KindKey(target.GetType());
        foreach ((YamlNode keyNode, YamlNode value) in node.Children)
        {
            string key = ((keyNode as YamlScalarNode)?.Value) ?? throw source.Error(keyNode, "a key must be plain text");
            if (key == kindKey) continue;
            if (!properties.TryGetValue(key, out PropertyInfo? property))
            {
                string where = path.Length == 0 ? "" : $" in '{path}'";
                throw source.Error(keyNode, $"unknown key '{key}'{where}{Nearest.Hint(key, properties.Keys.Append(kindKey ?? ""))}");
            }
            property.SetValue(target, Value(value, property.PropertyType, source, path.Length == 0 ? key : $"{path}.{key}"));
        }
    }

    public static YamlMappingNode Describe(object options)
    {
        var node = new YamlMappingNode();
        if (KindKey(options.GetType()) is { } key) node.Add(key, Kinds.NameOf(options));
        foreach ((string name, PropertyInfo property) in Properties(options.GetType())) node.Add(name, DescribeValue(property.GetValue(options)!));
        return node;
    }

    private static object Value(YamlNode node, Type type, YamlSource source, string path)
    {
        if (Kinds.All.FirstOrDefault(k => k.Family == type) is { } kinds) return OfKind(node, kinds, source, path);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            if (node is not YamlSequenceNode items) throw source.Error(node, $"'{path}' must be a list, for example [a, b]");
            var list = (IList)Activator.CreateInstance(type)!;
            for (int i = 0; i < items.Children.Count; i++) list.Add(Value(items.Children[i], type.GetGenericArguments()[0], source, $"{path}[{i}]"));
            return list;
        }
        if (type.IsClass && type != typeof(string))
        {
            if (node is not YamlMappingNode mapping) throw source.Error(node, $"'{path}' must be {Wanted(type)}");
            object nested = Activator.CreateInstance(type)!;
            Bind(mapping, nested, source, path);
            return nested;
        }
        if (node is not YamlScalarNode { Value: { } text }) throw source.Error(node, $"'{path}' must be {Wanted(type)}");
        return Scalar(text, type) ?? throw source.Error(node, $"'{path}' must be {Wanted(type)}; it is '{text}'");
    }

    private static object OfKind(YamlNode node, Kinds kinds, YamlSource source, string path)
    {
        YamlNode? name = null;
        if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(kinds.Key), out name)
            || name is not YamlScalarNode { Value: { } kind })
            throw source.Error(name ?? node, $"'{path}' must name its '{kinds.Key}': one of {string.Join(", ", kinds.Types.Keys)}");
        if (!kinds.Types.TryGetValue(kind, out Type? chosen))
            throw source.Error(name, $"'{path}.{kinds.Key}' is '{kind}', which does not exist{Nearest.Hint(kind, kinds.Types.Keys)}; " +
                $"there are {string.Join(", ", kinds.Types.Keys)}");
        object options = Activator.CreateInstance(chosen)!;
        Bind(mapping, options, source, path);
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

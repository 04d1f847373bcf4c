using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization.NamingConventions;

namespace GanPipeline.Primitives;

/// <summary>
/// Makes records of YAML that <see cref="YamlReader"/> read, and YAML of records: presets, schema files, and whatever else has keys. A property's key is its
/// name in snake_case, and so is an enum's value; <see cref="RangeAttribute"/> bounds a whole number, and a name with <see cref="IgnoreDataMemberAttribute"/>
/// cannot be given. It is ours, and not the YAML library's own binder, because of its messages: each names the file, the line, the key and the nearest key
/// that exists.
/// </summary>
/// <param name="kinds">The families of records of which the text names one, such as <c>network: mlp</c>.</param>
/// <param name="namesKeys">
/// Whether messages on a value name its whole key (<c>'generator.hidden[1]' must be a whole number</c>); they name the value alone where keys are free text,
/// such as a table's columns.
/// </param>
internal sealed class YamlBinder(IReadOnlyList<YamlKinds> kinds, bool namesKeys = true)
{
    /// <summary>Keys that a message lists where none is near the one that was given.</summary>
    private const int MostListed = 8;

    private const string Mapping = "a mapping (key: value lines)", List = "a list, for example [a, b]";

    /// <summary>The record that a mapping describes; what it does not name is as in a new one.</summary>
    /// <param name="value">The mapping.</param>
    /// <param name="path">The key that it has in a mapping around it; empty for a text's own mapping.</param>
    /// <exception cref="UserErrorException">It is no mapping, or holds a key or a value that does not exist.</exception>
    public T Bind<T>(YamlValue value, string path = "") where T : class, new() => (T)Record(value, typeof(T), path, kindKey: null);

    /// <summary>Every value of a record as YAML, defaults included; <see cref="Bind"/> reads it back.</summary>
    public YamlMappingNode Describe(object record)
    {
        var node = new YamlMappingNode();
        if (kinds.FirstOrDefault(k => k.Family.IsInstanceOfType(record)) is { } family) node.Add(family.Key, family.NameOf(record));
        foreach ((string key, PropertyInfo property) in Properties(record.GetType())) node.Add(key, DescribeValue(property.GetValue(record)!));
        return node;
    }

    private object Record(YamlValue value, Type type, string path, string? kindKey)
    {
        YamlMap map = value as YamlMap ?? throw Wrong(value, path, Mapping);
        object record = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> properties = Properties(type);
        foreach ((YamlText key, YamlValue inner) in map.Entries)
        {
            if (key.Value == kindKey) continue;
            if (!properties.TryGetValue(key.Value, out PropertyInfo? property))
                throw Unknown(key, path, kindKey is null ? [.. properties.Keys] : [kindKey, .. properties.Keys]);
            property.SetValue(record, Value(inner, property.PropertyType, Inside(path, key), property.GetCustomAttribute<RangeAttribute>()));
        }
        return record;
    }

    private object Value(YamlValue value, Type type, string path, RangeAttribute? range = null)
    {
        if (kinds.FirstOrDefault(k => k.Family == type) is { } family) return OfKind(value, family, path);
        if (type is { IsGenericType: true, GenericTypeArguments: [Type item] } && type.IsAssignableFrom(typeof(List<>).MakeGenericType(item)))
            return Items(value, item, path);
        if (type is { IsGenericType: true, GenericTypeArguments: [_, Type entry] }) return Entries(value, entry, path);
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsClass && plain != typeof(string)) return Record(value, plain, path, kindKey: null);
        return value is YamlText text && Scalar(text.Value, plain, range) is { } scalar ? scalar : throw Wrong(value, path, Wanted(plain, range));
    }

    private IList Items(YamlValue value, Type item, string path)
    {
        YamlList items = value as YamlList ?? throw Wrong(value, path, List);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach ((int i, YamlValue each) in items.Items.Index()) list.Add(Value(each, item, $"{path}[{i}]"));
        return list;
    }

    private IDictionary Entries(YamlValue value, Type entry, string path)
    {
        YamlMap map = value as YamlMap ?? throw Wrong(value, path, Mapping);
        var entries = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), entry), StringComparer.Ordinal)!;
        foreach ((YamlText key, YamlValue inner) in map.Entries) entries.Add(key.Value, Value(inner, entry, Inside(path, key)));
        return entries;
    }

    private object OfKind(YamlValue value, YamlKinds family, string path)
    {
        YamlValue? named = (value as YamlMap)?[family.Key];
        if (named is not YamlText kind)
            throw (named ?? value).Error($"'{path}' must name its '{family.Key}': one of {string.Join(", ", family.Types.Keys)}");
        if (!family.Types.TryGetValue(kind.Value, out Type? type))
            throw kind.Error($"'{path}.{family.Key}' is '{kind.Excerpt}', which does not exist{Nearest.Hint(kind.Value, family.Types.Keys)}; " +
                $"there are {string.Join(", ", family.Types.Keys)}");
        return Record(value, type, path, family.Key);
    }

    private static UserErrorException Unknown(YamlText key, string path, IReadOnlyList<string> known)
    {
        string near = Nearest.Hint(key.Value, known), listed = known.Count > MostListed ? "" : $"; there are {string.Join(", ", known)}";
        return key.Error($"unknown key '{key.Excerpt}'{(path.Length == 0 ? "" : $" in '{path}'")}{(near.Length > 0 ? near : listed)}");
    }

    private UserErrorException Wrong(YamlValue value, string path, string wanted)
    {
        string? given = wanted is Mapping or List ? null : (value as YamlText)?.Excerpt;
        if (!namesKeys) return value.Error(given is null ? $"{wanted} is needed here" : $"'{given}' must be {wanted}");
        return value.Error($"'{path}' must be {wanted}{(given is null ? "" : $"; it is '{given}'")}");
    }

    private static object? Scalar(string text, Type type, RangeAttribute? range)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int i) && range?.IsValid(i) != false ? i : null;
        if (type == typeof(ulong)) return ulong.TryParse(text, NumberStyles.None, invariant, out ulong u) ? u : null;
        // The sum makes 0 of -0.
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, invariant, out double d) && double.IsFinite(d) ? d + 0.0 : null;
        if (type.IsEnum) return Names(type).FirstOrDefault(n => Snake(n) == text) is { } name ? Enum.Parse(type, name) : null;
        throw new InvalidOperationException($"A value of type {type} cannot be read from YAML.");
    }

    private static string Wanted(Type type, RangeAttribute? range) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => range is null ? "a whole number" : $"a whole number from {range.Minimum} to {range.Maximum}",
        _ when type == typeof(ulong) => "a whole number of at least 0",
        _ when type == typeof(double) => "a finite number",
        _ when type.IsEnum => "one of " + string.Join(", ", Names(type).Select(Snake)),
        _ => "a text",
    };

    private YamlNode DescribeValue(object value) => value switch
    {
        string s => new YamlScalarNode(s),
        bool b => b ? "true" : "false",
        Enum e => Snake(e.ToString()),
        IFormattable n => n.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => new YamlSequenceNode(list.Cast<object>().Select(DescribeValue)),
        _ => Describe(value),
    };

    private static string Inside(string path, YamlText key) => path.Length == 0 ? key.Excerpt : $"{path}.{key.Excerpt}";

    private static Dictionary<string, PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.SetMethod is { IsPublic: true }).ToDictionary(p => Snake(p.Name), StringComparer.Ordinal);

    private static IEnumerable<string> Names(Type type) =>
        Enum.GetNames(type).Where(n => type.GetField(n)!.GetCustomAttribute<IgnoreDataMemberAttribute>() is null);

    private static string Snake(string name) => UnderscoredNamingConvention.Instance.Apply(name);
}

using System.Globalization;
using GanPipeline.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GanPipeline.Training.Config;

/// <summary>
/// Reads presets: a YAML mapping that is merged over the defaults of <see cref="RunOptions"/>, optionally with one of its <c>variants</c> and with single
/// overrides (<c>key.path=value</c>) on top. A key that does not exist is an error that names the file, the line and the nearest key that does.
/// </summary>
public static class Preset
{
    private const string VariantsKey = "variants", Override = "--set ";

    /// <summary>Reads a preset file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="variant">Name of one of the file's variants, or null for the preset's own values.</param>
    /// <param name="overrides">Assignments such as <c>epochs=1</c> or <c>generator.label_scale=4</c>.</param>
    /// <exception cref="UserErrorException">The file is missing, is not YAML, or holds an unknown key or a value out of range.</exception>
    public static RunOptions Load(string path, string? variant = null, IEnumerable<string>? overrides = null)
    {
        if (!File.Exists(path)) throw new UserErrorException($"{path}: no such preset; the project's own are in the folder 'models'.");
        return Parse(File.ReadAllText(path), path, variant, overrides);
    }

    /// <summary>Reads a preset from text; <paramref name="source"/> names it in messages.</summary>
    public static RunOptions Parse(string yaml, string source, string? variant = null, IEnumerable<string>? overrides = null)
    {
        try
        {
            YamlMappingNode root = ReadMapping(yaml, source);
            YamlNode? variants = Take(root, VariantsKey);
            if (variant is not null) Merge(root, Variant(variants, variant, source));
            RunOptions options = YamlBinder.Bind(root, new YamlSource(source, HasLines: true));
            foreach (string assignment in overrides ?? [])
            {
                Merge(root, Assignment(assignment));
                // One at a time, so that an error names the assignment and not the file.
                options = YamlBinder.Bind(root, new YamlSource(OverrideSource(assignment), HasLines: false));
            }
            options.Validate();
            return options;
        }
        catch (YamlException e)
        {
            throw new UserErrorException($"{source} line {e.Start.Line}: not readable as YAML ({e.Message.TrimEnd('.')}). Correct that line.", e);
        }
        catch (UserErrorException e) when (!e.Message.StartsWith(source, StringComparison.Ordinal) && !e.Message.StartsWith(Override, StringComparison.Ordinal))
        {
            throw new UserErrorException($"{source}: {e.Message}", e);
        }
    }

    /// <summary>Every value of the options as YAML, defaults included: what a run folder and a checkpoint keep. <see cref="Parse"/> reads it back.</summary>
    public static string ToYaml(RunOptions options)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(YamlBinder.Describe(options))).Save(text, assignAnchors: false);
        return text.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    /// <summary>The variants that a preset offers beside its own values.</summary>
    public static IReadOnlyList<string> Variants(string path) => Take(ReadMapping(File.ReadAllText(path), path), VariantsKey) is YamlMappingNode m
        ? [.. m.Children.Keys.Select(k => ((YamlScalarNode)k).Value!)] : [];

    private static YamlMappingNode ReadMapping(string yaml, string source)
    {
        var stream = new YamlStream();
        try { stream.Load(new StringReader(yaml)); }
        catch (InvalidOperationException e) // what the parser throws on some unclosed brackets, instead of an exception of its own
        {
            throw new UserErrorException($"{source}: not readable as YAML; look for a bracket or quote that is not closed.", e);
        }
        return stream.Documents switch
        {
            [{ RootNode: YamlMappingNode mapping }] => mapping,
            _ => throw new UserErrorException($"{source}: a preset is one YAML mapping (key: value lines)."),
        };
    }

    private static YamlMappingNode Variant(YamlNode? variants, string name, string source)
    {
        if (variants is YamlMappingNode mapping
            && mapping.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? found) && found is YamlMappingNode values)
            return values;
        string known = variants is YamlMappingNode { Children.Count: > 0 } m ? $"it has {string.Join(", ", m.Children.Keys)}" : "it has none";
        throw new UserErrorException($"{source}: no variant '{name}'; {known}.");
    }

    private static string OverrideSource(string assignment) => Override + assignment;

    private static YamlMappingNode Assignment(string text)
    {
        int equals = text.IndexOf('=');
        if (equals <= 0) throw new UserErrorException($"{OverrideSource(text)}: write key=value, for example {Override}epochs=5.");
        YamlNode node;
        try { node = ReadMapping("value: " + text[(equals + 1)..], OverrideSource(text)).Children.Values.First(); }
        catch (YamlException e)
        {
            throw new UserErrorException($"{OverrideSource(text)}: not readable as YAML ({e.Message.TrimEnd('.')}). Quote the value.", e);
        }
        foreach (string key in text[..equals].Split('.').Reverse()) node = new YamlMappingNode(new YamlScalarNode(key), node);
        return (YamlMappingNode)node;
    }

    private static void Merge(YamlMappingNode target, YamlMappingNode changes)
    {
        foreach ((YamlNode key, YamlNode value) in changes.Children)
        {
            if (value is YamlMappingNode inner && target.Children.TryGetValue(key, out YamlNode? old) && old is YamlMappingNode outer
                && !IsOfAnotherKind(outer, inner))
                Merge(outer, inner);
            else target.Children[key] = value;
        }
    }

    /// <summary>Whether a mapping names another kind than the one it is merged over, whose values then mean nothing.</summary>
    private static bool IsOfAnotherKind(YamlMappingNode old, YamlMappingNode changed) => Kinds.All.Select(k => new YamlScalarNode(k.Key)).Any(key =>
        changed.Children.TryGetValue(key, out YamlNode? now) && old.Children.TryGetValue(key, out YamlNode? then) && !now.Equals(then));

    private static YamlNode? Take(YamlMappingNode node, string key) => node.Children.Remove(new YamlScalarNode(key), out YamlNode? value) ? value : null;
}

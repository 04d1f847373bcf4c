using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GanPipeline.Training.Config;

/// <summary>
/// Reads presets: a YAML mapping that is merged over the defaults of <see cref="RunOptions"/>, optionally with one of its <c>variants</c> and with single
/// overrides (<c>key.path=value</c>) on top. A key that does not exist is an error that names the file, the line and the nearest key that does.
/// </summary>
internal static class Preset
{
    private const string VariantsKey = "variants", AboutKey = "about", Override = "--set ", Remedy = "name a preset; 'gan presets' lists those there are.";

    /// <summary>Reads a preset: a built-in one by its name, any other by its file's path (<c>./mnist-cgan</c> is a file).</summary>
    /// <param name="preset">A name of <see cref="BuiltInPresets"/>, or a YAML file.</param>
    /// <param name="variant">Name of one of the file's variants, or null for the preset's own values.</param>
    /// <param name="overrides">Assignments such as <c>epochs=1</c> or <c>generator.label_scale=4</c>.</param>
    /// <exception cref="UserErrorException">The file is missing, is not YAML, or holds an unknown key or a value out of range.</exception>
    public static RunOptions Load(string preset, string? variant = null, IEnumerable<string>? overrides = null) =>
        Bound(() => Read(preset), NameOf(preset), variant, [.. overrides ?? []]);

    /// <summary>Reads a preset from text; <paramref name="source"/> names it in messages.</summary>
    public static RunOptions Parse(string yaml, string source, string? variant = null, IEnumerable<string>? overrides = null) =>
        Bound(() => YamlReader.Read(yaml, new YamlSource(source)), source, variant, [.. overrides ?? []]);

    private static RunOptions Bound(Func<YamlValue?> read, string source, string? variant, IReadOnlyList<string> overrides)
    {
        YamlMap root = AsMapping(read(), source);
        _ = PresetNotes.Of(root.Take(AboutKey));
        YamlValue? variants = root.Take(VariantsKey);
        if (variant is not null) Merge(root, Variant(variants, variant, source));
        foreach (string assignment in overrides) Merge(root, Assignment(assignment));
        RunOptions options = Kinds.Binder.Bind<RunOptions>(root);
        try { options.Validate(); }
        catch (UserErrorException e)
        {
            throw overrides.Count > 0 && IsInOrder(read, source, variant) ? UserErrorException.Usage($"{Override.TrimEnd()}: {e.Message}")
                : new UserErrorException($"{source}: {e.Message}", e);
        }
        return options;
    }

    /// <summary>Whether the preset alone is right, so that what is wrong is an override.</summary>
    private static bool IsInOrder(Func<YamlValue?> read, string source, string? variant)
    {
        try { return Bound(read, source, variant, []) is not null; }
        catch (UserErrorException) { return false; }
    }

    /// <summary>Every value of the options as YAML, defaults included: what a run folder and a checkpoint keep. <see cref="Parse"/> reads it back.</summary>
    public static string ToYaml(RunOptions options)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(Kinds.Binder.Describe(options))).Save(text, assignAnchors: false);
        return text.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    /// <summary>The variants that a preset offers beside its own values.</summary>
    /// <exception cref="UserErrorException">The file is missing, or is not YAML.</exception>
    public static IReadOnlyList<string> Variants(string preset) => AsMapping(Read(preset), NameOf(preset))[VariantsKey] is YamlMap map
        ? [.. map.Entries.Select(e => e.Key.Value)] : [];

    /// <summary>What a preset says of itself.</summary>
    /// <exception cref="UserErrorException">The file is missing, or is not YAML.</exception>
    public static PresetNotes Notes(string preset) => PresetNotes.Of(AsMapping(Read(preset), NameOf(preset))[AboutKey]);

    /// <summary>The one place that tells names from files.</summary>
    private static YamlValue? Read(string preset)
    {
        if (BuiltInPresets.Has(preset)) return YamlReader.Read(BuiltInPresets.Text(preset), new YamlSource(NameOf(preset)));
        bool isName = preset.Length > 0 && Path.GetFileName(preset) == preset && !Path.HasExtension(preset);
        return isName && !Path.Exists(preset) ? throw BuiltInPresets.Unknown(preset) : YamlReader.ReadFile(preset, Remedy);
    }

    private static string NameOf(string preset) => BuiltInPresets.Has(preset) ? $"the preset '{preset}'" : preset;

    private static YamlMap AsMapping(YamlValue? yaml, string source) =>
        yaml as YamlMap ?? throw new UserErrorException($"{source}: a preset is one YAML mapping (key: value lines).");

    private static YamlMap Variant(YamlValue? variants, string name, string source)
    {
        if (variants is YamlMap mapping && mapping[name] is YamlMap values) return values;
        string[] known = [.. (variants as YamlMap)?.Entries.Select(e => e.Key.Excerpt) ?? []];
        throw new UserErrorException($"{source}: no variant '{name}'; it has {(known.Length > 0 ? string.Join(", ", known) : "none")}" +
            Nearest.EndHint(name, known));
    }

    /// <summary>The mapping that an assignment stands for: <c>a.b=1</c> is <c>{ a: { b: 1 } }</c>.</summary>
    private static YamlMap Assignment(string text)
    {
        var source = new YamlSource(Override + text, HasLines: false) { Kind = ErrorKind.Usage };
        int equals = text.IndexOf('=');
        if (equals <= 0) throw source.Error(0, $"write key=value, for example {Override}epochs=5");
        string[] keys = text[..equals].Split('.');
        if (keys.Length > YamlReader.MostDepth) throw source.Error(0, $"no option has a key of {keys.Length} parts");
        const string Key = "value";
        YamlValue value = YamlReader.Read($"{Key}: {text[(equals + 1)..]}", source) is YamlMap { Entries: [{ Key.Value: Key } only] } ? only.Value
            : throw source.Error(0, "one value is needed behind the '='; quote it");
        foreach (string key in keys.Reverse())
        {
            var outer = new YamlMap(source, 0);
            outer.Set(new YamlEntry(new YamlText(key, source, 0), value));
            value = outer;
        }
        return (YamlMap)value;
    }

    private static void Merge(YamlMap target, YamlMap changes)
    {
        foreach (YamlEntry change in changes.Entries)
        {
            if (change.Value is YamlMap inner && target[change.Key.Value] is YamlMap outer && !IsOfAnotherKind(outer, inner)) Merge(outer, inner);
            else target.Set(change);
        }
    }

    /// <summary>Whether a mapping names another kind than the one it is merged over, whose values then mean nothing.</summary>
    private static bool IsOfAnotherKind(YamlMap old, YamlMap changed) => Kinds.All.Any(k =>
        old[k.Key] is { } then && changed[k.Key] is { } now && (then as YamlText)?.Value != (now as YamlText)?.Value);
}

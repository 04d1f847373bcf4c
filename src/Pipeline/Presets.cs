using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;

namespace GanPipeline.Stages;

/// <summary>
/// The one place that knows what the name of a preset stands for: one of the project's, a YAML file, a table, which means the preset for tables, or a folder of
/// pictures, which means the preset for these.
/// </summary>
internal static class Presets
{
    /// <summary>The options of a preset, with what differs from it.</summary>
    /// <param name="preset">The preset's name.</param>
    /// <param name="options">What differs.</param>
    /// <param name="first">Assignments that come before those of <paramref name="options"/>.</param>
    /// <exception cref="UserErrorException">There is no such preset, or a value is out of its range.</exception>
    public static RunOptions Load(string preset, PresetOptions options, params IReadOnlyList<string> first)
    {
        if (!IsTable(preset))
        {
            if (IsFolder(preset))
                throw new UserErrorException($"{preset}: it is a folder, and a table is needed here ({TableEnding.All}); a folder of pictures goes into " +
                    "'gan run' or 'gan train'.");
            CheckEnding(preset);
            return Preset.Load(preset, options.Variant, [.. first, .. options.AllAssignments()]);
        }
        if (Directory.Exists(preset))
            throw new UserErrorException($"{preset}: it is a folder, and its name ends as a table's does; name the table's file in it, or rename the folder " +
                "if it holds pictures.");
        // The preset's sampling takes classes apart, which a table without a class column has not.
        string[] unlabelled = options.Label is "" ? ["sampling=shuffle"] : [];
        return Preset.Load(BuiltInPresets.Table, options.Variant, [.. first, .. unlabelled, .. options.AllAssignments()]);
    }

    /// <summary>The options of a preset for data that are trained on: pictures decide some of those for them.</summary>
    /// <param name="preset">The preset's name.</param>
    /// <param name="data">Where the data are, by <see cref="Data"/>.</param>
    /// <param name="options">What differs.</param>
    /// <returns>The options, and a sentence on what the data decided; null where they decided nothing.</returns>
    /// <exception cref="UserErrorException">There is no such preset, a value is out of its range, or the data are no pictures of classes.</exception>
    public static (RunOptions Options, string? Said) For(string preset, string? data, PresetOptions options) => IsOfPictures(preset, data)
        ? OfPictures(data!, options.Variant, options.AllAssignments()) : (Load(preset, options), null);

    /// <summary>Whether pictures decide options of the preset for them.</summary>
    public static bool IsOfPictures(string preset, string? data) => data is not null && (preset == BuiltInPresets.Folder || IsFolder(preset));

    /// <summary>The options of the preset for pictures.</summary>
    /// <inheritdoc cref="For"/>
    public static (RunOptions Options, string Said) OfPictures(string data, string? variant, IReadOnlyList<string> assignments)
    {
        var choice = PictureChoice.Of(data);
        return (Preset.Load(BuiltInPresets.Folder, variant ?? choice.Variant, [.. choice.Assignments, .. assignments]), choice.Said);
    }

    /// <summary>Where the data of a preset are: the table or the folder of pictures that stands in its place, or what was named besides.</summary>
    /// <exception cref="UserErrorException">Both are there.</exception>
    public static string? Data(string preset, string? data) => !IsTable(preset) && !IsFolder(preset) ? data : data is null ? preset
        : throw UserErrorException.Usage($"--data: {preset} is the data already; leave it out, or name a preset in the " +
            $"{(IsTable(preset) ? "table" : "folder")}'s place.");

    /// <summary>Whether it names a table: a file that ends as one does, or standard input.</summary>
    public static bool IsTable(string preset) => TableEnding.Has(preset) || SpooledInput.IsStandardInput(preset);

    /// <summary>Whether it names a folder; one of a table's ending is refused as a table.</summary>
    private static bool IsFolder(string preset) => !BuiltInPresets.Has(preset) && !IsTable(preset) && Directory.Exists(preset);

    /// <summary>Refuses a file that is neither a table nor a preset by its ending, which would be read as a preset and not understood.</summary>
    private static void CheckEnding(string preset)
    {
        string ending = Path.GetExtension(preset);
        if (ending.Length == 0 || ending.ToLowerInvariant() is ".yaml" or ".yml" || BuiltInPresets.Has(preset) || Directory.Exists(preset)) return;
        throw new UserErrorException($"{preset}: its ending '{ending}' is neither a table's ({TableEnding.All}) nor a preset's (.yaml, .yml); rename it, " +
            $"save " +
            $"the table as one of these, or give a text file of another ending as the data of the preset for tables ('{BuiltInPresets.Table}' with --data).");
    }
}

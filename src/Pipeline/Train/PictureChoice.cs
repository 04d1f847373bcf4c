using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>What the pictures of a folder decide of the preset for such folders.</summary>
/// <param name="Variant">The preset's variant: the side of the pictures that are trained on.</param>
/// <param name="Assignments">Values of keys.</param>
/// <param name="Said">What was found and chosen, as a sentence.</param>
internal sealed record PictureChoice(string Variant, IReadOnlyList<string> Assignments, string Said)
{
    private const int Small = 32, Large = 64;

    /// <summary>What a folder's pictures decide.</summary>
    /// <exception cref="UserErrorException">It holds no pictures of two classes.</exception>
    public static PictureChoice Of(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*-idx3-ubyte*").Any())
            throw new UserErrorException($"{folder}: it holds IDX files, and the preset '{BuiltInPresets.Folder}' reads pictures (PNG, JPEG); name the " +
                "folder with --data beside a preset for IDX files, for example mnist-cgan.");
        PictureSurvey found = PictureSurvey.Of(folder);
        if (found.Classes.Count == 0)
            throw new UserErrorException($"{folder}: its pictures lie in no sub-folders, so that they have no classes; put those of each class into a " +
                $"sub-folder, or train without classes (the preset faces-dcgan with --data {folder}).");
        if (found.Classes.Count == 1)
            throw new UserErrorException($"{folder}: it has one class, '{found.Classes[0]}', and a generator of classes needs two or more; add a sub-folder " +
                $"of another class, or train without classes (the preset faces-dcgan with --data {Path.Combine(folder, found.Classes[0])}).");
        int side = found.Middle >= Large ? Large : Small;
        bool colour = found.Coloured > 0 || found.Pictures == 0;
        return new PictureChoice(side.ToString(CultureInfo.InvariantCulture), [$"data.channels={(colour ? 3 : 1)}"], string.Create(
            CultureInfo.InvariantCulture, $"{folder}: {found.Pictures} pictures of {found.Classes.Count} classes, {Colours(found)}, sides of " +
            $"{found.Smallest} to {found.Longest} pixels (half of the pictures have {found.Middle} or more on the shorter one); '{BuiltInPresets.Folder}' " +
            $"trains on {side}x{side} pixels, {(colour ? "RGB" : "grey")}{Other(side)}."));
    }

    private static string Colours(PictureSurvey found) => found.Coloured == found.Pictures ? "in colour"
        : found.Coloured == 0 ? "grey" : $"{found.Coloured} in colour and {found.Pictures - found.Coloured} grey";

    private static string Other(int side) => side == Large
        ? $" ({Small}x{Small}, in a quarter of the time, by --variant {Small})" : $" ({Large}x{Large} by --variant {Large})";
}

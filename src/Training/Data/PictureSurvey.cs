using GanPipeline.Images;

namespace GanPipeline.Training.Data;

/// <summary>What a folder of pictures holds, by the headers of its training part's files: enough to choose networks by, before any pixel is decoded.</summary>
/// <param name="Pictures">Files that say how large they are; those that do not are left to whoever reads the pixels.</param>
/// <param name="Classes">Names of the classes; empty where the pictures lie in the folder itself.</param>
/// <param name="Smallest">The shortest side of all.</param>
/// <param name="Middle">The median of the shorter sides.</param>
/// <param name="Longest">The longest side of all.</param>
/// <param name="Coloured">How many pictures are not grey.</param>
internal sealed record PictureSurvey(int Pictures, IReadOnlyList<string> Classes, int Smallest, int Middle, int Longest, int Coloured)
{
    /// <summary>Looks at a folder.</summary>
    /// <exception cref="UserErrorException">It is none, or is laid out otherwise than <see cref="ImageTree.Layout"/> says.</exception>
    public static PictureSurvey Of(string folder)
    {
        ImageTree tree = ImageTree.Read(folder, DataSplit.Train, testShare: 0, skipped: []);
        var headers = new PictureHeader?[tree.Files.Length];
        Parallel.For(0, headers.Length, i => headers[i] = Header(tree.Files[i].Path));
        PictureHeader[] known = [.. headers.OfType<PictureHeader>()];
        if (known.Length == 0) return new PictureSurvey(0, tree.ClassNames, 0, 0, 0, 0);
        int[] sides = [.. known.Select(h => Math.Min(h.Rows, h.Columns)).Order()];
        return new PictureSurvey(known.Length, tree.ClassNames, sides[0], sides[sides.Length / 2], known.Max(h => Math.Max(h.Rows, h.Columns)),
            known.Count(h => !h.IsGrey));
    }

    private static PictureHeader? Header(string path)
    {
        try { return ImageDecoder.Header(path); }
        catch (UserErrorException) { return null; } // an error, or left out, when its pixels are read
    }
}

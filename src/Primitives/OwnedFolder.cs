namespace GanPipeline.Primitives;

/// <summary>
/// A folder whose files this program names and replaces as it likes, a run folder say. It may come from somebody else, so nothing in it is written through a
/// link: that could replace any file of the user's.
/// </summary>
internal static class OwnedFolder
{
    /// <summary>Refuses a folder in which something is a link.</summary>
    /// <param name="folder">The folder; that itself may be one, since the user named it. Nothing is said where it is not there.</param>
    /// <exception cref="UserErrorException">There is a link in it.</exception>
    public static void RefuseLinks(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos()) RefuseLink(entry.FullName);
    }

    /// <summary>Refuses to write a file, or into a folder, that is a link.</summary>
    /// <exception cref="UserErrorException">It is one.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new UserErrorException($"{path}: it is a link (to {target}), and what is written into this folder stays in it; remove the link, " +
                "or put what it names in its place.");
        }
    }

    /// <summary>Removes what killed processes left under hidden names in the folder, but not in folders in it. What a living one is writing stays.</summary>
    public static void RemoveLeftovers(string folder) => Unfinished.RemoveDead(folder, name: null);
}

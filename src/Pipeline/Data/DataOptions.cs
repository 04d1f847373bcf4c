namespace GanPipeline;

/// <summary>The known data set to fetch from its mirrors.</summary>
/// <param name="Name">Its name: <c>mnist</c>, <c>fashion-mnist</c>, ...</param>
/// <param name="Out">Folder for its files; files that are there and right are not fetched again.</param>
public sealed record FetchOptions(string Name, string Out)
{
    /// <summary>Addresses of folders that hold the files, to be tried before the known ones.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>How long a mirror may stay silent before the next one is tried: above 0 and at most a day.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>What was fetched; every file has the right SHA-256.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Folder">The folder that holds its files.</param>
/// <param name="Files">The files.</param>
/// <param name="Licence">Under which terms it may be used.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record FetchResult(string Name, string Folder, IReadOnlyList<string> Files, string Licence, string Source);

/// <summary>The folder to compare with the digests of a known data set.</summary>
/// <param name="Folder">The folder that holds the files, packed (<c>.gz</c>) or unpacked.</param>
public sealed record CheckOptions(string Folder)
{
    /// <summary>The data set that it should be; null for the one that it agrees with most.</summary>
    public string? Name { get; init; }
}

/// <summary>Whether a folder holds a data set as it was published.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Files">What became of each file.</param>
public sealed record CheckResult(string Name, IReadOnlyList<(string File, DataFileState State)> Files)
{
    /// <summary>Whether all files are there and right.</summary>
    public bool IsRight => Files.All(f => f.State == DataFileState.Right);
}

/// <summary>What became of one file of a data set.</summary>
public enum DataFileState
{
    /// <summary>Its bytes are the known ones.</summary>
    Right,

    /// <summary>It is there, with other bytes.</summary>
    Differs,

    /// <summary>It is not there, neither packed nor unpacked.</summary>
    Missing,
}

namespace GanPipeline.Datasets;

/// <summary>A file of a known data set.</summary>
/// <param name="Name">Its name on the mirrors and on disk, for example <c>train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="UnpackedSha256">SHA-256 of what it unpacks to, where people also keep it unpacked (the same name without <c>.gz</c>); else null.</param>
internal sealed record KnownFile(string Name, long Bytes, string Sha256, string? UnpackedSha256 = null);

/// <summary>A data set that presets are made for.</summary>
/// <param name="Name">Short name, for example <c>mnist</c>.</param>
/// <param name="About">What it holds, in a few words.</param>
/// <param name="Licence">Under which terms it may be used.</param>
/// <param name="Origin">The page or paper that it comes from.</param>
internal sealed record KnownSet(string Name, string About, string Licence, string Origin)
{
    /// <summary>Its files; empty for a set that cannot be fetched freely.</summary>
    public IReadOnlyList<KnownFile> Files { get; init; } = [];

    /// <summary>Addresses of folders that hold the files, in the order in which they are tried.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>How presets read it.</summary>
    public required string Use { get; init; }

    /// <summary>What a person does to get a set that cannot be fetched freely; null for others.</summary>
    public string? ByHand { get; init; }
}

namespace GanPipeline.Fuzz.Tests;

/// <summary>A reader of the product that must accept or refuse whatever bytes it gets.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Share">Its share of the inputs, in no unit.</param>
/// <param name="Corpus">Inputs that mutations begin with; the first of them is one that it accepts.</param>
/// <param name="Read">Reads the input, as bytes or from a file of the place; called by several threads at once, each with a place of its own.</param>
internal sealed record Reader(string Name, double Share, IReadOnlyList<byte[]> Corpus, Action<byte[], Place> Read)
{
    /// <summary>
    /// Mutates with a knowledge of the format, so that what stands behind a checksum or a compression is reached; by default any byte may change.
    /// </summary>
    public Func<FuzzRandom, byte[], IReadOnlyList<byte[]>, byte[]> Mutate { get; init; } = Mutator.Mutate;
}

/// <summary>A folder of one thread, in which readers of files find their input.</summary>
internal sealed class Place(string folder)
{
    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Writes the input under a name.</summary>
    public string File(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}

using GanPipeline.Datasets;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Known data sets: which there are, whether a folder holds one, and getting one.</summary>
internal static class DataStage
{
    public static void List()
    {
        foreach (KnownSet set in KnownSets.All)
        {
            Screen.Say($"{set.Name}: {set.About}");
            Screen.Say($"  from      {set.Origin}");
            Screen.Say($"  licence   {set.Licence}");
            Screen.Say($"  used by   {set.Use}");
            Screen.Say(set.ByHand is { } byHand ? $"  by hand:  {byHand}" : $"  {set.Files.Sum(f => f.Bytes) / 1_000_000} MB in {set.Files.Count} files at");
            foreach (Uri mirror in set.Mirrors) Screen.Say($"            {mirror}");
            Screen.Say("");
        }
        Screen.Say("Made from the seed, without files: moons, ring and grid ('data: { kind: moons }' and so on).");
        Screen.Say("Get a set with 'gan data fetch NAME --out DIR', check one with 'gan data check DIR'.");
    }

    /// <summary>Says what each file is; 1 unless all are there and right.</summary>
    public static int Check(string folder, string? name)
    {
        FolderCheck check = name is null ? FolderCheck.Of(folder) : FolderCheck.Of(folder, Fetchable(name));
        Screen.Table(["file", "SHA-256"], check.Files.Select(f => new[] { f.Name, f.State switch
        {
            FileState.Right => "right",
            FileState.Wrong => "differs",
            _ => "missing",
        } }));
        if (!check.IsRight)
            throw new UserErrorException($"{folder}: it is not {check.Set.Name} as it was published; 'gan data fetch {check.Set.Name} --out DIR' gets it.");
        Screen.Say($"{folder}: it is {check.Set.Name}, whole and right.");
        return 0;
    }

    public static async Task Fetch(string name, string folder, IReadOnlyList<string> ownMirrors, double patience, CancellationToken stop)
    {
        KnownSet set = Fetchable(name);
        if (patience is not (> 0 and <= 86400)) throw UserErrorException.Usage("--patience: seconds above 0 and at most 86400 are needed.");
        Uri[] mirrors = [.. ownMirrors.Select(Address), .. set.Mirrors];
        OutputFiles.CheckFolder(folder);
        Directory.CreateDirectory(folder);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("gan-pipeline");
        var fetcher = new FileFetcher(client, TimeSpan.FromSeconds(patience));
        Stopping.Remedy = "The same command goes on where it stopped.";
        foreach (KnownFile file in set.Files) await fetcher.FetchAsync(file, mirrors, folder, Progress(file), Screen.Note, stop);
        Screen.Say($"{folder}: {name}, {set.Files.Count} files, all with the right SHA-256. Train with --data {folder}.");
        Screen.Say($"Licence: {set.Licence}. Source: {set.Origin}");
    }

    /// <summary>A line at the end of a file, and every some megabytes on the way.</summary>
    private static Action<long> Progress(KnownFile file)
    {
        const long Interval = 5_000_000;
        long shown = 0;
        return received =>
        {
            if (received - shown < Interval && received < file.Bytes) return;
            shown = received;
            Screen.Note($"{file.Name}: {received / 1000} of {file.Bytes / 1000} kB");
        };
    }

    private static KnownSet Fetchable(string name)
    {
        KnownSet set = KnownSets.Named(name);
        return set.Files.Count > 0 ? set : throw new UserErrorException($"{name}: it cannot be fetched freely; {set.ByHand} ({set.Origin}).");
    }

    private static Uri Address(string text) => Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? address)
        && address.Scheme is "http" or "https" ? address
        : throw UserErrorException.Usage($"--mirror {text}: an address that starts with http:// or https:// is needed.");
}
